import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { badParameter } from './graph-error';
import type { Inbound } from './types';

/** Somebody with a phone, or a group. */
export interface Person {
  /** Digits, or the ID of a user or a group. */
  id: string;
  /** Digits. */
  number?: string;
  userId?: string;
  isGroup?: boolean;
  name?: string;
  /** The number as people read it. */
  shown: string;
  language?: string;
  /** The number is hidden: only the BSUID is told. */
  hidden?: boolean;
  /** When the person last wrote, by the ID of our number. */
  wroteAt: Record<string, number>;
}

const BSUID = /^[A-Z]{2}\.(ENT\.)?\w+$/;

/** `+254 712 345 678` */
export function shownNumber(digits: string): string {
  const parsed = parsePhoneNumberFromString(`+${digits}`);
  if (!parsed) return `+${digits}`;
  const { countryCallingCode, nationalNumber } = parsed;
  const groups = nationalNumber.replace(/\d{3}(?=\d{3})/g, '$& ');
  return `+${countryCallingCode} ${groups}`;
}

function newPerson(id: string): Person {
  if (/^\d+$/.test(id))
    return { id, number: id, shown: shownNumber(id), wroteAt: {} };
  return BSUID.test(id)
    ? { id, userId: id, shown: id, hidden: true, wroteAt: {} }
    : { id, isGroup: true, shown: 'Group', wroteAt: {} };
}

/** The people that the sandbox knows of. */
export class People {
  readonly #people = new Map<string, Person>();

  constructor(people: Person[] = []) {
    for (const person of people) this.#people.set(person.id, person);
  }

  get all(): Person[] {
    return [...this.#people.values()];
  }

  /** By number, user ID or group ID. */
  find(id: string): Person | undefined {
    return (
      this.#people.get(id) ??
      this.all.find(({ userId }) => userId !== undefined && userId === id)
    );
  }

  get(id: string): Person {
    const person = this.find(id);
    if (!person) throw badParameter(`There is no person ${id}`);
    return person;
  }

  /** Whoever gets a message has a phone. Returns whether the person is new. */
  meet(id: string): { person: Person; isNew: boolean } {
    const known = this.#people.get(id) ?? (BSUID.test(id) && this.find(id));
    if (known) return { person: known, isNew: false };
    const person = newPerson(id);
    this.#people.set(id, person);
    return { person, isNew: true };
  }

  add({ number, name, hidden, language }: Record<string, unknown>): Person {
    const digits = String(number ?? '').replace(/^\+|[\s()-]/g, '');
    if (!/^[1-9]\d{6,14}$/.test(digits))
      throw badParameter('number must be a phone number with its country code');
    if (name !== undefined && typeof name !== 'string')
      throw badParameter('name must be a string');
    const { person } = this.meet(digits);
    return Object.assign(person, {
      ...(name && { name }),
      ...(typeof language === 'string' && language && { language }),
      ...(hidden === true && { hidden, userId: `KE.${digits}` }),
    });
  }

  /** Who wrote, with what the message tells of them. */
  wrote({ from, name, userId, hidden }: Inbound, number: string, at: number) {
    const { person } = this.meet(from);
    person.wroteAt[number] = at;
    return Object.assign(person, {
      ...(name && { name }),
      ...(userId && { userId }),
      ...(hidden && { hidden }),
    });
  }
}
