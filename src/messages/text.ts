import { isFilled } from '../validation';
import { requireText } from './checks';
import type { MessageKind } from './content';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/text-messages

const MAX_TEXT = 4096;

export const text: MessageKind = {
  name: 'text',
  fields: ['text', 'previewUrl'],
  hints: { caption: 'A text has no caption: only a file has.' },
  unfold: ({ body, preview_url: previewUrl }) => ({
    text: body,
    ...(isFilled(previewUrl) && { previewUrl }),
  }),
  build({ text, previewUrl }, warn) {
    const body = requireText(text, { field: 'text', limit: MAX_TEXT, warn });
    if (!isFilled(previewUrl)) return { type: 'text', text: { body } };
    return { type: 'text', text: { body, preview_url: Boolean(previewUrl) } };
  },
};
