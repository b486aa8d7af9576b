import _ from 'lodash';
import { invalid } from '../errors/error';
import type { Platform } from '../platforms/platform';
import { suggest } from '../suggest';
import { isDone, json } from '../util/call';
import { send } from '../util/client';
import { isWebAddress, ofNumber, readOptions, readQuery } from '../validation';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/business-profiles

const PROFILE = 'whatsapp_business_profile';
const READ_FIELDS =
  'about,address,description,email,profile_picture_url,websites,vertical';
const LIMITS = { about: 139, address: 256, description: 512, email: 128 };
const WRITE_FIELDS = [
  ...Object.keys(LIMITS),
  'vertical',
  'websites',
  'profile_picture_handle',
];
const VERTICALS = [
  'OTHER',
  'AUTO',
  'BEAUTY',
  'APPAREL',
  'EDU',
  'ENTERTAIN',
  'EVENT_PLAN',
  'FINANCE',
  'GROCERY',
  'GOVT',
  'HOTEL',
  'HEALTH',
  'NONPROFIT',
  'PROF_SERVICES',
  'RETAIL',
  'TRAVEL',
  'RESTAURANT',
  'NOT_A_BIZ',
  'UNDEFINED',
  'ALCOHOL',
  'ONLINE_GAMBLING',
  'PHYSICAL_GAMBLING',
  'OTC_DRUGS',
  'MATRIMONY_SERVICE',
];
const MAX_WEBSITES = 2;
const MAX_WEBSITE = 256;

const invalidProfile = invalid('INVALID_PROFILE');

export async function getBusinessProfile(platform: Platform, given: unknown) {
  return send(platform, {
    method: 'GET',
    path: platform.graph('getBusinessProfile()').number(PROFILE),
    query: {
      fields: READ_FIELDS,
      ..._.omit(readQuery(given, ofNumber), 'phoneNumberId'),
    },
    idempotency: 'safe',
    isExpected: body => _.isArray(body?.data),
    // Sources disagree on whether the profile has an extra wrapper.
    transform: body => {
      const profile: unknown = _.get(body, 'data[0]');
      return _.get(profile, 'business_profile', profile) ?? {};
    },
  });
}

/** Meta may add verticals, so only likely misspellings of known ones are refused. */
function verticalProblem(vertical: unknown): string | undefined {
  if (!_.isString(vertical) || VERTICALS.includes(vertical)) return undefined;
  const meant = suggest(vertical, VERTICALS);
  return meant && `unknown vertical: ${vertical}. Did you mean ${meant}?`;
}

function problemsOf(profile: Record<string, unknown>): string[] {
  const { websites } = profile;
  const isWebsite = (site: unknown) =>
    isWebAddress(site) && site.length <= MAX_WEBSITE;
  const isLong = (limit: number, field: string) =>
    _.size(profile[field] as string) > limit;
  return _.compact([
    ..._.difference(Object.keys(profile), WRITE_FIELDS).map(
      field => `${field} is not known, it can have ${WRITE_FIELDS.join(', ')}`,
    ),
    profile.about === '' && 'about must not be empty',
    verticalProblem(profile.vertical),
    ..._.map(
      _.pickBy(LIMITS, isLong),
      (limit, field) =>
        `${field} has ${_.size(profile[field] as string)} characters; the limit is ${limit}`,
    ),
    _.size(websites as string[]) > MAX_WEBSITES &&
      `websites has ${_.size(websites as string[])} URLs; the limit is ${MAX_WEBSITES}`,
    !_.every(websites as string[], isWebsite) &&
      `websites have to start with https:// and have up to ${MAX_WEBSITE} characters`,
  ]);
}

function readProfile(given: unknown): Record<string, unknown> {
  if (!_.isPlainObject(given) || _.isEmpty(given))
    throw invalidProfile(
      'The profile must be an object with fields.',
      "Example: { about: 'Ministry of Health' }.",
    );
  const profile: Record<string, unknown> = _.omit(
    given as object,
    'messaging_product',
  );
  const { websites } = profile;
  const complete = websites
    ? { ...profile, websites: _.castArray(websites) }
    : profile;
  const problems = problemsOf(complete);
  if (problems.length)
    throw invalidProfile(
      `The profile is invalid: ${problems.join('; ')}.`,
      'Correct these fields and try again.',
      { problems },
    );
  return complete;
}

export async function updateBusinessProfile(
  platform: Platform,
  profile: unknown,
  options: unknown,
) {
  readOptions(options, ofNumber);
  const path = platform.graph('updateBusinessProfile()').number(PROFILE);
  return send(platform, {
    method: 'POST',
    path,
    // A repeat sets the same values.
    idempotency: 'safe',
    isExpected: isDone,
    ...json({ messaging_product: 'whatsapp', ...readProfile(profile) }),
  });
}
