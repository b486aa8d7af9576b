import _ from 'lodash';
import type {
  StoredTemplate,
  TemplateComponent,
} from '../../sandbox/templates';
import type { Sandbox } from '../../sandbox/server';

/** Whatever the examples of the documentation look for: also a webhook. */
export const data = {
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '987654321098765',
      changes: [
        {
          field: 'messages',
          value: {
            messages: [
              {
                id: 'wamid.1',
                from: '254712345678',
                type: 'document',
                document: { id: '9000000000000001' },
              },
            ],
            statuses: [
              { id: 'wamid.2', status: 'failed', errors: [{ code: 131026 }] },
            ],
          },
        },
      ],
    },
  ],
  verifyToken: 'a word',
  phone: '+254712345678',
  text: 'See https://example.org',
  id: 'visit-1',
  name: 'Amina',
  code: '482913',
  messageId: 'wamid.HBgL',
  mediaId: '9000000000000001',
  templateId: '2001',
  groupId: 'Y2FwaV9ncm91cDox',
  picture: Buffer.from([0xff, 0xd8, 0xff, 0xe0]).toString('base64'),
  flowJson: {
    version: '7.3',
    screens: [{ id: 'INTAKE', terminal: true, layout: {} }],
  },
  photo:
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  pdf: Buffer.from('%PDF-1.4\n%%EOF').toString('base64'),
  labUrl: `data:application/pdf;base64,${Buffer.from('%PDF-1.4').toString('base64')}`,
  rows: [
    { id: '1', name: 'Amina', phone: '254712345678.0', visit: '05/06/2026' },
    { id: '2', name: 'Joseph', phone: '', visit: '05/06/2026' },
  ],
  fileUrl: `data:application/pdf;base64,${Buffer.from('%PDF-1.4').toString('base64')}`,
  results: [
    {
      id: 'r1',
      phone: '+254712345678',
      pdf: Buffer.from('%PDF-1.4\n%%EOF').toString('base64'),
    },
    { id: 'r2', phone: '+254712345679', pdf: 'gone' },
  ],
  patients: [
    {
      phone: '+254712345678',
      text: 'One',
      id: 'a',
      name: 'Amina',
      visit: '2026-05-05',
    },
    {
      phone: '+254712345679',
      text: 'Two',
      id: 'b',
      name: 'Joseph',
      visit: '2026-05-06',
    },
  ],
};

const flow = (id: string, status: 'DRAFT' | 'PUBLISHED') => ({
  id,
  status,
  name: 'survey',
  categories: ['SURVEY'],
  text: JSON.stringify(data.flowJson),
});

const body = (text: string) => ({ type: 'BODY', text });
const buttons = (type: string, more = {}) => ({
  type: 'BUTTONS',
  buttons: [{ type, text: 'Open', ...more }],
});
const card = {
  components: [
    { type: 'HEADER', format: 'IMAGE' },
    body('Clinic {{1}} is open.'),
    buttons('URL', { url: 'https://example.org/{{1}}' }),
  ],
};

/** The components of the templates that the jobs name. */
const templates = {
  clinic_cards: [
    body('Our clinics:'),
    { type: 'CAROUSEL', cards: [card, card] },
  ],
  net_offer: [
    { type: 'HEADER', format: 'IMAGE' },
    {
      type: 'LIMITED_TIME_OFFER',
      limited_time_offer: { text: 'Nets', has_expiration: true },
    },
    body('Half the price until Christmas.'),
    buttons('COPY_CODE'),
  ],
  intake_form: [body('{{1}}, please fill in the form.'), buttons('FLOW')],
  net_products: [body('Our nets:'), buttons('MPM')],
  net_catalog: [body('Our catalog:'), buttons('CATALOG')],
  hotline: [body('Questions?'), buttons('VOICE_CALL')],
  group_invitation: [body('Join us: {{1}}')],
  clinic_day: [{ type: 'HEADER', format: 'GIF' }, body('On Saturday.')],
};
const MARKETING = ['clinic_cards', 'net_offer', 'clinic_day'];

const template = (
  components: TemplateComponent[],
  name: string,
): StoredTemplate => ({
  id: `26${name.length}${name.charCodeAt(0)}`,
  name,
  language: 'en',
  status: 'APPROVED',
  category: MARKETING.includes(name) ? 'MARKETING' : 'UTILITY',
  parameter_format: 'POSITIONAL',
  components,
});

/** The files, flows and templates that the jobs name. */
export function addFiles(
  sandbox: Pick<Sandbox, 'addFile'> &
    Partial<Pick<Sandbox, 'flows' | 'templates'>>,
) {
  sandbox.templates?.push(
    ..._.map<Record<string, TemplateComponent[]>, StoredTemplate>(
      templates,
      template,
    ),
  );
  sandbox.flows?.push(
    flow('3330000000000001', 'DRAFT'),
    flow('3330000000000002', 'PUBLISHED'),
  );
  for (const id of ['9000000000000001', '1234567890123456'])
    sandbox.addFile(id, 'text/plain', Buffer.from('Habari'));
}
