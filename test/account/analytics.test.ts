import { expect } from 'chai';
import { getAnalytics, sendMessage, sendTemplate } from '../support/adaptor';
import { errorOf } from '../support/errors';
import { configuration, mockApi, skipWaits } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';

const seconds = (iso: string) => Date.parse(iso) / 1000;
const MAY = { start: '2026-05-01', end: '2026-05-31' };

/** Answers one call, and returns its query. */
function answer(body: object) {
  const seen: { query?: URLSearchParams; path?: string } = {};
  mockApi()
    .intercept({ path: () => true })
    .reply(200, ({ path }) => {
      const url = new URL(path, 'https://a.b');
      Object.assign(seen, { query: url.searchParams, path: url.pathname });
      return body;
    });
  return seen;
}

async function fieldsOf(kind: any, query: object) {
  const seen = answer({});
  await getAnalytics(kind, query as any)({ configuration });
  return seen.query!.get('fields')!;
}

const spanOf = async (query: object) => {
  const fields = await fieldsOf('messaging', query);
  const [, start, end] = /start\((\d+)\)\.end\((\d+)\)/.exec(fields)!;
  return [Number(start), Number(end)];
};

describe('getAnalytics', () => {
  beforeEach(skipWaits);

  it('requests the analytics field of the account with its filters', async () => {
    const fields = await fieldsOf('messaging', {
      ...MAY,
      phone_numbers: ['+1 555 000 1111'],
      country_codes: 'KE',
    });
    expect(fields).to.equal(
      `analytics.start(${seconds('2026-05-01T00:00:00Z')}).end(${seconds(
        '2026-06-01T00:00:00Z',
      )}).granularity(DAY).phone_numbers(["15550001111"]).country_codes(["KE"])`,
    );
  });

  for (const [kind, field, granularity] of [
    ['messaging', 'analytics', 'DAY'],
    ['conversation', 'conversation_analytics', 'DAILY'],
    ['pricing', 'pricing_analytics', 'DAILY'],
  ])
    it(`requests the field for ${kind} analytics`, async () => {
      const fields = await fieldsOf(kind, MAY);
      expect(fields.startsWith(`${field}.`)).to.be.true;
      expect(await fieldsOf(field, MAY)).to.equal(fields);
      expect(fields).to.contain(`granularity(${granularity})`);
      expect(await fieldsOf(kind, { ...MAY, granularity: 'daily' })).to.contain(
        `granularity(${granularity})`,
      );
      expect(await fieldsOf(kind, { ...MAY, granularity: 'MONTH' })).to.match(
        /granularity\(MONTH(LY)?\)/,
      );
    });

  describe('start and end', () => {
    it('accept dates, from the start of the first to the end of the last', async () => {
      expect(await spanOf(MAY)).to.eql([
        seconds('2026-05-01T00:00:00Z'),
        seconds('2026-06-01T00:00:00Z'),
      ]);
      const day = { start: '2026-02-28', end: '2026-02-28' };
      expect(await spanOf(day)).to.eql([
        seconds('2026-02-28T00:00:00Z'),
        seconds('2026-03-01T00:00:00Z'),
      ]);
    });

    it('accept dates in a time zone, also across daylight saving changes', async () => {
      const nairobi = { ...MAY, timeZone: 'Africa/Nairobi' };
      expect(await spanOf(nairobi)).to.eql([
        seconds('2026-05-01T00:00:00+03:00'),
        seconds('2026-06-01T00:00:00+03:00'),
      ]);
      const warsaw = { start: '2026-03-29', end: '2026-03-29' };
      expect(await spanOf({ ...warsaw, timeZone: 'Europe/Warsaw' })).to.eql([
        seconds('2026-03-29T00:00:00+01:00'),
        seconds('2026-03-30T00:00:00+02:00'),
      ]);
    });

    it('accept times as a string, a Date, seconds or milliseconds', async () => {
      const moment = '2026-05-01T10:00:00Z';
      const wanted = seconds(moment);
      for (const start of [
        moment,
        '2026-05-01T13:00:00+03:00',
        '2026-05-01 10:00',
        new Date(moment),
        wanted,
        wanted * 1000,
      ])
        expect((await spanOf({ ...MAY, start }))[0]).to.equal(wanted);
      const end = new Date(moment);
      expect((await spanOf({ start: '2026-04-01', end }))[1]).to.equal(wanted);
    });

    for (const start of ['May 1', '2026-02-30', '', NaN, {}])
      it(`reject ${JSON.stringify(start)}`, async () => {
        const error = await errorOf(() => spanOf({ ...MAY, start }));
        expect(error.code).to.equal('INVALID_OPTIONS');
        expect(error.message).to.contain('`start` must be a date');
      });

    it('reject an end before the start, and an unknown time zone', async () => {
      const turned = { start: MAY.end, end: MAY.start };
      const order = await errorOf(() => spanOf(turned));
      expect(order.message).to.contain('start is not before end');
      const zone = await errorOf(() => spanOf({ ...MAY, timeZone: 'Kenya' }));
      expect(zone.message).to.contain('Kenya');
    });
  });

  it('lists the allowed kinds, filters and granularities in errors', async () => {
    const kind = await errorOf(() => fieldsOf('costs', MAY));
    expect(kind.fix).to.contain('messaging, conversation, pricing, template');
    const own = await errorOf(() => fieldsOf('constructor', MAY));
    expect(own.code).to.equal('INVALID_OPTIONS');
    const filter = await errorOf(() =>
      fieldsOf('messaging', { ...MAY, dimensions: ['COUNTRY'] }),
    );
    expect(filter.message).to.contain('Unknown option: dimensions');
    expect(filter.fix).to.contain('phone_numbers');
    const granularity = await errorOf(() =>
      fieldsOf('messaging', { ...MAY, granularity: 'WEEK' }),
    );
    expect(granularity.fix).to.contain('DAY, MONTH, HALF_HOUR');
  });

  it('returns data points from nested and flat responses', async () => {
    const data_points = [{ start: 1, end: 2, sent: 3, delivered: 3 }];
    answer({ analytics: { granularity: 'DAY', data_points }, id: '1' });
    const messaging = await getAnalytics('messaging', MAY)({ configuration });
    expect(messaging.data).to.eql({ granularity: 'DAY', data_points });
    answer({ pricing_analytics: { data: [{ data_points }] }, id: '1' });
    const pricing = await getAnalytics('pricing', MAY)({ configuration });
    expect(pricing.data).to.eql({ data_points });
    answer({ id: '1' });
    const nothing = await getAnalytics('pricing', MAY)({ configuration });
    expect(nothing.data).to.eql({ data_points: [] });
  });

  describe('for templates', () => {
    it("requests template analytics in Meta's format", async () => {
      const seen = answer({ data: [] });
      await getAnalytics('template', {
        ...MAY,
        template_ids: ['1924084211297547'],
        metric_types: ['sent', 'read'],
      })({ configuration });
      expect(seen.path).to.match(/987654321098765\/template_analytics$/);
      expect(Object.fromEntries(seen.query!)).to.include({
        start: String(seconds('2026-05-01T00:00:00Z')),
        end: String(seconds('2026-06-01T00:00:00Z')),
        granularity: 'daily',
        template_ids: '["1924084211297547"]',
        metric_types: 'sent,read',
      });
    });

    for (const template_ids of [[], Array(11).fill('1')])
      it(`accepts 1 to 10 template IDs, not ${template_ids?.length}`, async () => {
        const error = await errorOf(() =>
          getAnalytics('template', { ...MAY, template_ids })({ configuration }),
        );
        expect(error.message).to.contain('must have 1 to 10 items');
      });

    it('accepts template IDs as strings only, since long numbers lose digits', async () => {
      for (const id of [1924084211297547, 'visit_reminder', null]) {
        const error = await errorOf(() =>
          getAnalytics('template', { ...MAY, template_ids: [id] })({
            configuration,
          }),
        );
        expect(error.message).to.contain('strings of digits');
      }
    });

    it('explains how to turn template analytics on', async () => {
      mockApi()
        .intercept({ path: () => true })
        .reply(400, {
          error: { code: 100, error_subcode: 200007, message: 'No.' },
        });
      const error = await errorOf(() =>
        getAnalytics('template', { ...MAY, template_ids: ['1'] })({
          configuration,
        }),
      );
      expect(error.fix).to.contain('is_enabled_for_insights');
    });
  });

  describe('in the sandbox', () => {
    const sandbox = useSandbox();
    const PHONE = '+254712345678';
    const state = () => ({ configuration: { ...sandbox.credential } });
    const today = new Date().toISOString().slice(0, 10);
    const query = { start: today, end: today };

    it('counts the messages sent today, for each kind', async () => {
      await sendMessage(PHONE, 'Hi')(state());
      await sendTemplate(PHONE, 'hello_world')(state());
      const read = async (kind: any, more = {}) =>
        (await getAnalytics(kind, { ...query, ...more })(state())).data
          .data_points;
      expect(await read('messaging')).to.deep.include.members([
        {
          start: seconds(`${today}T00:00:00Z`),
          end: seconds(`${today}T00:00:00Z`) + 86_400,
          sent: 2,
          delivered: 2,
        },
      ]);
      const dimensions = ['COUNTRY'];
      expect((await read('pricing', { dimensions }))[0].volume).to.equal(2);
      expect((await read('conversation'))[0].conversation).to.equal(1);
      const [point] = await read('template', { template_ids: ['2001'] });
      expect(point).to.include({ template_id: '2001', sent: 1 });
    });
  });
});
