import _ from 'lodash';
import { requestAddress } from './address-request';
import { buttons } from './buttons';
import { call } from './call';
import { requestCallPermission } from './call-permission-request';
import { carousel } from './carousel';
import { requestContactInfo } from './contact-info-request';
import { contacts } from './contacts';
import type { MessageKind } from './content';
import { cta } from './cta-url';
import { flow } from './flow';
import { list } from './list';
import { location } from './location';
import { requestLocation } from './location-request';
import { audio, document, image, sticker, video } from './media';
import { pin, unpin } from './pin';
import { catalog, product, products } from './products';
import { reaction } from './reaction';
import { text } from './text';

/** All kinds of messages. The first whose name is in the message decides its kind; `text` is last because other kinds have it too. */
export const KINDS: MessageKind[] = [
  image,
  video,
  audio,
  document,
  sticker,
  buttons,
  list,
  cta,
  flow,
  requestLocation,
  requestContactInfo,
  requestCallPermission,
  requestAddress,
  call,
  carousel,
  products,
  catalog,
  product,
  location,
  contacts,
  reaction,
  pin,
  unpin,
  text,
];

const byName = new Map(KINDS.map(kind => [kind.name, kind]));

export const kindNamed = (name: string) => byName.get(name);

/** Finds the kind of an interactive message by Meta's type. */
export const interactiveKindOf = (type: unknown) =>
  typeof type === 'string' ? _.find(KINDS, { interactive: type }) : undefined;
