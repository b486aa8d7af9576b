import { digits, requireProduct } from './messages';
import { badParameter, graphError } from './graph-error';
import { idOf, type Request } from './base';
import { CREDENTIAL, page, SECOND_NUMBER, select, type Cloud } from './graph';

// Phone numbers, the business profile and blocked people.

const NUMBER_FIELDS = [
  'id',
  'verified_name',
  'code_verification_status',
  'display_phone_number',
  'quality_rating',
  'platform_type',
  'throughput',
];
const FIELDS = {
  usual: NUMBER_FIELDS,
  known: [
    ...NUMBER_FIELDS,
    'status',
    'name_status',
    'account_mode',
    'health_status',
    'whatsapp_business_manager_messaging_limit',
    'conversational_automation',
    'webhook_configuration',
    'is_on_biz_app',
  ],
};

const numbers = () => [
  {
    id: CREDENTIAL.phoneNumberId,
    display_phone_number: '+1 555 000 1111',
    verified_name: 'Clinic',
    code_verification_status: 'VERIFIED',
    quality_rating: 'GREEN',
    platform_type: 'CLOUD_API',
    throughput: { level: 'STANDARD' },
    status: 'CONNECTED',
    name_status: 'APPROVED',
    account_mode: 'LIVE',
    whatsapp_business_manager_messaging_limit: 'TIER_2K',
    health_status: {
      can_send_message: 'AVAILABLE',
      entities: [
        {
          entity_type: 'PHONE_NUMBER',
          id: CREDENTIAL.phoneNumberId,
          can_send_message: 'AVAILABLE',
        },
      ],
    },
  },
  {
    id: SECOND_NUMBER,
    display_phone_number: '+1 555 000 2222',
    verified_name: 'Ministry of Health',
    code_verification_status: 'EXPIRED',
    quality_rating: 'UNKNOWN',
    platform_type: 'CLOUD_API',
    throughput: { level: 'STANDARD' },
    status: 'CONNECTED',
    name_status: 'AVAILABLE_WITHOUT_REVIEW',
    account_mode: 'LIVE',
    health_status: { can_send_message: 'AVAILABLE', entities: [] },
  },
];

/** What can be changed of a number, by its id. */
function changesOf({ pin, webhook_configuration: webhook, ...rest }: any) {
  if (pin !== undefined && !/^\d{6}$/.test(pin))
    throw graphError(133005, 'The pin must have 6 digits');
  if (webhook?.override_callback_uri && !webhook.verify_token)
    throw badParameter('verify_token is required');
  if (pin === undefined && !webhook && !rest.new_display_name)
    throw badParameter('Nothing to change');
  const { override_callback_uri: phone_number } = webhook ?? {};
  return webhook && { webhook_configuration: { phone_number } };
}

export function addNumbers(cloud: Cloud) {
  const { base, nodes, ofAccount } = cloud;
  const all = () =>
    numbers().map(number => ({
      ...number,
      ...cloud.state.numbers.get(number.id),
    }));
  const find = (request: Request) =>
    all().find(({ id }) => id === idOf(request));

  base.app.get(
    '/:version/:id/phone_numbers',
    ofAccount(async request => {
      return page(
        request,
        all().map(number => select(request, number, FIELDS)),
      );
    }),
  );
  nodes.GET.push(request => {
    const number = find(request);
    return number && select(request, number, FIELDS);
  });
  nodes.POST.push(request => {
    const number = find(request);
    if (!number) return undefined;
    const { numbers: changed } = cloud.state;
    const changes = changesOf(request.body ?? {});
    changed.set(number.id, { ...changed.get(number.id), ...changes });
    return { success: true };
  });
}

const PROFILE_LIMITS: Record<string, number> = {
  about: 139,
  address: 256,
  description: 512,
  email: 128,
};
const VERTICALS =
  'UNDEFINED OTHER AUTO BEAUTY APPAREL EDU ENTERTAIN EVENT_PLAN FINANCE GROCERY GOVT HOTEL HEALTH NONPROFIT PROF_SERVICES RETAIL TRAVEL RESTAURANT NOT_A_BIZ'.split(
    ' ',
  );

function checkProfile({ vertical, websites, ...texts }: any) {
  for (const [field, limit] of Object.entries(PROFILE_LIMITS))
    if (texts[field] !== undefined && texts[field].length > limit)
      throw badParameter(`Param ${field} must be at most ${limit} characters.`);
  if (texts.about === '') throw badParameter('Param about must not be empty.');
  if (vertical !== undefined && !VERTICALS.includes(vertical))
    throw badParameter(`Param vertical must be one of ${VERTICALS}`);
  if (websites?.length > 2)
    throw badParameter('Param websites must have at most 2 elements.');
  for (const site of websites ?? [])
    if (!/^https?:\/\//.test(site))
      throw badParameter(`Param websites: ${site} is not a valid URI.`);
}

export function addProfile(cloud: Cloud) {
  const { ofNumber } = cloud;
  const { app } = cloud.base;
  const PATH = '/:version/:id/whatsapp_business_profile';

  app.get(
    PATH,
    ofNumber(async request => {
      const { fields = 'about' } = request.query as { fields?: string };
      const wanted = ['messaging_product', ...fields.split(',')];
      const { profile } = cloud.state;
      const known = wanted.filter(field => profile[field] !== undefined);
      return {
        data: [Object.fromEntries(known.map(field => [field, profile[field]]))],
      };
    }),
  );

  app.post(
    PATH,
    ofNumber(async request => {
      requireProduct(request.body);
      checkProfile(request.body);
      const { profile_picture_handle: photo, ...rest } = request.body as any;
      if (photo && !cloud.state.handles.has(photo))
        throw badParameter('Param profile_picture_handle is not valid.');
      Object.assign(
        cloud.state.profile,
        rest,
        photo && { profile_picture_url: 'https://pps.whatsapp.net/photo.jpg' },
      );
      return { success: true };
    }),
  );
}

const DAY = 24 * 60 * 60 * 1000;

export function addBlocking(cloud: Cloud) {
  const { ofNumber } = cloud;
  const { app, now } = cloud.base;
  const PATH = '/:version/:id/block_users';

  /** Only who wrote in the last day can be blocked. */
  const isRecent = (waId: string) =>
    now() - (cloud.state.writers.get(waId) ?? 0) < DAY;

  function readUsers(body: any) {
    requireProduct(body);
    if (!Array.isArray(body.block_users) || !body.block_users.length)
      throw badParameter('The parameter block_users is required.');
    return body.block_users.map(({ user, user_id }: any) => ({
      input: user ?? user_id,
      wa_id: user_id ?? digits(user),
    }));
  }

  const refusal = {
    message: 'Re-engagement required',
    code: 131047,
    error_data: { details: 'The user has not written in the last 24 hours.' },
  };

  app.post(
    PATH,
    ofNumber(async (request, reply) => {
      const users = readUsers(request.body);
      const added = users.filter(({ wa_id }: any) => isRecent(wa_id));
      const failed = users
        .filter(({ wa_id }: any) => !isRecent(wa_id))
        .map((user: object) => ({ ...user, errors: [refusal] }));
      for (const { wa_id } of added) cloud.state.blocked.add(wa_id);
      const answer = {
        messaging_product: 'whatsapp',
        block_users: {
          added_users: added,
          ...(failed.length && { failed_users: failed }),
        },
      };
      if (!failed.length) return answer;
      const partial = graphError(139100, 'Some users could not be blocked');
      reply.code(400);
      return { ...answer, ...partial.toJSON() };
    }),
  );

  app.delete(
    PATH,
    ofNumber(async request => {
      const users = readUsers(request.body);
      for (const { wa_id } of users) cloud.state.blocked.delete(wa_id);
      return {
        messaging_product: 'whatsapp',
        block_users: { removed_users: users },
      };
    }),
  );

  app.get(
    PATH,
    ofNumber(async request => {
      const rows = [...cloud.state.blocked].map(wa_id => ({
        messaging_product: 'whatsapp',
        wa_id,
      }));
      return page(request, rows);
    }),
  );

  return {
    get blocked() {
      return [...cloud.state.blocked];
    },
  };
}
