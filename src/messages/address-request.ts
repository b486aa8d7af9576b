import { invalidMessage } from '../errors/error';
import { isFilled } from '../validation';
import { allowOnly, requireObject } from './checks';
import { interactiveKind } from './interactive';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/address-messages

function addressAction(value: unknown) {
  const request = requireObject(
    value,
    'requestAddress',
    "requestAddress: { country: 'IN' }",
  );
  allowOnly(request, ['country', 'values'], 'requestAddress');
  const { country, values } = request;
  if (country !== 'IN')
    throw invalidMessage(
      "`requestAddress.country` must be 'IN': WhatsApp requests addresses in India only.",
      "Example: requestAddress: { country: 'IN' }. In other countries use requestLocation.",
      { field: 'requestAddress.country' },
    );
  const parameters = { country, ...(isFilled(values) && { values }) };
  return { name: 'address_message', parameters };
}

export const requestAddress = interactiveKind({
  name: 'requestAddress',
  type: 'address_message',
  header: 'none',
  footer: true,
  onPremise: 'never',
  action: addressAction,
});
