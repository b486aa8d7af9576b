import _ from 'lodash';
import type { Warn } from '../log';
import {
  allowOnly,
  optionalText,
  requireNumber,
  requireObject,
} from './checks';
import type { Fields, MessageKind } from './content';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/location-messages

const MAX_TEXT = 4096;
/** Longer text may be truncated. */
const ADVISED = { name: 100, address: 300 };
const EXAMPLE =
  "location: { latitude: -1.29, longitude: 36.82, name: 'Clinic' }";

export function locationFields(location: Fields, warn: Warn) {
  allowOnly(location, ['latitude', 'longitude', 'name', 'address'], 'location');
  const text = (field: string, limit: number) =>
    optionalText(location[field], { field: `location.${field}`, limit, warn });
  const name = text('name', MAX_TEXT);
  const address = text('address', MAX_TEXT);
  if (name && name.length > ADVISED.name)
    warn(`location.name has more than ${ADVISED.name} characters.`);
  if (address && address.length > ADVISED.address)
    warn(`location.address has more than ${ADVISED.address} characters.`);
  if (address && !name)
    warn('location.address is shown only together with location.name.');
  return {
    latitude: requireNumber(location.latitude, 'location.latitude', -90, 90),
    longitude: requireNumber(
      location.longitude,
      'location.longitude',
      -180,
      180,
    ),
    ..._.omitBy({ name, address }, _.isNil),
  };
}

export const location: MessageKind = {
  name: 'location',
  fields: ['location'],
  build(message, warn) {
    const fields = requireObject(message.location, 'location', EXAMPLE);
    return { type: 'location', location: locationFields(fields, warn) };
  },
};
