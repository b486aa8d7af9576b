import _ from 'lodash';
import {
  anything,
  invalidOptions,
  isGraphId,
  parameters,
  readQuery,
} from '../validation';
import { warn } from '../log';
import type { WhatsAppError } from '../errors/error';
import { getAllPages } from '../util/pagination';
import type { Platform } from '../platforms/platform';
import { send } from '../util/client';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers

const NUMBER_FIELDS =
  'id,display_phone_number,verified_name,quality_rating,status,throughput,code_verification_status,name_status,platform_type,account_mode';
// The messaging limit is that of the business portfolio, shared by its numbers.
const ALL_FIELDS = `${NUMBER_FIELDS},health_status,whatsapp_business_manager_messaging_limit`;

export async function listPhoneNumbers(platform: Platform, given: unknown) {
  const query = readQuery(given, parameters('filtering', 'sort', 'limit'));
  return getAllPages(platform, {
    method: 'GET',
    path: platform.graph('listPhoneNumbers()').account('phone_numbers'),
    query: { fields: NUMBER_FIELDS, ...query },
    idempotency: 'safe',
  });
}

function checkNumberId(id: unknown) {
  if (id === undefined || isGraphId(id)) return;
  throw invalidOptions(
    '`id` must be the ID of a phone number: a string of digits.',
    'It is not the number itself. Get it with listPhoneNumbers().',
  );
}

export async function getPhoneNumber(platform: Platform, given: unknown) {
  const graph = platform.graph('getPhoneNumber()');
  const { id, ...query } = readQuery(given, { id: anything });
  checkNumberId(id);
  return send(platform, {
    method: 'GET',
    path: id ? graph.node(String(id)) : graph.number(),
    query: { fields: ALL_FIELDS, ...query },
    idempotency: 'safe',
    isExpected: body => _.isPlainObject(body) && !_.isEmpty(body),
  });
}

// https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput

const RATES: Record<string, number> = { STANDARD: 80, HIGH: 1000 };
/** Of a number that is also used in the WhatsApp Business app. */
const RATE_WITH_APP = 20;

/** How many messages a second a number may send; the default of the platform if it can't be read. */
export async function ownRate(
  platform: Platform,
  id: string,
  deadline?: number,
): Promise<number> {
  if (!platform.hasThroughput) return platform.rate;
  try {
    const { body } = await send(platform, {
      method: 'GET',
      path: platform.graph("The option rate: 'auto'").node(id),
      query: { fields: 'throughput,is_on_biz_app' },
      idempotency: 'safe',
      repeatable: false,
      deadline,
    });
    const rate = body?.is_on_biz_app
      ? RATE_WITH_APP
      : (RATES[body?.throughput?.level] ?? platform.rate);
    console.log(`The phone number ${id} may send ${rate} messages a second`);
    return rate;
  } catch (error) {
    warn(
      `The throughput of the phone number can't be read (${(error as WhatsAppError).code}): ${platform.rate} messages a second are sent.`,
    );
    return platform.rate;
  }
}
