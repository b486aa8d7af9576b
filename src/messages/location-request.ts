import { invalidMessage } from '../errors/error';
import { interactiveKind } from './interactive';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/location-request-messages

function locationRequestAction(value: unknown) {
  if (value === true) return { name: 'send_location' };
  throw invalidMessage(
    '`requestLocation` must be true.',
    'Example: requestLocation: true.',
    { field: 'requestLocation' },
  );
}

export const requestLocation = interactiveKind({
  name: 'requestLocation',
  type: 'location_request_message',
  header: 'none',
  onPremise: 'old',
  action: locationRequestAction,
});
