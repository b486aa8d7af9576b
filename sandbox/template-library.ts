import { badParameter, missing } from './graph-error';
import { page, type Cloud } from './graph';
import { idOf } from './base';
import type { StoredTemplate, TemplateComponent } from './templates';

// Templates that Meta has written, and what is known of those in use.

interface LibraryTemplate {
  id: string;
  name: string;
  language: string;
  category: string;
  topic: string;
  usecase: string;
  industry: string[];
  body: string;
  body_params: string[];
  buttons?: { type: string; text: string; url?: string }[];
}

const LIBRARY: LibraryTemplate[] = [
  {
    id: '4001',
    name: 'appointment_confirmation_1',
    language: 'en_US',
    category: 'UTILITY',
    topic: 'EVENT_REMINDER',
    usecase: 'APPOINTMENT_CONFIRMATION',
    industry: ['HEALTH'],
    body: 'Hello {{1}}, your appointment on {{2}} is confirmed. See you.',
    body_params: ['Jim', 'Monday'],
    buttons: [{ type: 'URL', text: 'Details', url: 'https://example.com/' }],
  },
  {
    id: '4002',
    name: 'payment_confirmed_1',
    language: 'en_US',
    category: 'UTILITY',
    topic: 'PAYMENTS',
    usecase: 'PAYMENT_CONFIRMATION',
    industry: ['FINANCIAL_SERVICES'],
    body: 'We have received your payment of {{1}}. Thank you.',
    body_params: ['$ 5'],
  },
];

const EQUAL = ['topic', 'usecase', 'language'] as const;

function matches(template: LibraryTemplate, query: Record<string, string>) {
  const { search = '', industry } = query;
  const text = `${template.name} ${template.body}`.toLowerCase();
  return (
    text.includes(search.toLowerCase()) &&
    (!industry || template.industry.includes(industry)) &&
    EQUAL.every(field => !query[field] || query[field] === template[field])
  );
}

function buttonsOf({ buttons = [] }: LibraryTemplate, given: any) {
  if (!buttons.length) return [];
  const inputs: any[] =
    typeof given === 'string' ? JSON.parse(given) : (given ?? []);
  return buttons.map((button, index) => {
    const { base_url, url_suffix_example } = inputs[index]?.url ?? {};
    if (!base_url)
      throw missing(`library_template_button_inputs[${index}].url.base_url`);
    const end = url_suffix_example ? '{{1}}' : '';
    return { ...button, url: `${base_url}${end}` };
  });
}

/** A template of the account that has the text of the library. */
export function fromLibrary(given: any): Omit<StoredTemplate, 'id'> {
  const { name, language, library_template_name: wanted } = given;
  if (given.components)
    throw badParameter('A template of the library has no components');
  const found = LIBRARY.find(
    one => one.name === wanted && one.language === language,
  );
  if (!found)
    throw badParameter(`There is no ${wanted} in ${language} in the library`);
  const buttons = buttonsOf(found, given.library_template_button_inputs);
  const components: TemplateComponent[] = [
    { type: 'BODY', text: found.body },
    ...(buttons.length ? [{ type: 'BUTTONS', buttons }] : []),
  ];
  return {
    name,
    language,
    category: found.category,
    status: 'APPROVED',
    parameter_format: 'POSITIONAL',
    components,
  };
}

const WINDOWS = [7, 30, 60, 90];
const A_DAY = 24 * 60 * 60;

export function addLibrary({ base }: Cloud) {
  const { app } = base;

  app.get(
    '/:version/message_template_library',
    base.handle(async request => {
      const query = request.query as Record<string, string>;
      return page(
        request,
        LIBRARY.filter(template => matches(template, query)),
      );
    }),
  );

  const find = (id: string) => {
    const found = base.store.templates.find(template => template.id === id);
    if (!found) throw badParameter(`There is no template ${id}`);
    return found;
  };

  app.get(
    '/:version/:id/compare',
    base.handle(async request => {
      const { template_ids, start, end } = request.query as any;
      const [other, another] = JSON.parse(template_ids ?? '[]');
      if (!other || another)
        throw badParameter('template_ids must have one template');
      const ids = [find(idOf(request)).id, find(String(other)).id];
      if (!WINDOWS.some(days => Number(end) - Number(start) === days * A_DAY))
        throw badParameter('start and end must be 7, 30, 60 or 90 days apart');
      const values = (value: unknown) => ids.map(key => ({ key, value }));
      return {
        data: [
          { metric: 'BLOCK_RATE', order_by_relative_metric: ids },
          { metric: 'MESSAGE_SENDS', number_values: values(1000) },
          { metric: 'TOP_BLOCK_REASON', string_values: values('SPAM') },
        ],
      };
    }),
  );

  app.post(
    '/:version/:id/unpause',
    base.handle(async request => {
      const template = find(idOf(request));
      const isPaused = template.status === 'PAUSED';
      if (isPaused) template.status = 'APPROVED';
      return isPaused
        ? { success: true }
        : { success: false, reason: 'The template is not paused' };
    }),
  );
}
