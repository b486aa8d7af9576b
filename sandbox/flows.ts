import { idOf, type Request } from './base';
import { readForm } from './form';
import { badParameter, graphError } from './graph-error';
import { page, type Cloud } from './graph';
import type { StoredTemplate } from './templates';

// Flows: forms that are drafts until they are published.

const CATEGORIES =
  'SIGN_UP SIGN_IN APPOINTMENT_BOOKING LEAD_GENERATION CONTACT_US CUSTOMER_SUPPORT SURVEY OTHER'.split(
    ' ',
  );
const FIRST_ID = 3001;

export interface StoredFlow {
  id: string;
  name: string;
  status: 'DRAFT' | 'PUBLISHED' | 'DEPRECATED';
  categories: string[];
  endpoint_uri?: string;
  /** Its JSON, as it was given. */
  text?: string;
}

/** Where a key stands in the text, as Meta tells it. */
function place(text: string, key: string, path: string) {
  const lines = text.split('\n');
  const found = lines.findIndex(line => line.includes(`"${key}"`));
  const line = found < 0 ? 0 : found;
  const column = Math.max(0, lines[line].indexOf(`"${key}"`)) + 1;
  const range = {
    line_start: line + 1,
    line_end: line + 1,
    column_start: column,
    column_end: column + key.length + 2,
  };
  return { ...range, pointers: [{ ...range, path }] };
}

function problemsOf(text: string | undefined): object[] {
  if (text === undefined) return [];
  const problem = (message: string, key: string, path = key) => ({
    error: 'INVALID_PROPERTY_VALUE',
    error_type: 'FLOW_JSON_ERROR',
    message,
    ...place(text, key, path),
  });
  let json: any;
  try {
    json = JSON.parse(text);
  } catch {
    return [problem('The JSON is not valid.', '', '')];
  }
  const { version, screens } = json;
  const problems = [];
  if (!/^\d+\.\d+$/.test(version ?? ''))
    problems.push(problem('The version must be like 7.3.', 'version'));
  if (!Array.isArray(screens) || !screens.length)
    return [...problems, problem('Expected at least one screen.', 'screens')];
  screens.forEach((screen, index) => {
    const path = `screens[${index}]`;
    if (!/^[A-Za-z_]+$/.test(screen.id ?? ''))
      problems.push(
        problem('A screen id has letters and _.', 'id', `${path}.id`),
      );
    if (!screen.layout)
      problems.push(
        problem("Property 'layout' is required.", 'id', `${path}.layout`),
      );
  });
  if (!screens.some(({ terminal }) => terminal === true))
    problems.push(problem('A screen must be terminal.', 'screens'));
  return problems;
}

function checkCategories(categories: unknown) {
  if (!Array.isArray(categories) || !categories.length)
    throw badParameter('The parameter categories is required.');
  for (const category of categories)
    if (!CATEGORIES.includes(category))
      throw badParameter(`Param categories[0] must be one of ${CATEGORIES}`);
}

function requireText(value: unknown, name: string) {
  if (typeof value !== 'string' || !value)
    throw badParameter(`The parameter ${name} is required.`);
}

/** What is told of a flow; its preview is a public page. */
function show({ text, ...flow }: StoredFlow, origin: string) {
  const version = /"version"\s*:\s*"([^"]+)"/.exec(text ?? '')?.[1];
  return {
    ...flow,
    validation_errors: problemsOf(text),
    json_version: version,
    preview: {
      preview_url: `${origin}/wa/manage/flows/${flow.id}/preview/`,
      expires_at: '2030-01-01T00:00:00+0000',
    },
    health_status: { can_send_message: 'AVAILABLE', entities: [] },
  };
}

const USUAL = ['id', 'name', 'status', 'categories', 'validation_errors'];

/** `preview.invalidate(false)` asks for the field preview. */
function select(request: Request, flow: Record<string, unknown>) {
  const { fields } = request.query as { fields?: string };
  const wanted = fields?.split(',').map(one => one.split('.')[0]) ?? USUAL;
  for (const field of wanted)
    if (![...USUAL, ...Object.keys(flow)].includes(field))
      throw badParameter(`Tried accessing nonexisting field (${field})`);
  return Object.fromEntries(wanted.map(field => [field, flow[field]]));
}

/** The names of what is filled in, on all screens. */
function fieldsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { type, name } = node as { type?: unknown; name?: unknown };
  const isField =
    typeof type === 'string' && type !== 'Form' && typeof name === 'string';
  return [...(isField ? [name] : []), ...Object.values(node).flatMap(fieldsIn)];
}

/** Which flow a message opens, by its ID or its name. */
function flowIn({ interactive, template }: any, templates: StoredTemplate[]) {
  const { flow_id, flow_name } = interactive?.action?.parameters ?? {};
  const components =
    templates.find(({ name }) => name === template?.name)?.components ?? [];
  const buttons: any[] = components.flatMap(one => one.buttons ?? []);
  return flow_id ?? flow_name ?? buttons.find(one => one.flow_id)?.flow_id;
}

export function addFlows(cloud: Cloud) {
  const { base, nodes, ofAccount } = cloud;
  const { app } = base;
  const PATH = '/:version/:id/flows';
  const shown = (flow: StoredFlow) => show(flow, base.origin);
  const find = (request: Request) =>
    cloud.state.flows.find(({ id }) => id === idOf(request));
  const require = (request: Request) => {
    const flow = find(request);
    if (!flow) throw badParameter(`There is no flow ${idOf(request)}`);
    return flow;
  };

  base.flowFields = payload => {
    const wanted = flowIn(payload, base.store.templates);
    const flow = cloud.state.flows.find(
      ({ id, name }) => wanted !== undefined && [id, name].includes(wanted),
    );
    return flow?.text ? fieldsIn(JSON.parse(flow.text)) : [];
  };

  function publish(flow: StoredFlow) {
    const isReady = flow.status === 'DRAFT' && flow.text !== undefined;
    if (!isReady || problemsOf(flow.text).length)
      throw graphError(139002, 'Publishing Flow in invalid state');
    flow.status = 'PUBLISHED';
  }

  app.get(
    PATH,
    ofAccount(async request => {
      const rows = cloud.state.flows.map(flow => select(request, shown(flow)));
      return page(request, rows);
    }),
  );

  app.post(
    PATH,
    ofAccount(async request => {
      const body = request.body as any;
      const { name, categories, flow_json, clone_flow_id, endpoint_uri } = body;
      requireText(name, 'name');
      checkCategories(categories);
      if (flow_json !== undefined) requireText(flow_json, 'flow_json');
      const source = cloud.state.flows.find(({ id }) => id === clone_flow_id);
      if (clone_flow_id && !source)
        throw badParameter(`There is no flow ${clone_flow_id}`);
      const flow: StoredFlow = {
        id: String(FIRST_ID + base.store.nextId()),
        name,
        categories,
        status: 'DRAFT',
        endpoint_uri,
        text: flow_json ?? source?.text,
      };
      cloud.state.flows.push(flow);
      const validation_errors = problemsOf(flow.text);
      if (body.publish && !validation_errors.length) publish(flow);
      return { id: flow.id, success: true, validation_errors };
    }),
  );

  app.post(
    '/:version/:id/assets',
    base.handle(async request => {
      const flow = require(request);
      const { file, name, asset_type } = await readForm(request);
      if (asset_type !== 'FLOW_JSON' || name !== 'flow.json' || !file)
        throw badParameter('file, name and asset_type are required');
      if (file.mimetype !== 'application/json')
        throw badParameter('The file must be application/json');
      if (flow.status !== 'DRAFT')
        throw graphError(139001, 'The Flow is published');
      flow.text = file.content.toString();
      return { success: true, validation_errors: problemsOf(flow.text) };
    }),
  );

  app.get(
    '/:version/:id/assets',
    base.handle(async request => {
      const { id } = require(request);
      const download_url = `https://scontent.example.org/${id}.json`;
      const row = { name: 'flow.json', asset_type: 'FLOW_JSON', download_url };
      return page(request, [row]);
    }),
  );

  app.post(
    '/:version/:id/publish',
    base.handle(async request => {
      publish(require(request));
      return { success: true };
    }),
  );

  app.post(
    '/:version/:id/deprecate',
    base.handle(async request => {
      const flow = require(request);
      if (flow.status !== 'PUBLISHED')
        throw graphError(139003, 'The Flow is not published');
      flow.status = 'DEPRECATED';
      return { success: true };
    }),
  );

  nodes.GET.push(request => {
    const flow = find(request);
    return flow && select(request, shown(flow));
  });

  nodes.POST.push(request => {
    const flow = find(request);
    if (!flow) return undefined;
    const { name, categories, endpoint_uri } = request.body as any;
    if (name !== undefined) requireText(name, 'name');
    if (categories !== undefined) checkCategories(categories);
    const changes = { name, categories, endpoint_uri };
    const given = Object.entries(changes).filter(([, value]) => value);
    Object.assign(flow, Object.fromEntries(given));
    return { success: true };
  });

  nodes.DELETE.push(request => {
    const flow = find(request);
    if (!flow) return undefined;
    if (flow.status !== 'DRAFT')
      throw graphError(139004, 'Only drafts can be deleted');
    cloud.state.flows = cloud.state.flows.filter(one => one !== flow);
    return { success: true };
  });

  return {
    get flows() {
      return cloud.state.flows;
    },
  };
}
