import type { Warn } from '../log';
import { allowOnly, requireObject, requireText, requireUrl } from './checks';
import { interactiveKind } from './interactive';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-cta-url-messages

const MAX_LABEL = 20;

export function ctaAction(value: unknown, warn: Warn, field = 'cta') {
  const cta = requireObject(
    value,
    field,
    "cta: { label: 'Open', url: 'https://example.org' }",
  );
  allowOnly(cta, ['label', 'url'], field);
  const display_text = requireText(cta.label, {
    field: `${field}.label`,
    limit: MAX_LABEL,
    warn,
  });
  const url = requireUrl(cta.url, `${field}.url`);
  return { name: 'cta_url', parameters: { display_text, url } };
}

export const cta = interactiveKind({
  name: 'cta',
  type: 'cta_url',
  header: 'any',
  onPremise: 'old',
  action: (value, warn) => ctaAction(value, warn),
});
