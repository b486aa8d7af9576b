import { connect } from '../configuration';
import { WhatsAppError } from '../errors';
import { cloud } from './cloud';
import type { Platform } from './platform';

export type { Platform } from './platform';

/** The platform that the credential speaks to. */
export function open(configuration: unknown): Platform {
  const connection = connect(configuration);
  if (connection.onPremise)
    throw new WhatsAppError('NOT_SUPPORTED', {
      description:
        'baseUrl ends in /v1, which means the On-Premise API, and this version of the adaptor speaks only to the Cloud API.',
      fix: 'Use https://graph.facebook.com/v25.0, with the token of a system user.',
    });
  return cloud(connection);
}
