import type { Warn } from '../log';
import { allowOnly, requireObject, requireText, requireUrl } from './checks';
import { interactiveKind } from './interactive';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-cta-url-messages

const MAX_LABEL = 20;

function ctaAction(value: unknown, warn: Warn) {
  const cta = requireObject(
    value,
    'cta',
    "cta: { label: 'Open', url: 'https://example.org' }",
  );
  allowOnly(cta, ['label', 'url'], 'cta');
  const display_text = requireText(cta.label, {
    field: 'cta.label',
    limit: MAX_LABEL,
    warn,
  });
  const url = requireUrl(cta.url, 'cta.url');
  return { name: 'cta_url', parameters: { display_text, url } };
}

export const cta = interactiveKind({
  name: 'cta',
  type: 'cta_url',
  header: 'any',
  onPremise: 'old',
  action: ctaAction,
});
