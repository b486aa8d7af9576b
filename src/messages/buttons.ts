import _ from 'lodash';
import type { Warn } from '../log';
import {
  requireArray,
  requireText,
  requireUnique,
  type TextRule,
} from './checks';
import { interactiveKind, titled } from './interactive';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages

const LIMITS = { buttons: 3, id: 256, title: 20 };

function buttonsAction(value: unknown, warn: Warn) {
  const buttons = requireArray(value, 'buttons', {
    max: LIMITS.buttons,
    example: "buttons: ['Yes', 'No']",
  });
  const replies = buttons.map((button, index) => {
    const field = `buttons[${index}]`;
    const { id, title } = titled(button, field);
    const rule = (key: string, limit: number): TextRule => ({
      field: `${field}.${key}`,
      limit,
      warn,
    });
    return {
      id: requireText(id, rule('id', LIMITS.id)).trim(),
      title: requireText(title, rule('title', LIMITS.title)),
    };
  });
  requireUnique(_.map(replies, 'title'), 'button titles');
  requireUnique(_.map(replies, 'id'), 'button IDs');
  return { buttons: replies.map(reply => ({ type: 'reply', reply })) };
}

export const buttons = interactiveKind({
  name: 'buttons',
  type: 'button',
  header: 'any',
  action: buttonsAction,
});
