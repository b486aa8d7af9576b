import _ from 'lodash';
import { invalidMessage } from '../errors/error';
import type { Fields } from '../messages/content';
import { isPlain } from '../state';
import type { Component, Definition } from './definitions';

// The definition has the start of a URL; a message gives only its end.

/** The text of a URL button, which may be given by the name of its variable. */
const endOf = (button: unknown): unknown => {
  const url: unknown = _.get(button, 'url');
  return isPlain(url) ? _.values(url)[0] : url;
};

/** `https://example.org/r/1`, or without its scheme, as people copy it. */
const MAY_BE_WHOLE = /^\s*(https?:|\/\/|[\w-]+(\.[\w-]+)+\/)/i;
const HAS_SCHEME = /^https?:\/\//i;

const isWhole = (button: unknown) => {
  const end = endOf(button);
  return typeof end === 'string' && MAY_BE_WHOLE.test(end);
};

const partsOf = (template: Fields): unknown[] => [
  template,
  ...(_.isArray(template.cards) ? template.cards : []),
];

/** Whether a URL is given from its start, as it is in the data of many jobs. */
export const hasWholeUrl = (template: Fields): boolean =>
  partsOf(template).some(part => {
    const buttons: unknown = _.get(part, 'buttons');
    return _.isArray(buttons) && buttons.some(isWhole);
  });

/** The host in lower case, without the usual port: both mean the same. */
const usual = (url: string) =>
  url.replace(/^https?:\/\/[^/?#]*/i, origin =>
    origin.toLowerCase().replace(/^(https:.*):443$/, '$1'),
  );

const withoutScheme = (url: string) => url.replace(/^(https?:)?\/\//i, '');

/** What of a whole URL fills the variable; undefined if the template has another URL. */
function variableOf(given: string, defined: string): string | undefined {
  const [start, ...ends] = usual(defined).split(/\{\{[^}]*\}\}/);
  const end = ends.at(-1) ?? '';
  const [whole, head] = HAS_SCHEME.test(given)
    ? [usual(given), start]
    : [withoutScheme(given), withoutScheme(start)];
  const isOfTemplate = whole.startsWith(head) && whole.endsWith(end);
  const value = whole.slice(head.length, whole.length - end.length);
  return isOfTemplate && value ? value : undefined;
}

function fitButton(button: unknown, url: string | undefined, field: string) {
  if (!isWhole(button)) return button;
  const given = String(endOf(button)).trim();
  const hasScheme = HAS_SCHEME.test(given);
  if (url === undefined) {
    if (!hasScheme) return button;
    throw invalidMessage(
      `\`${field}\` is a whole URL, and the template has the start of the URL already.`,
      'Give only its end. Or add wabaId to the credential, with a token that may read templates: then the start is removed. If the template takes a whole URL, pass encodeURIComponent(url).',
      { field },
    );
  }
  // A fixed URL has no parameter, and a query may have any URL as a value.
  const [start, ...rest] = url.split('{{');
  if (!rest.length) return button;
  const end = variableOf(given, url);
  if (end === undefined) {
    if (!hasScheme || start.includes('?') || !start) return button;
    throw invalidMessage(
      `\`${field}\` must be the end of a URL, got a whole one: the template has ${start}.`,
      `Give only what follows ${start}.`,
      { field },
    );
  }
  const named: unknown = _.get(button, 'url');
  return {
    ...Object(button),
    url: isPlain(named) ? { ...named, [Object.keys(named)[0]]: end } : end,
  };
}

function fitPart(part: Fields, components: Component[] = [], within = '') {
  if (!_.isArray(part.buttons)) return part;
  const defined = _.find(components, { type: 'BUTTONS' })?.buttons;
  return {
    ...part,
    buttons: part.buttons.map((button: unknown, index) =>
      fitButton(
        button,
        defined?.[index]?.url,
        `${within}buttons[${index}].url`,
      ),
    ),
  };
}

/** Takes the start away from URLs that have it, and refuses others. */
export function fitUrls(template: Fields, definition?: Definition): Fields {
  const fitted = fitPart(template, definition?.components);
  if (!_.isArray(template.cards)) return fitted;
  const { cards } = _.find(definition?.components, { type: 'CAROUSEL' }) ?? {};
  return {
    ...fitted,
    cards: template.cards.map((card: unknown, index) =>
      isPlain(card)
        ? fitPart(card, cards?.[index]?.components, `cards[${index}].`)
        : card,
    ),
  };
}
