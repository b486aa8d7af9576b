import _ from 'lodash';
import { emptyValue, invalidMessage } from '../errors/error';
import { isPlain, pathText } from '../state';
import type { Warn } from '../log';

interface Hole {
  pattern: RegExp;
  what: string;
  fix: string;
}

const NO_VALUE =
  'A ${…} in the job found no value: check its path, and the data.';
const LITERAL =
  'It would be sent as it is written. Use backticks and ${…}: `Hello ${$.data.name}`.';

const SOURCE =
  'A function is written where its value must be: call it, or leave the text that is around it out.';
/** In a text for people an arrow is an arrow, unless it is followed by what a function has. */
const ARROW_FUNCTIONS = [
  /((?<![\w$'’])(state|s|\$)|\(\s*(state|s|\$)?\s*\))\s*=>\s*[`'"{([]/, // () => { … }
  /(?<![\w$])([a-z_$][\w$]*)\)?\s*=>\s*\1(?=$|[\s,;)`])/, // s => s
  /(?<![\w$])([A-Za-z_$][\w$]*)\s*\}?\s*\)?\s*=>[^]{0,200}?(?<![\w$])\1(\?\.|\.|\[)[\w$'"]/, // p => p.name
];

/** What a text has in it when a value was not there. */
const HOLES: Hole[] = [
  { pattern: /undefined/, what: 'undefined', fix: NO_VALUE },
  { pattern: /NaN(?!\d)/, what: 'NaN', fix: NO_VALUE },
  {
    pattern: /#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)/,
    what: '#N/A',
    fix: 'A cell of the spreadsheet holds an error instead of a value: correct it there.',
  },
  {
    pattern: /\[object [A-Z]\w*\]/,
    what: '[object Object]',
    fix: 'A ${…} in the job is an object or a list: take a value out of it, such as $.data.name.first.',
  },
  { pattern: /\bInvalid Date\b(?! of\b)/, what: 'Invalid Date', fix: NO_VALUE },
  { pattern: /(^|\s)\$\.[a-z_]\w*|\$\.data\b/i, what: '$.data', fix: LITERAL },
  { pattern: /(?<![\w./])state\.data\b/, what: 'state.data', fix: LITERAL },
  { pattern: /\$\{/, what: '${', fix: LITERAL },
  ...ARROW_FUNCTIONS.map(pattern => ({ pattern, what: '=>', fix: SOURCE })),
  {
    pattern:
      /\bfunction\b\s*\w*\s*\([^()]*\)\s*\{\s*(return|const|let|var|if|throw|\w+\()/,
    what: 'function',
    fix: SOURCE,
  },
  {
    pattern: /\{\{[^{}]*\}\}/,
    what: '{{…}}',
    fix: `${LITERAL} Variables in braces are filled in templates only.`,
  },
];

const MAY_HAVE_HOLE =
  /undefined|NaN|#[NRVDSC]|\[object |Invalid Date|\$\.|\.data|\$\{|\{\{|=>|function/;
const NULL = /\bnull\b/;
/** What people never read, and what may hold braces of its own. */
const NOT_READ = ['flow_token', 'flow_action_payload', 'token'];

type Path = (string | number)[];

const OPTION = 'If the text is right, set the option checkText: false.';

function checkText(text: string, path: Path, warn: Warn) {
  if (NULL.test(text)) warn(`\`${pathText(path)}\` has the word "null".`);
  if (!MAY_HAVE_HOLE.test(text)) return;
  const hole = HOLES.find(({ pattern }) => pattern.test(text));
  if (!hole) return;
  const field = pathText(path);
  throw invalidMessage(
    `\`${field}\` holds "${hole.what}".`,
    path[0] === 'reference' || path[0] === 'replyTo'
      ? hole.fix
      : `${hole.fix} ${OPTION}`,
    { field },
  );
}

/** A number that is none becomes the text "NaN". */
function checkNumber(value: number, path: Path) {
  if (Number.isFinite(value)) return;
  const field = pathText(path) || 'message';
  throw invalidMessage(
    `\`${field}\` is ${value}.`,
    'A number in the job found no value: check its path, and the data.',
    { field },
  );
}

/** Flows get data of their own, which may hold expressions. */
const isNotRead = (key: string, path: Path) =>
  NOT_READ.includes(key) || (key === 'data' && path.at(-1) === 'flow');

/** Refuses texts in which a value is missing: a patient must not read "Hello undefined". */
export function checkTexts(value: unknown, path: Path, warn: Warn): void {
  if (typeof value === 'string') checkText(value, path, warn);
  else if (typeof value === 'number') checkNumber(value, path);
  else if (Array.isArray(value))
    value.forEach((item, index) => checkTexts(item, [...path, index], warn));
  else if (isPlain(value))
    _.forOwn(value, (item, key) => {
      if (!isNotRead(key, path)) checkTexts(item, [...path, key], warn);
    });
}

/** Refuses keys and items that are written and have no value, at any depth: they would be left out silently. */
export function checkWritten(value: unknown, path: Path = []): void {
  if (value === undefined && path.length)
    throw emptyValue(invalidMessage, pathText(path), undefined);
  if (Array.isArray(value))
    value.forEach((item, index) => checkWritten(item, [...path, index]));
  else if (isPlain(value))
    _.forOwn(value, (item, key) => checkWritten(item, [...path, key]));
}
