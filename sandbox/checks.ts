import { badParameter, missing } from './graph-error';
import type { StoredTemplate } from './templates';

/** What a person sees on the phone. */
export interface Shown {
  header?: string;
  body: string;
  footer?: string;
  buttons?: string[];
  /** The cards of a carousel. */
  cards?: Shown[];
}

export interface Store {
  templates: StoredTemplate[];
  hasMedia: (id: string) => boolean;
  /** A message by Direct Send. */
  isDirect?: boolean;
}

export type Check = (value: any, store: Store) => Shown;

export function text(value: unknown, name: string, limit: number): string {
  if (value === undefined || value === null || value === '')
    throw missing(name);
  if (typeof value !== 'string') throw badParameter(`${name} must be a string`);
  if ([...value].length > limit)
    throw badParameter(
      `Param ${name} must be at most ${limit} characters long.`,
    );
  return value;
}

export const optional = (value: unknown, name: string, limit: number) =>
  value === undefined ? undefined : text(value, name, limit);

export function onlyKeys(value: object, keys: string[], name: string) {
  for (const key of Object.keys(value))
    if (!keys.includes(key))
      throw badParameter(`Unexpected key "${key}" on param "${name}".`);
}
