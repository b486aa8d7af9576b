import { interactiveKind, justTrue } from './interactive';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids

export const requestContactInfo = interactiveKind({
  name: 'requestContactInfo',
  type: 'request_contact_info',
  header: 'none',
  onPremise: 'never',
  action: justTrue('requestContactInfo', 'request_contact_info'),
});
