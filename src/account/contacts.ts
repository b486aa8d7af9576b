import _ from 'lodash';
import { parseNumbers } from '../messages/recipient';
import { readOptions } from '../options';
import type { Platform } from '../platforms/platform';
import { send } from '../util/client';

/** Asks which numbers are on WhatsApp. */
export async function checkContacts(
  platform: Platform,
  numbers: unknown,
  given: unknown,
) {
  const allowed = ['blocking', 'forceCheck'];
  const { blocking = true, forceCheck = false } = readOptions(given, allowed);
  const { defaultCountry } = platform.connection;
  const contacts = parseNumbers(_.castArray(numbers), defaultCountry);
  return send(
    platform,
    platform.checkContacts(contacts, { blocking, forceCheck }),
  );
}
