import _ from 'lodash';
import { Checks, emptyValue, invalidMessage } from '../errors/error';
import { isPlain, pathText } from '../state';
import type { Warn } from '../log';

interface Hole {
  pattern: RegExp;
  what: string;
  fix: string;
}

const NO_VALUE = 'A ${…} in the job has no value: check its path and the data.';
const LITERAL =
  'It would be sent literally. Use backticks and ${…}: `Hello ${$.data.name}`.';

const SOURCE =
  'The text contains the source of a function instead of its value: call the function, or pass it without the surrounding text.';
/** An arrow in ordinary text is allowed, unless code follows it. */
const ARROW_FUNCTIONS = [
  /((?<![\w$'’])(state|s|\$)|\(\s*(state|s|\$)?\s*\))\s*=>\s*[`'"{([]/, // () => { … }
  /(?<![\w$])([a-z_$][\w$]*)\)?\s*=>\s*\1(?=$|[\s,;)`])/, // s => s
  /(?<![\w$])([A-Za-z_$][\w$]*)\s*\}?\s*\)?\s*=>[^]{0,200}?(?<![\w$])\1(\?\.|\.|\[)[\w$'"]/, // p => p.name
];

/** Traces of a missing value in a text. */
const HOLES: Hole[] = [
  { pattern: /undefined/, what: 'undefined', fix: NO_VALUE },
  { pattern: /NaN(?!\d)/, what: 'NaN', fix: NO_VALUE },
  {
    pattern: /#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)/,
    what: '#N/A',
    fix: 'A spreadsheet cell contains an error instead of a value: correct it in the spreadsheet.',
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
    fix: `${LITERAL} Variables in braces work only in templates.`,
  },
];

const MAY_HAVE_HOLE =
  /undefined|NaN|#[NRVDSC]|\[object |Invalid Date|\$\.|\.data|\$\{|\{\{|=>|function/;
const NULL = /\bnull\b/;
/** Either of both. */
const MAY_BE_WRONG = new RegExp(`${MAY_HAVE_HOLE.source}|${NULL.source}`);
/** Fields that users never see and that may contain braces. */
const NOT_READ = ['flow_token', 'flow_action_payload', 'token'];

type Path = (string | number)[];

const OPTION = 'If the text is correct, set the option checkText: false.';

function checkText(text: string, path: Path, warn: Warn) {
  if (NULL.test(text)) warn(`\`${pathText(path)}\` contains the word "null".`);
  if (!MAY_HAVE_HOLE.test(text)) return;
  const hole = HOLES.find(({ pattern }) => pattern.test(text));
  if (!hole) return;
  const field = pathText(path);
  throw invalidMessage(
    `\`${field}\` contains "${hole.what}".`,
    path[0] === 'reference' || path[0] === 'replyTo'
      ? hole.fix
      : `${hole.fix} ${OPTION}`,
    { field },
  );
}

/** Refuses NaN and Infinity, which would be sent as text. */
function checkNumber(value: number, path: Path) {
  if (Number.isFinite(value)) return;
  const field = pathText(path) || 'message';
  throw invalidMessage(
    `\`${field}\` is ${value}.`,
    'A number in the job has no value: check its path and the data.',
    { field },
  );
}

/** The data of a flow is not checked: it may contain expressions. */
const isRead = (key: string, path: Path) =>
  !NOT_READ.includes(key) && !(key === 'data' && path.at(-1) === 'flow');

/** Whether any value may be wrong, without noting where it is: most messages are fine. */
function isSuspicious(
  value: unknown,
  isWrong: (value: unknown) => boolean,
): boolean {
  if (isWrong(value)) return true;
  if (Array.isArray(value))
    return value.some(item => isSuspicious(item, isWrong));
  if (!isPlain(value)) return false;
  for (const key in value) if (isSuspicious(value[key], isWrong)) return true;
  return false;
}

/** Calls `visit` with each value of a message, and reports all of its errors. */
function checkEach(
  value: unknown,
  path: Path,
  visit: (value: unknown, path: Path) => void,
  isRead: (key: string, path: Path) => boolean = () => true,
) {
  const checks = new Checks();
  const walk = (current: unknown, at: Path) => {
    checks.attempt(() => visit(current, at));
    if (Array.isArray(current))
      current.forEach((item, index) => walk(item, [...at, index]));
    else if (isPlain(current))
      _.forOwn(current, (item, key) => {
        if (isRead(key, at)) walk(item, [...at, key]);
      });
  };
  walk(value, path);
  checks.throwAll();
}

const mayBeHole = (value: unknown) =>
  typeof value === 'string'
    ? MAY_BE_WRONG.test(value)
    : typeof value === 'number' && !Number.isFinite(value);

/** Refuses text with a missing value, such as "Hello undefined". */
export function checkTexts(value: unknown, path: Path, warn: Warn): void {
  if (!isSuspicious(value, mayBeHole)) return;
  checkEach(
    value,
    path,
    (part, at) => {
      if (typeof part === 'string') checkText(part, at, warn);
      if (typeof part === 'number') checkNumber(part, at);
    },
    isRead,
  );
}

/** Refuses keys and items without a value, at any depth: they would be dropped silently. */
export function checkWritten(value: unknown): void {
  if (!isSuspicious(value, part => part === undefined)) return;
  checkEach(value, [], (part, at) => {
    if (part === undefined && at.length)
      throw emptyValue(invalidMessage, pathText(at), undefined);
  });
}
