import { toJson } from '../util/json';
import _ from 'lodash';
import {
  amended,
  emptyValue,
  invalidRequest,
  WhatsAppError,
} from '../errors/error';
import { isPlain, namesText } from '../state';
import type { FilePart } from '../util/call';
import type { Form } from '../util/multipart';
import { isFilled, kindOf } from '../validation';
import { checkMimeType } from './media-types';
import { sourceOf } from './source';

// A form that the job writes: texts, and files as { content, filename, type }.

const FILE_FIELDS = ['content', 'filename', 'type'];
const EXAMPLE =
  "Example: form: { asset_type: 'FLOW_JSON', file: { content: $.data.json, filename: 'flow.json', type: 'application/json' } }.";
/** Types whose string is the file itself; the string of any other is base64. */
const IS_TEXT =
  /^(text\/|[\w.-]+\/[\w.-]+\+(json|xml|yaml)\b|application\/(json|xml|csv|yaml|x-yaml|sql|javascript|x-javascript|graphql|(x-)?ndjson|jsonl|x-sh)\b)/i;

const isFile = (value: unknown): value is Record<string, unknown> =>
  isPlain(value) && 'content' in value;

/** Errors of a file name the field of the form. */
function ofField(error: unknown, field: string): unknown {
  if (!(error instanceof WhatsAppError)) return error;
  const description = error.description.replace('`file`', `\`${field}\``);
  return amended(error, { description, field });
}

async function filePart(
  given: Record<string, unknown>,
  field: string,
): Promise<FilePart> {
  const { content, filename, type } = given;
  const unknown = _.difference(Object.keys(given), FILE_FIELDS);
  const wrong = ['filename', 'type'].find(
    name => isFilled(given[name]) && typeof given[name] !== 'string',
  );
  if (unknown.length || wrong)
    throw invalidRequest(
      unknown.length
        ? `Unknown field in \`${field}\`: ${namesText(unknown)}.`
        : `\`${field}.${wrong}\` must be a string, got ${kindOf(given[wrong!])}.`,
      `A file has: ${FILE_FIELDS.join(', ')}. ${EXAMPLE}`,
      { field },
    );
  const named = type as string | undefined;
  if (named !== undefined) checkMimeType(named);
  const isText = typeof content === 'string' && IS_TEXT.test(named ?? '');
  const source = await sourceOf(isText ? Buffer.from(content) : content, {});
  return {
    ...source,
    type: named ?? source.type ?? 'application/octet-stream',
    filename: (filename as string | undefined) ?? source.filename ?? 'file',
  };
}

async function partOf(value: unknown, field: string) {
  if (!isFilled(value)) throw emptyValue(invalidRequest, field, value);
  if (isFile(value))
    return filePart(value, field).catch(error => {
      throw ofField(error, `${field}.content`);
    });
  if (typeof value !== 'object') return String(value);
  // Meta reads objects in a form as JSON.
  if (isPlain(value) || _.isArray(value)) return toJson(value);
  throw invalidRequest(
    `\`${field}\` must be a string or a file, got ${kindOf(value)}.`,
    EXAMPLE,
    { field },
  );
}

export const filesOf = (form: Form): FilePart[] =>
  Object.values(form).flatMap(part => (typeof part === 'string' ? [] : [part]));

export const closeFiles = (form: Form) =>
  filesOf(form).forEach(({ close }) => close?.());

/** Reads the option `form`. */
export async function readForm(given: unknown): Promise<Form> {
  if (!isPlain(given) || _.isEmpty(given))
    throw invalidRequest(
      `\`form\` must be an object with the fields of the form, got ${isPlain(given) ? 'an empty one' : kindOf(given)}.`,
      EXAMPLE,
      { field: 'form' },
    );
  const form: Form = {};
  try {
    for (const [name, value] of Object.entries(given))
      form[name] = await partOf(value, `form.${name}`);
    return form;
  } catch (error) {
    closeFiles(form);
    throw error;
  }
}
