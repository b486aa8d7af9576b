import { idOf, type Request } from './base';
import type { Happening } from './types';
import { readControl } from './controls';
import { readChanges, readDefinition } from './definitions';
import { badDefinition, badParameter } from './graph-error';
import { page, select, type Cloud } from './graph';
import { fromLibrary } from './template-library';
import type { StoredTemplate } from './templates';

// The templates of an account: their definitions and their reviews.

const USUAL = [
  'name',
  'parameter_format',
  'components',
  'language',
  'status',
  'category',
  'id',
];
const FIELDS = {
  usual: USUAL,
  known: [
    ...USUAL,
    'quality_score',
    'rejected_reason',
    'previous_category',
    'sub_category',
  ],
};
const EDITABLE = ['APPROVED', 'REJECTED', 'PAUSED'];
const FIRST_ID = 1_700_000_000_000_000;
const REVIEW_SECONDS = 2;

const detailsOf = (template: StoredTemplate) => ({
  quality_score: { score: 'UNKNOWN' },
  rejected_reason: 'NONE',
  ...template,
});

function matches(template: StoredTemplate, query: Record<string, string>) {
  const { name, name_or_content, content } = query;
  const text = template.components.map(one => one.text ?? '').join(' ');
  const equal = ['language', 'status', 'category'] as const;
  return (
    (!name || template.name.includes(name)) &&
    (!content || text.includes(content)) &&
    (!name_or_content ||
      `${template.name} ${text}`.includes(name_or_content)) &&
    equal.every(field => !query[field] || query[field] === template[field])
  );
}

/** What a webhook tells when a review is over, or something else happens to a template. */
const statusUpdate = (
  { id, name, language, category }: StoredTemplate,
  event: string,
  reason: string,
): Happening => ({
  field: 'message_template_status_update',
  value: {
    event,
    message_template_id: Number(id),
    message_template_name: name,
    message_template_language: language,
    message_template_category: category,
    reason,
  },
});

export interface Review {
  name: string;
  language?: string;
  event: string;
  reason?: string;
}

export function addTemplates(cloud: Cloud) {
  const { base, nodes, ofAccount } = cloud;
  const { app } = base;
  const all = () => base.store.templates;
  const find = (id: string) => all().find(template => template.id === id);
  const isHandle = (given: string) => cloud.state.handles.has(given);
  const { reviewSeconds = REVIEW_SECONDS } = base.options;

  function decide(template: StoredTemplate, event: string, reason = 'NONE') {
    template.status = event === 'REINSTATED' ? 'APPROVED' : event;
    template.rejected_reason = reason;
    base.events.publish('template', template);
    base.tell(statusUpdate(template, event, reason));
  }

  base.decide = decide;

  /** As if somebody at Meta looked at it: nothing is refused unless asked to. */
  function submit(template: StoredTemplate) {
    template.status = 'PENDING';
    const approve = () => {
      const isWaiting =
        all().includes(template) && template.status === 'PENDING';
      if (isWaiting) decide(template, 'APPROVED');
    };
    setTimeout(approve, reviewSeconds * 1000).unref();
  }

  app.get(
    '/:version/:id/message_templates',
    ofAccount(async request => {
      const query = request.query as Record<string, string>;
      const found = all().filter(template => matches(template, query));
      return page(
        request,
        found.map(template => select(request, detailsOf(template), FIELDS)),
      );
    }),
  );

  app.post(
    '/:version/:id/message_templates',
    ofAccount(async request => {
      const given = request.body as Record<string, unknown>;
      const isReady = Boolean(given?.library_template_name);
      const definition = isReady
        ? fromLibrary(given)
        : readDefinition(given, isHandle);
      const { name, language, category } = definition;
      if (all().some(one => one.name === name && one.language === language))
        throw badDefinition(
          2388024,
          'Content in this language already exists',
          `There is already ${language} content for this template. You can create a new template and try again.`,
        );
      const id = String(FIRST_ID + base.store.nextId());
      const template = { id, status: 'PENDING', ...definition };
      all().push(template);
      base.events.publish('template', template);
      if (!isReady) submit(template);
      return { id, status: template.status, category };
    }),
  );

  app.delete(
    '/:version/:id/message_templates',
    ofAccount(async request => {
      const { name, hsm_id: id } = request.query as Record<string, string>;
      if (!name) throw badParameter('The parameter name is required.');
      const isGone = (one: StoredTemplate) =>
        one.name === name && (!id || one.id === id);
      if (!all().some(isGone))
        throw badDefinition(
          2593002,
          'Message template not found',
          `There is no template ${name} in this account.`,
        );
      base.store.templates = all().filter(one => !isGone(one));
      return { success: true };
    }),
  );

  nodes.GET.push((request: Request) => {
    const template = find(idOf(request));
    return template && select(request, detailsOf(template), FIELDS);
  });

  nodes.POST.push((request: Request) => {
    const template = find(idOf(request));
    if (!template) return undefined;
    if (!EDITABLE.includes(template.status))
      throw badDefinition(
        2388039,
        "Message template status can't be changed",
        'This template is in review and cannot be edited now.',
      );
    const format = template.parameter_format;
    Object.assign(template, readChanges(request.body, format, isHandle));
    submit(template);
    return { success: true };
  });

  /** What becomes of a template, at once. */
  function review({ name, language, event, reason }: Review) {
    const template = all().find(
      one => one.name === name && (!language || one.language === language),
    );
    if (!template) throw badParameter(`There is no template ${name}.`);
    decide(template, event, reason);
  }

  app.post('/_sandbox/templates', async ({ body }) => {
    review(
      readControl(
        body,
        ['name', 'language', 'event', 'reason'],
        'A review',
      ) as Review,
    );
    return { success: true };
  });

  return {
    review,
    get templates() {
      return all();
    },
  };
}
