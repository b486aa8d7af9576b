import { toJson } from '../util/json';
import _ from 'lodash';
import * as v from 'valibot';
import { invalidMessage, invalidRecipient } from '../errors/error';
import { oneOf, positive } from '../validation';
import { isPlain } from '../state';
import type { Content } from './content';
import type { RecipientFields } from './recipient';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages

const TEMPLATE_NAME = /^[a-z0-9_]{1,512}$/;

/** How a message is delivered: Direct Send, marketing messages, identity. */
export const DELIVERY_OPTIONS = {
  identityKeyHash: v.pipe(
    v.string(
      'must be a string.\nIt is in a row of parseWebhook(): $.data.messages[0].identityKeyHash.',
    ),
    v.minLength(1, 'is empty.\nCheck the path in the job, and the data.'),
  ),
  category: oneOf(
    ['utility', 'authentication', 'service'],
    'Marketing messages need a template: sendTemplate().',
  ),
  ttlSeconds: positive('Example: ttlSeconds: 600.'),
  templateName: v.pipe(
    v.string("must be a string.\nExample: templateName: 'visit_reminder'."),
    v.regex(
      TEMPLATE_NAME,
      "must have lowercase letters, digits and underscores only.\nExample: templateName: 'visit_reminder'.",
    ),
  ),
  marketing: v.union(
    [
      v.boolean(),
      v.literal('auto'),
      v.strictObject({
        productPolicy: v.optional(v.picklist(['CLOUD_API_FALLBACK', 'STRICT'])),
        messageActivitySharing: v.optional(v.boolean()),
      }),
    ],
    "must be true, 'auto', or an object with productPolicy and messageActivitySharing.\nExample: marketing: 'auto'.",
  ),
};
export interface DeliveryOptions {
  identityKeyHash?: string;
  category?: 'utility' | 'authentication' | 'service';
  ttlSeconds?: number;
  templateName?: string;
  marketing?:
    | boolean
    | 'auto'
    | { productPolicy?: string; messageActivitySharing?: boolean };
}

const TTL = { utility: [30, 43_200], authentication: [30, 900] } as const;

function checkTtl({ category, ttlSeconds }: DeliveryOptions) {
  if (ttlSeconds === undefined) return;
  if (category !== 'utility' && category !== 'authentication')
    throw invalidMessage(
      '`ttlSeconds` requires `category`: utility or authentication.',
      "Example: { category: 'utility', ttlSeconds: 600 }.",
      { field: 'ttlSeconds' },
    );
  const [min, max] = TTL[category];
  if (ttlSeconds < min || ttlSeconds > max)
    throw invalidMessage(
      `\`ttlSeconds\` must be ${min} to ${max.toLocaleString('en')} for ${category}, got ${ttlSeconds}.`,
      'These are seconds: 600 is ten minutes.',
      { field: 'ttlSeconds' },
    );
}

const hasCode = ({ template }: Content): boolean =>
  toJson(template?.components ?? []).includes('"otp"');

/** The header of a GIF; WhatsApp plays it in marketing messages only. */
const hasGif = ({ template }: Content): boolean =>
  _.some(template?.components, part =>
    _.some(_.get(part, 'parameters'), one => _.get(one, 'type') === 'gif'),
  );

/** What Meta would refuse of options together with a message. */
export function checkDelivery(
  options: DeliveryOptions,
  content: Content,
  recipient: RecipientFields,
) {
  const { category, templateName, marketing } = options;
  const isTemplate = content.type === 'template';
  checkTtl(options);
  if (isTemplate && category)
    throw invalidMessage(
      '`category` is for messages without a template.',
      'A template has its category already.',
      { field: 'category' },
    );
  if (templateName && category !== 'utility')
    throw invalidMessage(
      "`templateName` requires category: 'utility'.",
      "Example: { category: 'utility', templateName: 'visit_reminder' }.",
      { field: 'templateName' },
    );
  if (marketing && !isTemplate)
    throw invalidMessage(
      '`marketing` is for templates only.',
      'Use sendTemplate().',
      { field: 'marketing' },
    );
  if (!marketing && hasGif(content))
    throw invalidMessage(
      'A gif header requires the Marketing Messages API.',
      'Set the option marketing: true. Or use a template with a video header.',
      { field: 'header' },
    );
  const isToUserId = 'recipient' in recipient;
  if (isToUserId && (category === 'authentication' || hasCode(content)))
    throw invalidRecipient(
      "Authentication codes can't be sent to a business-scoped user ID (131062).",
      'Send the code to the phone number.',
      { field: 'to' },
    );
}

const NONE = {};
const OF_BODY = [
  'identityKeyHash',
  'category',
  'ttlSeconds',
  'templateName',
  'marketing',
] as const;

/** The fields of the body that the options stand for. */
export const deliveryFields = (options: DeliveryOptions): object =>
  OF_BODY.some(name => options[name] !== undefined) ? fieldsOf(options) : NONE;

function fieldsOf({
  identityKeyHash,
  category,
  ttlSeconds,
  templateName,
  marketing,
}: DeliveryOptions): object {
  const policy = isPlain(marketing) ? marketing : {};
  return {
    ...(identityKeyHash && { recipient_identity_key_hash: identityKeyHash }),
    ...(category && { category }),
    ...(ttlSeconds && { ttl_seconds: ttlSeconds }),
    ...(templateName && {
      direct_send_config: { template_name: templateName },
    }),
    ...(policy.productPolicy !== undefined && {
      product_policy: policy.productPolicy,
    }),
    ...(policy.messageActivitySharing !== undefined && {
      message_activity_sharing: policy.messageActivitySharing,
    }),
  };
}
