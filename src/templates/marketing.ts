import { invalidMessage } from '../errors/error';
import { warn } from '../log';
import type { Content } from '../messages/content';
import type { DeliveryOptions } from '../messages/delivery-options';
import type { Platform } from '../platforms/platform';
import { perRun } from '../state';
import type { Definition } from './definitions';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/marketing-messages/overview

type Marketing = DeliveryOptions['marketing'];

const warned = perRun(() => new Set<string>());

/** Its category may change: that of its definition counts. */
function isMarketing({ template }: Content, definitions?: Definition[]) {
  const code = template?.language.code;
  return Boolean(
    definitions?.some(
      ({ language, category }) => language === code && category === 'MARKETING',
    ),
  );
}

export const needsCategory = (marketing: Marketing) => marketing === 'auto';

/** Resolves `'auto'`: marketing templates use the Marketing Messages API, and others don't. */
export function resolveMarketing(
  platform: Platform,
  marketing: Marketing,
  content: Content,
  definitions?: Definition[],
): Marketing {
  if (!needsCategory(marketing)) return marketing;
  if (!content.template) return undefined;
  // Another platform has no such option.
  platform.graph("The option marketing: 'auto'");
  if (!platform.knowsTemplates)
    throw invalidMessage(
      "`marketing: 'auto'` requires the category of the template, which can't be read.",
      'Add wabaId to the credential, with a token that may read templates. Or use marketing: true or false.',
      { field: 'marketing' },
    );
  return isMarketing(content, definitions) || undefined;
}

/** Points at the Marketing Messages API once per run. */
export function warnOfMarketing(
  { run }: Platform,
  marketing: Marketing,
  content: Content,
  definitions?: Definition[],
) {
  if (marketing !== undefined || !isMarketing(content, definitions)) return;
  const seen = warned(run);
  if (seen.size) return;
  const { name } = content.template!;
  seen.add(name);
  warn(
    `${name} is a marketing template: with the option marketing: 'auto', it is sent by the Marketing Messages API.`,
  );
}
