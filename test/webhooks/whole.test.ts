import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from '../../src/webhooks/parse';
import {
  chooseBy,
  make,
  type Expected,
  type Made,
} from '../support/webhook-pieces';

interface Leaf {
  path: string;
  key: string;
  value: unknown;
}

function leaves(value: any, path = '', key = ''): Leaf[] {
  if (Array.isArray(value))
    return value.flatMap((one, index) => leaves(one, `${path}[${index}]`, key));
  if (value && typeof value === 'object')
    return Object.keys(value).flatMap(name =>
      leaves(value[name], `${path}.${name}`, name),
    );
  return [{ path, key, value }];
}

/** They say what kind of list it is, and the result has a list for each. */
const LISTS = [
  'messages',
  'standby',
  'history',
  'smb_message_echoes',
  'message_echoes',
];

function isoOf(value: unknown): string | undefined {
  const time = Number(value);
  const date = new Date(Math.abs(time) >= 1e12 ? time : time * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** Leaves of a payload that stand nowhere in the result: as they are, with a `+`, or as a time. */
function lost(payload: unknown, result: unknown): string[] {
  const found = leaves(result);
  const texts = new Set(found.map(({ value }) => String(value)));
  const pairs = new Set(found.map(({ key, value }) => `${key}=${value}`));
  const isKept = ({ path, key, value }: Leaf) => {
    if (['object', 'messaging_product'].includes(key)) return true;
    if (path.startsWith('.headers')) return true;
    if (key === 'field' && LISTS.includes(String(value))) return true;
    if (value === null || typeof value === 'boolean')
      return pairs.has(`${key}=${value}`);
    const isTime = key === 'time' || key === 'timestamp';
    return (
      texts.has(String(value)) ||
      texts.has(`+${String(value).replace(/\D/g, '')}`) ||
      (isTime && texts.has(isoOf(value)!))
    );
  };
  return leaves(payload)
    .filter(leaf => !isKept(leaf))
    .map(({ path, value }) => `${path} = ${value}`);
}

const withPlus = (number?: string) => (number ? `+${number}` : undefined);

function rowOf({ list, id }: Expected, result: any): any {
  if (list === 'change')
    return result.events.find((row: any) => row.change && row.value.id === id);
  if (list === 'item')
    return result.events.find(({ value }: any) =>
      [value?.id, value?.detail].includes(id),
    );
  return result[list].find((row: any) => row.id === id);
}

/** Who it is: nobody is named after somebody else. */
function checkPerson({ who, hasContact, id, list, group }: Expected, row: any) {
  const ids = [who.id, who.parent, undefined];
  expect([who.name, undefined], id).to.include(row.name);
  expect(ids, id).to.include(row.userId);
  if (hasContact) expect(row.name, id).to.equal(who.name);
  if (who.id) expect(row.userId, id).to.equal(who.id);
  for (const field of ['from', 'to'])
    expect(row[field] ?? '', id).not.to.match(/^[A-Z]{2}\./);
  if (group && list === 'statuses')
    expect(row.participant, id).to.equal(withPlus(who.wa) ?? who.id);
}

function checkPlace(expected: Expected, row: any) {
  const { phoneNumberId, wabaId, standby, id } = expected;
  expect([row.phoneNumberId, row.wabaId, row.standby], id).to.eql([
    phoneNumberId,
    wabaId,
    standby,
  ]);
}

function checkMessage(expected: Expected, row: any) {
  const { who, isOut, list, text, mediaId, edits, deletes, group, id } =
    expected;
  if (!['messages', 'echoes', 'history'].includes(list)) return;
  expect(row.direction === 'out', id).to.equal(Boolean(isOut));
  expect(row.history === true, id).to.equal(list === 'history');
  expect(isOut ? row.to : row.from, id).to.equal(withPlus(who.wa));
  if (text !== undefined) expect(row.text, id).to.equal(text);
  expect([row.media?.id, row.edits, row.deletes, row.groupId], id).to.eql([
    mediaId,
    edits,
    deletes,
    group,
  ]);
}

function checkOthers(expected: Expected, row: any) {
  const { list, node, kind, id } = expected;
  if (list === 'item') expect(row.kind, id).to.equal(kind);
  if (list === 'statuses' && node.status === 'failed')
    expect(row.error.fix, id).to.be.a('string');
}

/** The ids of a list, in the order in which they stand in the payload. */
const inOrder = (payload: unknown, wanted: string[]) =>
  leaves(payload)
    .filter(({ key, value }) => key === 'id' && wanted.includes(String(value)))
    .map(({ value }) => value);

function check({ payload, expected }: Made) {
  const result: any = parse(structuredClone(payload));
  expect(lost(payload, result)).to.eql([]);
  for (const list of ['messages', 'statuses', 'echoes', 'history']) {
    const wanted = expected
      .filter(one => one.list === list)
      .map(({ id }) => id);
    const ids = result[list].map(({ id }: any) => id);
    const ofMessages = ids.filter((id: string) => !id.startsWith('wacid.'));
    expect(ofMessages).to.eql(inOrder(payload, wanted));
  }
  for (const one of expected) {
    const row = rowOf(one, result);
    expect(row, one.id).to.be.an('object');
    checkPlace(one, row);
    checkPerson(one, row);
    checkMessage(one, row);
    checkOthers(one, row);
  }
}

describe('random webhook', function () {
  this.timeout(60_000);

  it('is parsed completely, in order and with the right contacts', () => {
    fc.assert(
      fc.property(fc.gen(), choose => check(make(chooseBy(choose)))),
      { numRuns: 1000 },
    );
  });

  it('matches 8,000 contacts in one value', () => {
    const of = (count: number) => {
      const people = [...Array(count).keys()].map(
        index => `2547${String(index).padStart(8, '0')}`,
      );
      return {
        messages: people.map((from, index) => ({
          from,
          id: `wamid.${index}`,
          type: 'text',
          text: { body: 'x' },
        })),
        contacts: people.map(wa_id => ({ wa_id, profile: { name: wa_id } })),
      };
    };
    const { messages } = parse(of(8000));
    expect(messages).to.have.length(8000);
    expect(messages.every(({ name, from }) => `+${name}` === from)).to.be.true;
  });
});
