import _ from 'lodash';
import type { Warn } from '../log';
import { isFilled } from '../validation';
import {
  allowOnly,
  optionalText,
  requireNumber,
  requireObject,
} from './checks';
import { interactiveKind } from './interactive';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/call-button-messages-deep-links

const LIMITS = { label: 20, payload: 512, minutes: 43_200 };

function callAction(value: unknown, warn: Warn) {
  const call = requireObject(value, 'call', "call: { label: 'Call us' }");
  allowOnly(call, ['label', 'ttlMinutes', 'payload'], 'call');
  const text = (field: 'label' | 'payload') =>
    optionalText(call[field], {
      field: `call.${field}`,
      limit: LIMITS[field],
      warn,
    });
  const minutes = isFilled(call.ttlMinutes)
    ? requireNumber(call.ttlMinutes, 'call.ttlMinutes', 1, LIMITS.minutes)
    : undefined;
  const parameters = _.omitBy(
    {
      display_text: text('label'),
      ttl_minutes: minutes,
      payload: text('payload'),
    },
    _.isNil,
  );
  return { name: 'voice_call', parameters };
}

export const call = interactiveKind({
  name: 'call',
  type: 'voice_call',
  header: 'text',
  footer: false,
  onPremise: 'never',
  action: callAction,
});
