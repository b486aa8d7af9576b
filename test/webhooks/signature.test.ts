import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { parseWebhook } from '../../src';
import { errorOf } from '../support/errors';

const SECRET = 'app-secret';
const sign = (body: string, secret = SECRET) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

const webhookOf = (text: string) => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '1',
      changes: [
        {
          field: 'messages',
          value: {
            messages: [{ id: 'w', type: 'text', text: { body: text } }],
          },
        },
      ],
    },
  ],
});
const payload = webhookOf('Zoé 👍 <b> 50% a@b https://x.org/y');

interface Given {
  data?: unknown;
  header?: any;
  name?: string;
  options?: object;
  configuration?: object;
}

const read = ({
  data = payload,
  header,
  name = 'x-hub-signature-256',
  options = {},
  configuration = { appSecret: SECRET },
}: Given) =>
  parseWebhook(
    undefined,
    options,
  )({
    configuration,
    data,
    request: { headers: header === undefined ? {} : { [name]: header } },
  });

const escapes: Record<string, (json: string) => string> = {
  unicode: json =>
    json.replace(
      /[^ -~]/g,
      c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  slash: json => json.replace(/\//g, '\\/'),
  less: json => json.replace(/</g, '\\u003c'),
  percent: json => json.replace(/%/g, '\\u0025'),
  at: json => json.replace(/@/g, '\\u0040'),
};

describe('webhook signature', () => {
  const names = Object.keys(escapes);
  for (let choice = 0; choice < 2 ** names.length; choice++) {
    const chosen = names.filter((_name, index) => choice & (1 << index));
    it(`is verified for a body that escapes ${chosen.join(', ') || 'nothing'}`, async () => {
      const body = chosen.reduce(
        (json, name) => escapes[name](json),
        JSON.stringify(payload),
      );
      const { data } = await read({ header: sign(body) });
      expect(data.messages).to.have.length(1);
    });
  }

  it('is read from a header in any case', async () => {
    const header = sign(JSON.stringify(payload));
    for (const name of ['X-Hub-Signature-256', 'x-hub-signature-256'])
      expect((await read({ header, name })).data.messages).to.have.length(1);
    const error = await errorOf(() =>
      read({ header: sign('forged'), name: 'X-HUB-Signature-256' }),
    );
    expect(error.code).to.equal('INVALID_SIGNATURE');
  });

  it('is verified for the raw body if there is one', async () => {
    const rawBody = JSON.stringify(payload, null, 2);
    const header = sign(rawBody);
    for (const raw of [rawBody, Buffer.from(rawBody)]) {
      const options = { rawBody: raw };
      const { data } = await read({ header, options });
      expect(data.messages).to.have.length(1);
    }
  });

  it('is rejected if the raw body differs from the payload', async () => {
    const rawBody = JSON.stringify(webhookOf('Hi'));
    const error = await errorOf(() =>
      read({ header: sign(rawBody), options: { rawBody } }),
    );
    expect(error.code).to.equal('INVALID_SIGNATURE');
  });

  const forgeries: [string, any][] = [
    ['in a list', [sign(JSON.stringify(payload))]],
    ['in an object', { 0: sign(JSON.stringify(payload)) }],
    ['of another body', sign(JSON.stringify(webhookOf('Hi')))],
    ['with another secret', sign(JSON.stringify(payload), 'guess')],
    ['that is cut off', sign(JSON.stringify(payload)).slice(0, -1)],
    ['that is empty', ''],
    ['without its name', sign(JSON.stringify(payload)).slice(7)],
    ['of the old kind', `sha1=${'a'.repeat(40)}`],
    ['of junk', 'sha256=' + 'z'.repeat(64)],
  ];
  for (const [what, header] of forgeries)
    it(`is rejected: one ${what}`, async () => {
      const error = await errorOf(() => read({ header }));
      expect(error.code).to.equal('INVALID_SIGNATURE');
      expect(error.message + error.fix).not.to.contain(SECRET);
    });

  it('is rejected for every changed body', async () => {
    const header = sign(JSON.stringify(payload));
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), async text => {
        const data = webhookOf(`${text}!`);
        const error = await errorOf(() => read({ data, header }));
        expect(error.code).to.equal('INVALID_SIGNATURE');
      }),
    );
  });

  it('is accepted for every text signed by Meta', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async text => {
        const data = webhookOf(text);
        const body = escapes.slash(escapes.unicode(JSON.stringify(data)));
        expect(
          (await read({ data, header: sign(body) })).data.messages,
        ).to.have.length(1);
      }),
    );
  });

  it('is optional by default', async () => {
    expect((await read({})).data.messages).to.have.length(1);
    const configuration = {};
    expect(
      (await read({ configuration, header: 'x' })).data.messages,
    ).to.have.length(1);
  });

  it('is required with requireSignature', async () => {
    const options = { requireSignature: true };
    expect((await errorOf(() => read({ options }))).code).to.equal(
      'INVALID_SIGNATURE',
    );
    const error = await errorOf(() => read({ options, configuration: {} }));
    expect(error.code).to.equal('INVALID_CONFIGURATION');
    expect(error.message).to.contain('appSecret');
  });

  it('is not verified with verifySignature: false', async () => {
    const options = { verifySignature: false };
    const { data } = await read({ header: sign('other'), options });
    expect(data.messages).to.have.length(1);
  });

  it('is rejected for a body nested too deeply to be serialized', async () => {
    const deep = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000));
    const data = { ...payload, deep };
    const error = await errorOf(() => read({ data, header: sign('x') }));
    expect(error.code).to.equal('INVALID_SIGNATURE');
  });
});
