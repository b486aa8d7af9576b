import _ from 'lodash';
import { invalidMessage } from '../errors';
import { isPlain, pathText } from '../state';
import type { Warn } from './checks';

interface Hole {
  pattern: RegExp;
  what: string;
  fix: string;
}

const NO_VALUE =
  'A ${…} in the job found no value: check its path, and the data.';
const LITERAL =
  'It would be sent as it is written. Use backticks and ${…}: `Hello ${$.data.name}`.';

/** What a text has in it when a value was not there. */
const HOLES: Hole[] = [
  { pattern: /\bundefined\b/, what: 'undefined', fix: NO_VALUE },
  { pattern: /\bNaN\b/, what: 'NaN', fix: NO_VALUE },
  {
    pattern: /\[object \w+\]/,
    what: '[object Object]',
    fix: 'A ${…} in the job is an object or a list: take a value out of it, such as $.data.name.first.',
  },
  { pattern: /\bInvalid Date\b/, what: 'Invalid Date', fix: NO_VALUE },
  { pattern: /\$\.data\b/, what: '$.data', fix: LITERAL },
  { pattern: /\bstate\.data\b/, what: 'state.data', fix: LITERAL },
  { pattern: /\$\{/, what: '${', fix: LITERAL },
  {
    pattern: /\{\{[^{}]*\}\}/,
    what: '{{…}}',
    fix: `${LITERAL} Variables in braces are filled in templates only.`,
  },
];

const MAY_HAVE_HOLE = /undefined|NaN|\[object |Invalid Date|\.data|\$\{|\{\{/;
const NULL = /\bnull\b/;
/** What people never read, and what may hold braces of its own. */
const NOT_READ = ['flow_token', 'flow_action_payload', 'token'];

type Path = (string | number)[];

function checkText(text: string, path: Path, warn: Warn) {
  if (!MAY_HAVE_HOLE.test(text)) {
    if (NULL.test(text)) warn(`\`${pathText(path)}\` has the word "null".`);
    return;
  }
  const hole = HOLES.find(({ pattern }) => pattern.test(text));
  if (!hole) return;
  const field = pathText(path);
  throw invalidMessage(
    `\`${field}\` holds "${hole.what}".`,
    `${hole.fix} If the text is right, set the option checkText: false.`,
    { field },
  );
}

/** Flows get data of their own, which may hold expressions. */
const isNotRead = (key: string, path: Path) =>
  NOT_READ.includes(key) || (key === 'data' && path.at(-1) === 'flow');

/** Refuses texts in which a value is missing: a patient must not read "Hello undefined". */
export function checkTexts(value: unknown, path: Path, warn: Warn): void {
  if (typeof value === 'string') checkText(value, path, warn);
  else if (Array.isArray(value))
    value.forEach((item, index) => checkTexts(item, [...path, index], warn));
  else if (isPlain(value))
    _.forOwn(value, (item, key) => {
      if (!isNotRead(key, path)) checkTexts(item, [...path, key], warn);
    });
}
