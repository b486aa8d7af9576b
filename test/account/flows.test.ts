import { expect } from 'chai';
import {
  createFlow,
  deleteFlow,
  deprecateFlow,
  getFlow,
  listFlows,
  publishFlow,
  sendMessage,
  updateFlow,
} from '../support/adaptor';
import { errorOf } from '../support/errors';
import { captureLog, configuration, mockApi } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';

const screen = { id: 'INTAKE', terminal: true, layout: { type: 'x' } };
const JSON_OF_FLOW = { version: '7.3', screens: [screen] };
const BROKEN = { version: '7.3', screens: [{ ...screen, id: 'A 1' }] };
const FLOW = { name: 'intake', categories: ['SURVEY'] };

describe('flows', () => {
  const sandbox = useSandbox();
  const state = () => ({ configuration: sandbox.credential, data: {} });
  const statusOf = (id: string) =>
    sandbox.flows.find(flow => flow.id === id)?.status;

  it('creates a published flow from an object in one request', async () => {
    const { data } = await createFlow({
      ...FLOW,
      json: JSON_OF_FLOW,
      publish: true,
    })(state());
    expect(data).to.include({ success: true });
    expect(data.validation_errors).to.eql([]);
    expect(statusOf(data.id)).to.equal('PUBLISHED');
    expect(sandbox.requests).to.have.length(1);
    const [, flow] = sandbox.flows;
    expect(JSON.parse(flow.text!)).to.eql(JSON_OF_FLOW);
  });

  it("accepts text, and the names in Meta's documentation", async () => {
    const { data } = await createFlow({
      ...FLOW,
      flow_json: JSON.stringify(JSON_OF_FLOW),
      endpoint_uri: 'https://example.org/flow',
    })(state());
    expect(statusOf(data.id)).to.equal('DRAFT');
    expect(sandbox.flows[1]).to.include({
      endpoint_uri: 'https://example.org/flow',
      text: JSON.stringify(JSON_OF_FLOW),
    });
  });

  it('keeps a draft with errors and warns of them, with line and path', async () => {
    const { lines, stop } = captureLog();
    const { data } = await createFlow({
      ...FLOW,
      json: JSON.stringify(BROKEN, null, 2),
    })(state());
    stop();
    expect(data.validation_errors).to.have.length(1);
    expect(lines.join('\n')).to.match(
      /has 1 error, so it can't be published yet: line 5, screens\[0\]\.id: A screen id/,
    );
  });

  it('throws INVALID_FLOW with lines and paths if it was to be published', async () => {
    const error = await errorOf(() =>
      createFlow({ ...FLOW, json: BROKEN, publish: true })(state()),
    );
    const [, { id, status }] = sandbox.flows;
    expect(error.code).to.equal('INVALID_FLOW');
    expect(error.details).to.contain('line 1, screens[0].id: A screen id');
    expect(error.description).to.contain(`The flow ${id} was not published`);
    expect(error.fix).to.contain(`updateFlow('${id}'`);
    expect(error.problems).to.have.length(1);
    expect(status).to.equal('DRAFT');
  });

  it('replaces the JSON and the name of a draft, then publishes it', async () => {
    const { data } = await createFlow({ ...FLOW, json: BROKEN })(state());
    const refused = await errorOf(() => publishFlow(data.id)(state()));
    expect(refused.code).to.equal('INVALID_FLOW');
    expect(refused.details).to.contain('screens[0].id');

    const changed = await updateFlow(data.id, {
      name: 'intake 2',
      json: JSON_OF_FLOW,
    })(state());
    expect(changed.data).to.eql({ success: true, validation_errors: [] });
    expect((await publishFlow(data.id)(state())).data).to.eql({
      success: true,
    });
    const { data: flow } = await getFlow(data.id)(state());
    expect(flow).to.include({
      id: data.id,
      name: 'intake 2',
      status: 'PUBLISHED',
      json_version: '7.3',
    });
    expect(flow.preview.preview_url).to.contain(data.id);
    expect(flow.validation_errors).to.eql([]);
  });

  it('changes only the name without touching the JSON', async () => {
    await updateFlow('3001', { name: 'intake 3' })(state());
    expect(sandbox.flows[0].name).to.equal('intake 3');
    expect(sandbox.requests.map(({ path }) => path)).to.eql(['/v25.0/3001']);
  });

  it('says which status prevents publishing', async () => {
    const error = await errorOf(() => publishFlow('3001')(state()));
    expect(error.code).to.equal(139002);
    expect(error.message).to.contain('Its status is PUBLISHED.');
  });

  it('deprecates a published flow and deletes a draft', async () => {
    await deprecateFlow('3001')(state());
    expect(statusOf('3001')).to.equal('DEPRECATED');
    const { data } = await createFlow(FLOW)(state());
    await deleteFlow(data.id)(state());
    expect(statusOf(data.id)).to.equal(undefined);
    const error = await errorOf(() => deleteFlow('3001')(state()));
    expect(error.code).to.equal(139004);
  });

  it('lists flows, with the requested fields', async () => {
    const { data } = await listFlows()(state());
    expect(data).to.eql([
      {
        id: '3001',
        name: 'intake',
        status: 'PUBLISHED',
        categories: ['SURVEY'],
      },
    ]);
    const names = await listFlows({ fields: ['id', 'name'] })(state());
    expect(names.data).to.eql([{ id: '3001', name: 'intake' }]);
  });

  it('sends a flow that it created, by its ID', async () => {
    const created = await createFlow({
      ...FLOW,
      json: JSON_OF_FLOW,
      publish: true,
    })(state());
    const { id } = created.data;
    await sendMessage('+254712345678', {
      text: 'Please fill in the form.',
      flow: { id, cta: 'Start', screen: 'INTAKE' },
    })(created);
    const [{ payload }] = sandbox.deliveries;
    expect(payload.interactive.action.parameters.flow_id).to.equal(id);
  });

  describe('arguments', () => {
    const wrong: [string, () => any, RegExp, RegExp][] = [
      [
        'no categories',
        () => createFlow({ name: 'a' }),
        /missing: categories/,
        /createFlow\(/,
      ],
      [
        'an unknown category',
        () => createFlow({ name: 'a', categories: ['HEALTH'] }),
        /category HEALTH does not exist/,
        /SURVEY/,
      ],
      [
        'categories as text',
        () => createFlow({ name: 'a', categories: 'SURVEY' }),
        /`categories` must be an array/,
        /categories: \['SURVEY'\]/,
      ],
      [
        'JSON that is cut off',
        () => createFlow({ ...FLOW, json: '{"version":' }),
        /got a string that is not valid JSON/,
        /Flow Builder/,
      ],
      [
        'a list as JSON',
        () => createFlow({ ...FLOW, json: [] }),
        /must be the JSON of a flow, got an array/,
        /screens/,
      ],
      [
        'JSON from a path without a value',
        () => createFlow((s: any) => ({ ...FLOW, json: s.data.nope })),
        /`json` is undefined.*\$?data\.nope/,
        /path/,
      ],
      [
        'a misspelled field',
        () => createFlow({ ...FLOW, jsn: {} }),
        /Unknown field: jsn. Did you mean json\?/,
        /Allowed: name/,
      ],
      [
        'publish in an update',
        () => updateFlow('3001', { publish: true }),
        /Unknown field: publish/,
        /publishFlow\(id\)/,
      ],
      [
        'publish as a word',
        () => createFlow({ ...FLOW, publish: 'yes' }),
        /`publish` must be true or false, got a string/,
        /without quotes/,
      ],
      [
        'an empty change',
        () => updateFlow('3001', {}),
        /`changes` must be an object with fields, got an empty one/,
        /Example/,
      ],
      [
        'a name instead of an ID',
        () => publishFlow('intake'),
        /`id` must be the ID of a flow/,
        /listFlows/,
      ],
      ['no ID', () => deleteFlow(undefined), /`id` is undefined/, /path/],
    ];
    for (const [what, operation, description, fix] of wrong)
      it(`rejects ${what} before sending anything`, async () => {
        const error = await errorOf(() => operation()(state()));
        expect(error.code).to.equal('INVALID_FLOW');
        expect(error.description).to.match(description);
        expect(error.fix).to.match(fix);
        expect(sandbox.requests).to.eql([]);
      });
  });
});

describe('flows with strange answers', () => {
  let api: ReturnType<typeof mockApi>;
  beforeEach(() => {
    api = mockApi();
  });
  const state = () => ({
    configuration: { ...configuration, wabaId: '55' },
    data: {},
  });
  const answer = (
    method: string,
    path: string | RegExp,
    status: number,
    body: object,
  ) => api.intercept({ method, path }).reply(status, body);

  it('limits the errors that an error lists', async () => {
    const validation_errors = Array.from({ length: 30 }, (_one, index) => ({
      error: 'INVALID',
      message: `Problem ${index}`,
      line_start: index,
    }));
    answer('POST', '/v25.0/55/flows', 200, {
      id: '9',
      success: true,
      validation_errors,
    });
    const error = await errorOf(() =>
      createFlow({ ...FLOW, json: {}, publish: true })(state()),
    );
    expect(error.details).to.match(/line 0: Problem 0;.*and 10 more$/);
    expect(error.problems).to.have.length(30);
  });

  it('treats a flow without success as a draft', async () => {
    answer('POST', '/v25.0/55/flows', 200, { id: '9', success: false });
    const error = await errorOf(() =>
      createFlow({ ...FLOW, json: {}, publish: true })(state()),
    );
    expect(error.code).to.equal('INVALID_FLOW');
    expect(error.description).to.equal('The flow 9 was not published.');
  });

  it('keeps the refusal if the errors of the JSON cannot be read', async () => {
    const refusal = { error: { code: 139002, message: 'x' } };
    answer('POST', '/v25.0/9/publish', 400, refusal);
    answer('GET', /^\/v25.0\/9\?fields/, 404, {});
    const error = await errorOf(() => publishFlow('9')(state()));
    expect(error.code).to.equal(139002);
  });
});
