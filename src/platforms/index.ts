import _ from 'lodash';
import { connect } from '../configuration';
import { cloud } from './cloud';
import { onPremise } from './on-premise';
import type { Platform } from './platform';

/** The platform that the credential speaks to. */
export function open(configuration: unknown): Platform {
  const connection = connect(configuration);
  const run = _.isObject(configuration) ? configuration : {};
  return connection.onPremise
    ? onPremise(connection, run)
    : cloud(connection, run);
}
