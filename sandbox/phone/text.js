import { html } from './preact.js';

// WhatsApp's marks: *bold*, _italic_, ~struck~, `code` and ```monospace```.
const MARKS =
  /```([^]+?)```|`([^`\n]+)`|(?<![\p{L}\d*])\*(?=\S)([^*\n]*?\S)\*(?![\p{L}\d*])|(?<![\p{L}\d_])_(?=\S)([^_\n]*?\S)_(?![\p{L}\d_])|(?<![\p{L}\d~])~(?=\S)([^~\n]*?\S)~(?![\p{L}\d~])/gu;

/** A text as WhatsApp shows it. It becomes text nodes, never HTML. */
export function formatted(text = '') {
  const parts = [];
  let end = 0;
  for (const match of String(text).matchAll(MARKS)) {
    const [all, block, code, bold, italic, struck] = match;
    parts.push(text.slice(end, match.index));
    end = match.index + all.length;
    if (block ?? code) parts.push(html`<code>${block ?? code}</code>`);
    else if (bold) parts.push(html`<strong>${formatted(bold)}</strong>`);
    else if (italic) parts.push(html`<em>${formatted(italic)}</em>`);
    else parts.push(html`<del>${formatted(struck)}</del>`);
  }
  return [...parts, String(text).slice(end)];
}

export const time = at =>
  new Date(at).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
  });

export const day = at =>
  new Date(at).toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });

/** What one line says of a message. */
export function lineOf({ body, title, file, kind, reaction, location }) {
  if (reaction) return `Reacted ${reaction.emoji}`;
  if (location) return 'Location';
  return body || title || (file ? (file.name ?? file.type) : kind);
}
