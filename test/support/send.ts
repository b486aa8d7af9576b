import { expect } from 'chai';
import type { Sandbox } from '../../sandbox/server';

/** Sends a message in Meta's form, without the adaptor. Returns its ID. */
export async function sendByMeta(
  { credential }: Pick<Sandbox, 'credential'>,
  to: string,
  message: object,
): Promise<string> {
  const { baseUrl, phoneNumberId, apiToken } = credential;
  const response = await fetch(`${baseUrl}/${phoneNumberId}/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiToken}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ messaging_product: 'whatsapp', to, ...message }),
  });
  const { messages, error } = (await response.json()) as any;
  expect(error).to.equal(undefined);
  return messages[0].id;
}
