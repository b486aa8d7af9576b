import _ from 'lodash';
import {
  anything,
  invalidOptions,
  isGraphId,
  parameters,
  readQuery,
} from '../validation';
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
