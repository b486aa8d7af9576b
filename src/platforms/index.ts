import _ from 'lodash';
import { connect } from '../configuration';
import { notSupported } from '../errors/error';
import { cloud } from './cloud';
import { onPremise } from './on-premise';
import type { Platform } from './platform';

/**
 * The platform that the credential speaks to. Another number of the same
 * account acts if an option says so, or a row that came to that number.
 */
export function open(
  configuration: unknown,
  phoneNumberId?: string,
  rowPhoneNumberId?: string,
): Platform {
  const connection = connect(configuration);
  const run = _.isObject(configuration) ? configuration : {};
  if (connection.onPremise) {
    if (phoneNumberId)
      throw notSupported('The option phoneNumberId', 'On-Premise API');
    return onPremise(connection, run);
  }
  const number = phoneNumberId ?? rowPhoneNumberId;
  return cloud(
    number ? { ...connection, phoneNumberId: number } : connection,
    run,
  );
}
