import _ from 'lodash';
import { invalidMessage } from '../errors/error';
import type { Warn } from '../log';
import { isFilled } from '../validation';
import {
  allowOnly,
  optionalText,
  requireArray,
  requireObject,
  requireText,
  requireUnique,
  type TextRule,
} from './checks';
import type { Fields } from './content';
import { interactiveKind, titled } from './interactive';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-list-messages

const LIMITS = {
  body: 4096,
  button: 20,
  rows: 10,
  sections: 10,
  sectionTitle: 24,
  rowId: 200,
  rowTitle: 24,
  rowDescription: 72,
};

function listRow(value: unknown, field: string, warn: Warn) {
  const row = titled(value, field, ['description']);
  const rule = (key: string, limit: number): TextRule => ({
    field: `${field}.${key}`,
    limit,
    warn,
  });
  const description = optionalText(
    row.description,
    rule('description', LIMITS.rowDescription),
  );
  return {
    id: requireText(row.id, rule('id', LIMITS.rowId)),
    title: requireText(row.title, rule('title', LIMITS.rowTitle)),
    ...(description ? { description } : {}),
  };
}

function listSections(list: Fields, warn: Warn) {
  const rowsOf = (value: unknown, field: string) =>
    requireArray(value, field, { max: LIMITS.rows }).map((row, index) =>
      listRow(row, `${field}[${index}]`, warn),
    );
  if (!isFilled(list.sections))
    return [{ rows: rowsOf(list.rows, 'list.rows') }];

  const sections = requireArray(list.sections, 'list.sections', {
    max: LIMITS.sections,
  });
  return sections.map((value, index) => {
    const field = `list.sections[${index}]`;
    const section = requireObject(value, field);
    allowOnly(section, ['title', 'rows'], field);
    const rule = {
      field: `${field}.title`,
      limit: LIMITS.sectionTitle,
      warn,
    };
    const title =
      sections.length > 1
        ? requireText(section.title, rule)
        : optionalText(section.title, rule);
    return {
      ...(title ? { title } : {}),
      rows: rowsOf(section.rows, `${field}.rows`),
    };
  });
}

function listAction(value: unknown, warn: Warn) {
  const list = requireObject(
    value,
    'list',
    "list: { button: 'Choose', rows: ['A', 'B'] }",
  );
  allowOnly(list, ['button', 'rows', 'sections'], 'list');
  const button = requireText(list.button, {
    field: 'list.button',
    limit: LIMITS.button,
    warn,
  });
  const sections = listSections(list, warn);
  const rows = _.flatMap(sections, 'rows');
  if (rows.length > LIMITS.rows)
    throw invalidMessage(
      `\`list\` has ${rows.length} rows across all sections; the limit is ${LIMITS.rows}.`,
      'Remove rows, or ask in two steps.',
      { field: 'list' },
    );
  requireUnique(_.map(rows, 'id'), 'list row IDs');
  return { button, sections };
}

export const list = interactiveKind({
  name: 'list',
  type: 'list',
  header: 'text',
  bodyLimit: LIMITS.body,
  action: listAction,
});
