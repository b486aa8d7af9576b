import { interactiveKind, justTrue } from './interactive';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/location-request-messages

export const requestLocation = interactiveKind({
  name: 'requestLocation',
  type: 'location_request_message',
  header: 'none',
  onPremise: 'old',
  action: justTrue('requestLocation', 'send_location'),
});
