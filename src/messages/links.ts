import { isIP } from 'node:net';
import { invalidMessage } from '../errors/error';
import { isPrivateAddress } from '../util/url';
import type { Warn } from '../log';

const LOCAL_NAME =
  /^localhost$|\.(localhost|local|internal|lan|test|invalid)$/i;
/** Meta's media server, which requires the token. */
const WANTS_TOKEN = /(^|\.)lookaside\.fbsbx\.com$/i;
/** Meta's server for template samples, which can't be sent. */
const SAMPLES = /(^|\.)scontent[\w.-]*\.(whatsapp\.net|fbcdn\.net)$/i;

export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  const version = isIP(host);
  if (!version) return LOCAL_NAME.test(host);
  return isPrivateAddress(host);
}

const UPLOAD = 'Upload the file with uploadMedia() and use its ID.';

/** Checks a link in a message: Meta must be able to open it without a login. */
export function checkLink(link: string, field: string, warn: Warn): string {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (!url)
    throw invalidMessage(
      `\`${field}\` must be a URL that starts with https://.`,
      `Example: ${field}: 'https://example.org/leaflet.pdf'.`,
      { field },
    );
  if (isPrivateHost(url.hostname))
    throw invalidMessage(
      `\`${field}\` is a link to ${url.hostname}, which Meta's servers can't open.`,
      UPLOAD,
      { field },
    );
  if (WANTS_TOKEN.test(url.hostname))
    throw invalidMessage(
      `\`${field}\` is a download URL of Meta, which nobody can open without the token.`,
      'Download the file with downloadMedia(), upload it with uploadMedia(), and use its ID.',
      { field },
    );
  if (SAMPLES.test(url.hostname))
    warn(`\`${field}\` is a template sample, which Meta may reject. ${UPLOAD}`);
  if (/image$/.test(field) && /\.webp$/i.test(url.pathname))
    warn(
      `\`${field}\` is a WebP file, which WhatsApp shows only as a sticker.`,
    );
  return link;
}
