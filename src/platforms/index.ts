import _ from 'lodash';
import { connect, type Connection, type Gateway } from '../configuration';
import { notSupported } from '../errors/error';
import { dialog360 } from './360dialog';
import { cloud } from './cloud';
import { onPremise } from './on-premise';
import type { Platform } from './platform';

const GATEWAYS: Record<
  Gateway,
  (connection: Connection, run: object) => Platform
> = { '360dialog': dialog360 };

/**
 * The platform of the credential. Another number of the same
 * account is used if an option or a row names it.
 */
export function open(
  configuration: unknown,
  phoneNumberId?: string,
  rowPhoneNumberId?: string,
): Platform {
  const connection = connect(configuration);
  const { gateway } = connection;
  const run = _.isObject(configuration) ? configuration : {};
  if (connection.onPremise || gateway) {
    if (phoneNumberId)
      throw notSupported(
        'The option phoneNumberId',
        gateway ?? 'On-Premise API',
      );
    return gateway
      ? GATEWAYS[gateway](connection, run)
      : onPremise(connection, run);
  }
  const number = phoneNumberId ?? rowPhoneNumberId;
  return cloud(
    number ? { ...connection, phoneNumberId: number } : connection,
    run,
  );
}
