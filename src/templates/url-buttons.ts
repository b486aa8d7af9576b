import _ from 'lodash';
import { invalidMessage } from '../errors/error';
import { warn } from '../log';
import type { Fields } from '../messages/content';
import { isPlain } from '../state';
import type { Component, Definition } from './definitions';

// The definition has the start of a URL; a message gives only its end.

/** The text of a URL button, which may be given by the name of its variable. */
const endOf = (button: unknown): unknown => {
  const url: unknown = _.get(button, 'url');
  return isPlain(url) ? _.values(url)[0] : url;
};

const isWhole = (button: unknown) => {
  const end = endOf(button);
  return typeof end === 'string' && /^\s*https?:\/\//i.test(end);
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

function fitButton(button: unknown, url: string | undefined, field: string) {
  if (!isWhole(button)) return button;
  if (url === undefined) {
    warn(
      `${field} is a whole URL. The template has the start of the URL, and this is added to it.`,
    );
    return button;
  }
  const given = String(endOf(button)).trim();
  const [start] = url.split('{{');
  const end = given.startsWith(start) ? given.slice(start.length) : '';
  if (!end)
    throw invalidMessage(
      `\`${field}\` must be the end of a URL, got a whole one: the template has ${start}.`,
      `Give only what follows ${start}.`,
      { field },
    );
  const named: unknown = _.get(button, 'url');
  return { url: isPlain(named) ? _.mapValues(named, () => end) : end };
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
