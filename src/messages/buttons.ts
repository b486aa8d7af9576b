import _ from 'lodash';
import { invalidMessage } from '../errors/error';
import type { Warn } from '../log';
import { isPlain } from '../state';
import {
  requireArray,
  requireText,
  requireUnique,
  type TextRule,
} from './checks';
import type { Allowance, Fields } from './content';
import { ctaAction } from './cta-url';
import { interactiveKind, titled } from './interactive';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages

const LIMITS = { buttons: 3, id: 256, title: 20 };
/** Those of Direct Send, which makes a template of the message. */
const MIXED = { buttons: 10, urls: 2 };
const EXAMPLE = "buttons: ['Yes', 'No']";

const opensUrl = (button: unknown): button is Fields =>
  isPlain(button) && 'url' in button && 'label' in button;

function replyButton(button: unknown, field: string, warn: Warn) {
  const { id, title } = titled(button, field);
  const rule = (key: string, limit: number): TextRule => ({
    field: `${field}.${key}`,
    limit,
    warn,
  });
  const reply = {
    id: requireText(id, rule('id', LIMITS.id)).trim(),
    title: requireText(title, rule('title', LIMITS.title)),
  };
  return { type: 'reply', reply };
}

function urlButton(button: Fields, field: string, warn: Warn) {
  const { parameters } = ctaAction(button, warn, field);
  return { type: 'cta_url', cta_url: parameters };
}

function buttonsAction(
  value: unknown,
  warn: Warn,
  _message: Fields,
  { category }: Allowance,
) {
  const isMixed = category === 'utility';
  const { buttons: max } = isMixed ? MIXED : LIMITS;
  const given = requireArray(value, 'buttons', { max, example: EXAMPLE });
  checkUrls(given, isMixed);
  const buttons = given.map((button, index) => {
    const field = `buttons[${index}]`;
    return opensUrl(button)
      ? urlButton(button, field, warn)
      : replyButton(button, field, warn);
  });
  requireUnique(buttons.map(labelOf), 'button titles');
  requireUnique(_.compact(_.map(buttons, 'reply.id')), 'button IDs');
  return { buttons };
}

const labelOf = (button: object): string =>
  _.get(button, 'reply.title') ?? _.get(button, 'cta_url.display_text', '');

/** Buttons that open a URL are for utility messages by Direct Send. */
function checkUrls(buttons: unknown[], isMixed: boolean) {
  const urls = buttons.filter(opensUrl);
  if (urls.length && !isMixed)
    throw invalidMessage(
      '`buttons` can open a URL in utility messages by Direct Send only.',
      "For one button that opens a URL, use cta: { label: 'Open', url: 'https://…' }. For Direct Send, set the option category: 'utility'.",
      { field: 'buttons' },
    );
  if (urls.length > MIXED.urls)
    throw invalidMessage(
      `\`buttons\` can have ${MIXED.urls} buttons that open a URL, got ${urls.length}.`,
      `Leave out ${urls.length - MIXED.urls}.`,
      { field: 'buttons' },
    );
  if (!buttons.slice(0, urls.length).every(opensUrl))
    throw invalidMessage(
      'In `buttons`, those that open a URL must come first.',
      "Example: buttons: [{ label: 'Map', url: 'https://…' }, 'Yes'].",
      { field: 'buttons' },
    );
}

export const buttons = interactiveKind({
  name: 'buttons',
  type: 'button',
  header: 'any',
  action: buttonsAction,
});
