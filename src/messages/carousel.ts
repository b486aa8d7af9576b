import _ from 'lodash';
import { invalidMessage } from '../errors/error';
import type { Warn } from '../log';
import {
  allowOnly,
  optionalText,
  requireArray,
  requireObject,
  requireText,
  requireUnique,
} from './checks';
import type { Fields } from './content';
import { ctaAction } from './cta-url';
import { interactiveKind, titled } from './interactive';
import { mediaReference } from './media';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-media-carousel-messages

const LIMITS = { cards: 10, text: 160, buttons: 3, id: 256, title: 20 };
const FILES = ['image', 'video'];

function quickReplies(value: unknown, field: string, warn: Warn) {
  const replies = requireArray(value, field, { max: LIMITS.buttons }).map(
    (button, index) => {
      const name = `${field}[${index}]`;
      const { id, title } = titled(button, name);
      const rule = (key: 'id' | 'title') => ({
        field: `${name}.${key}`,
        limit: LIMITS[key],
        warn,
      });
      return {
        id: requireText(id, rule('id')),
        title: requireText(title, rule('title')),
      };
    },
  );
  requireUnique(_.map(replies, 'id'), 'button IDs');
  return {
    buttons: replies.map(quick_reply => ({ type: 'quick_reply', quick_reply })),
  };
}

function cardHeader(card: Fields, field: string, warn: Warn) {
  const [kind, another] = FILES.filter(key => key in card);
  if (!kind || another)
    throw invalidMessage(
      `\`${field}\` must have one of: ${FILES.join(', ')}.`,
      "Example: { image: 'https://example.org/net.jpg', text: 'Net', buttons: ['Order'] }.",
      { field },
    );
  const file = mediaReference(card[kind], `${field}.${kind}`, warn);
  return { type: kind, [kind]: file };
}

function buildCard(value: unknown, index: number, warn: Warn) {
  const field = `carousel[${index}]`;
  const card = requireObject(value, field);
  allowOnly(card, [...FILES, 'text', 'cta', 'buttons'], field);
  if ('cta' in card === 'buttons' in card)
    throw invalidMessage(
      `\`${field}\` must have either \`cta\` or \`buttons\`.`,
      "Example: cta: { label: 'Open', url: 'https://example.org' }.",
      { field },
    );
  const text = optionalText(card.text, {
    field: `${field}.text`,
    limit: LIMITS.text,
    warn,
  });
  return {
    card_index: index,
    type: 'cta_url',
    header: cardHeader(card, field, warn),
    ...(text && { body: { text } }),
    action:
      'cta' in card
        ? ctaAction(card.cta, warn, `${field}.cta`)
        : quickReplies(card.buttons, `${field}.buttons`, warn),
  };
}

/** What must be the same in all cards. */
const shapeOf = ({ header, action }: ReturnType<typeof buildCard>) =>
  `${header.type} ${'buttons' in action ? action.buttons.length : 'cta'}`;

function carouselAction(value: unknown, warn: Warn) {
  const cards = requireArray(value, 'carousel', {
    min: 2,
    max: LIMITS.cards,
  }).map((card, index) => buildCard(card, index, warn));
  const other = cards.findIndex(card => shapeOf(card) !== shapeOf(cards[0]));
  if (other > 0)
    throw invalidMessage(
      `\`carousel[${other}]\` differs from the first card: all cards must have the same kind of file and of buttons, and the same number of buttons.`,
      'Make all cards alike.',
      { field: `carousel[${other}]` },
    );
  return { cards };
}

export const carousel = interactiveKind({
  name: 'carousel',
  type: 'carousel',
  header: 'none',
  onPremise: 'never',
  action: carouselAction,
});
