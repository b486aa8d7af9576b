import { invalidMessage } from '../errors/error';
import { isFilled } from '../validation';
import { requireArray, requireObject } from './checks';
import type { MessageKind } from './content';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/contacts-messages

const MAX_CONTACTS = 257;
/** Sources disagree. */
const ADVISED_CONTACTS = 5;

function checkContact(value: unknown, index: number) {
  const field = `contacts[${index}]`;
  const contact = requireObject(value, field);
  const name = requireObject(contact.name, `${field}.name`);
  const others = Object.keys(name).filter(
    part => part !== 'formatted_name' && name[part],
  );
  if (!name.formatted_name || !others.length)
    throw invalidMessage(
      `\`${field}.name\` must have formatted_name and at least one more part, such as first_name.`,
      "Example: name: { formatted_name: 'Ada Nowak', first_name: 'Ada' }.",
      { field: `${field}.name` },
    );
  const { birthday } = contact;
  if (isFilled(birthday) && !/^\d{4}-\d\d-\d\d$/.test(String(birthday)))
    throw invalidMessage(
      `\`${field}.birthday\` must be a date like 1990-01-31.`,
      'Use the format YYYY-MM-DD.',
      { field: `${field}.birthday` },
    );
  return contact;
}

export const contacts: MessageKind = {
  name: 'contacts',
  fields: ['contacts'],
  build(message, warn) {
    const cards = requireArray(message.contacts, 'contacts', {
      max: MAX_CONTACTS,
    });
    if (cards.length > ADVISED_CONTACTS)
      warn(
        `contacts has ${cards.length} items. Meta may reject more than ${ADVISED_CONTACTS}.`,
      );
    return { type: 'contacts', contacts: cards.map(checkContact) };
  },
};
