import { interactiveKind, justTrue } from './interactive';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/user-call-permissions

export const requestCallPermission = interactiveKind({
  name: 'requestCallPermission',
  type: 'call_permission_request',
  header: 'none',
  isTextOptional: true,
  onPremise: 'never',
  action: justTrue('requestCallPermission', 'call_permission_request'),
});
