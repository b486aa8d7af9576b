import _ from 'lodash';
import { warn } from '../log';
import type { Platform } from '../platforms/platform';
import { perRun } from '../state';
import type { ApiResponse, Call } from '../util/call';
import { runtime } from '../util/dispatcher';
import { getAllPages } from '../util/pagination';
import { parameters, readQuery } from '../validation';
import { isOutOfOrder } from './variables';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management

/** A template as returned by the API. */
export interface Definition {
  id: string;
  name: string;
  language: string;
  status: string;
  category?: string;
  parameter_format?: string;
  components?: Component[];
}

export interface Component {
  type: string;
  format?: string;
  text?: string;
  buttons?: { type: string; text?: string; url?: string }[];
  cards?: { components?: Component[] }[];
  limited_time_offer?: { text?: string; has_expiration?: boolean };
}

export const EDGE = 'message_templates';
// The last two are returned only if requested.
export const FIELDS =
  'id,name,language,status,category,parameter_format,components,quality_score,rejected_reason';
const FILTERS = [
  'name',
  'name_or_content',
  'content',
  'language',
  'status',
  'category',
  'quality_score',
  'source',
  'limit',
];
const listCall = (platform: Platform, given: unknown): Call => ({
  method: 'GET',
  path: platform.graph('listTemplates()').account(EDGE),
  query: { fields: FIELDS, ...readQuery(given, parameters(...FILTERS)) },
  idempotency: 'safe',
});

export const listTemplates = async (
  platform: Platform,
  given: unknown,
): Promise<ApiResponse> => getAllPages(platform, listCall(platform, given));

const knownOf = perRun(
  () => new Map<string, Promise<Definition[] | undefined>>(),
);

/** After a change they must be read again. */
export const forgetDefinitions = ({ run }: Platform) => knownOf(run).clear();

/** All languages of a template, read once per run; undefined if they can't be read. */
export function definitionsOf(
  platform: Platform,
  name: string,
  deadline?: number,
): Promise<Definition[] | undefined> {
  const known = knownOf(platform.run);
  const definitions =
    known.get(name) ??
    readDefinitions(platform, name, deadline).catch(error => {
      // There was too little time for it, which says nothing about the account.
      if (deadline !== undefined && runtime.clock.now() >= deadline) {
        known.delete(name);
        return undefined;
      }
      console.warn(
        `The templates of the account cannot be read, so nothing is known of them here (${error.code}).`,
      );
      return undefined;
    });
  known.set(name, definitions);
  return definitions;
}

async function readDefinitions(
  platform: Platform,
  name: string,
  deadline?: number,
): Promise<Definition[] | undefined> {
  if (!platform.knowsTemplates) return undefined;
  // It is for advice: one try has to do.
  const { body } = await getAllPages(platform, {
    ...listCall(platform, { name }),
    deadline,
    repeatable: false,
  });
  const definitions = wellFormed(named(body, name));
  definitions.forEach(warnOfOrder);
  return definitions;
}

function warnOfOrder({ name, language, components }: Definition) {
  const mixed = _.find(components, ({ text }) => isOutOfOrder(text));
  if (mixed)
    warn(
      `The numbers of the variables in ${name} (${language}) are not in order: "${mixed.text}". The first value fills {{1}}. Look at a message before you send many.`,
    );
}

const textOrNothing = (value: unknown) =>
  _.isString(value) ? value : undefined;

/** A button keeps its place, which messages refer to, whatever is wrong with it. */
const readButton = (button: any) => ({
  ...Object(button),
  type: String(button?.type),
  text: textOrNothing(button?.text),
  url: textOrNothing(button?.url),
});

function readComponent(component: any): Component[] {
  const { type, format, text, buttons, cards } = component ?? {};
  if (!_.isString(type)) return [];
  return [
    {
      ...component,
      type: type.toUpperCase(),
      text: textOrNothing(text),
      ...(_.isString(format)
        ? { format: format.toUpperCase() }
        : { format: undefined }),
      ...(buttons !== undefined && {
        buttons: _.isArray(buttons) ? buttons.map(readButton) : [],
      }),
      ...(cards !== undefined && {
        cards: _.isArray(cards) ? cards.map(readCard) : [],
      }),
    },
  ];
}

const readCard = (card: any) => ({
  ...Object(card),
  components: _.flatMap(card?.components, readComponent),
});

/** Drops malformed definitions, so that they don't hide the error to explain. */
export const wellFormed = (rows: unknown[]): Definition[] =>
  (rows as Definition[])
    .filter(row => _.isString(row?.name) && _.isString(row.language))
    .map(row => ({
      ...row,
      components: _.flatMap(row.components, readComponent),
    }));

/** Keeps exact matches, since the API also returns partial matches. */
export const named = (definitions: Definition[], name: string): Definition[] =>
  _.filter(definitions, { name });
