import _ from 'lodash';
import { parseNumbers } from '../messages/recipient';
import { flag, readOptions } from '../validation';
import type { Platform } from '../platforms/platform';
import { send } from '../util/client';

const OPTIONS = { blocking: flag, forceCheck: flag };

/** Checks which numbers are on WhatsApp. */
export async function checkContacts(
  platform: Platform,
  numbers: unknown,
  given: unknown,
) {
  const { blocking = true, forceCheck = false } = readOptions(given, OPTIONS);
  const { defaultCountry } = platform.connection;
  const contacts = parseNumbers(_.castArray(numbers), defaultCountry);
  return send(
    platform,
    platform.checkContacts(contacts, { blocking, forceCheck }),
  );
}
