import _ from 'lodash';
import { connect } from '../configuration';
import { cloud } from './cloud';
import { onPremise } from './on-premise';
import type { Platform } from './platform';

/** The platform that the credential speaks to. */
export function open(configuration: unknown): Platform {
  const connection = connect(configuration);
  if (!connection.onPremise) return cloud(connection);
  return onPremise(connection, _.isObject(configuration) ? configuration : {});
}
