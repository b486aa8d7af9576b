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

/** The files and flows that the jobs name. */
export function addFiles(
  sandbox: Pick<Sandbox, 'addFile'> & Partial<Pick<Sandbox, 'flows'>>,
) {
  sandbox.flows?.push(
    flow('3330000000000001', 'DRAFT'),
    flow('3330000000000002', 'PUBLISHED'),
  );
  for (const id of ['9000000000000001', '1234567890123456'])
    sandbox.addFile(id, 'text/plain', Buffer.from('Habari'));
  sandbox.addFile('9000000000000002', 'image/png', Buffer.from('a photo'));
}
