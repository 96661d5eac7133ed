/** Functions that look for a string inside another, and those that replace what they find. */
import { BOOLEAN, INT, STRING } from '../../types/make-type.ts';
import { EvaluationError } from '../evaluation-error.ts';
import type { Value } from '../value.ts';
import type { FunctionDefinition } from './define-function.ts';
import { reverseText } from './string-case.ts';
import { codePointLength, hasSurrogate, replaceLoneSurrogates, unitIndexOf } from './support/code-points.ts';
import { bytesOf, integerOf, textOf } from './support/read-value.ts';
import { simpleFunction } from './support/signature.ts';

/** Where `sought` stands in `text`, in characters from 1; 0 when it does not, 1 for an empty `sought`. */
export function positionOf(sought: string, text: string, from: number): number {
  if (sought === '') return 1;
  if (!hasSurrogate(text)) return text.indexOf(sought, from - 1) + 1;
  const found = text.indexOf(sought, unitIndexOf(text, from - 1));
  return found < 0 ? 0 : codePointLength(text.slice(0, found)) + 1;
}

function locate(sought: Value, text: Value, from: Value | undefined): number {
  return positionOf(textOf(sought), textOf(text), from === undefined ? 1 : integerOf(from));
}

const position = simpleFunction({
  name: 'POSITION',
  family: 'string',
  forms: [
    ['character', 'character'],
    ['character', 'character', 'integer'],
  ],
  type: INT,
  help: {
    signatures: ['POSITION(sought IN string [FROM start])'],
    summary: {
      en: 'Where a string first stands inside another, from 1; 0 when it does not.',
      zh: '子串首次出现的位置（从 1 开始）；未出现时为 0。',
    },
  },
  create: () => (sought, text, from) => locate(sought, text, from),
});

const locateFunction = simpleFunction({
  name: 'LOCATE',
  family: 'string',
  forms: [
    ['character', 'character'],
    ['character', 'character', 'integer'],
  ],
  type: INT,
  help: {
    signatures: ['LOCATE(sought, string[, start])'],
    summary: {
      en: 'Where a string first stands inside another at or after start, from 1; 0 when it does not.',
      zh: '从 start 起子串首次出现的位置（从 1 开始）；未出现时为 0。',
    },
  },
  create: () => (sought, text, from) => locate(sought, text, from),
});

/** The occurrence-th place at or after `start`; a negative start counts and searches from the end. */
export function occurrenceOf(text: string, sought: string, start: number, occurrence: number): number {
  if (start === 0) return 0;
  if (start < 0) {
    const found = occurrenceOf(reverseText(text), reverseText(sought), -start, occurrence);
    return found === 0 ? 0 : codePointLength(text) + 2 - found - codePointLength(sought);
  }
  let place = start - 1;
  for (let count = 0; count < occurrence; count++) {
    place = positionOf(sought, text, place + 1);
    if (place === 0) return 0;
  }
  return place;
}

const instr = simpleFunction({
  name: 'INSTR',
  family: 'string',
  forms: [
    ['character', 'character'],
    ['character', 'character', 'integer'],
    ['character', 'character', 'integer', 'integer'],
  ],
  type: INT,
  help: {
    signatures: ['INSTR(string, sought[, start[, occurrence]])'],
    summary: {
      en: 'Where a string stands inside another, from 1; 0 when it does not. A negative start searches from the end.',
      zh: '子串出现的位置（从 1 开始）；未出现时为 0。start 为负时从末尾开始查找。',
    },
  },
  create: () => (text, sought, start, occurrence) => {
    if (start === undefined) return locate(sought, text, undefined);
    const count = occurrence === undefined ? 1 : integerOf(occurrence);
    if (count <= 0) throw new EvaluationError('MR3003', `INSTR takes a positive occurrence, not ${count}`);
    return occurrenceOf(textOf(text), textOf(sought), integerOf(start), count);
  },
});

function bytesMatchAt(bytes: Uint8Array, part: Uint8Array, offset: number): boolean {
  if (offset < 0 || offset + part.length > bytes.length) return false;
  for (let index = 0; index < part.length; index++) if (bytes[offset + index] !== part[index]) return false;
  return true;
}

const startsWith = simpleFunction({
  name: 'STARTSWITH',
  family: 'string',
  bareNulls: true,
  forms: [
    ['character', 'character'],
    ['binary', 'binary'],
  ],
  type: BOOLEAN,
  help: {
    signatures: ['STARTSWITH(value, start)'],
    summary: { en: 'True when the string or the bytes begin with start.', zh: '字符串或字节串是否以 start 开头。' },
  },
  create: () => (value, start) =>
    typeof value === 'string' ? value.startsWith(textOf(start)) : bytesMatchAt(bytesOf(value), bytesOf(start), 0),
});

const endsWith = simpleFunction({
  name: 'ENDSWITH',
  family: 'string',
  bareNulls: true,
  forms: [
    ['character', 'character'],
    ['binary', 'binary'],
  ],
  type: BOOLEAN,
  help: {
    signatures: ['ENDSWITH(value, end)'],
    summary: { en: 'True when the string or the bytes end with end.', zh: '字符串或字节串是否以 end 结尾。' },
  },
  create: () => (value, end) => {
    if (typeof value === 'string') return value.endsWith(textOf(end));
    const bytes = bytesOf(value);
    const part = bytesOf(end);
    return bytesMatchAt(bytes, part, bytes.length - part.length);
  },
});

/** An empty `sought` puts the replacement around every UTF-16 unit, as Java does. */
export function replaceText(text: string, sought: string, replacement: string): string {
  if (sought !== '') return text.includes(sought) ? text.split(sought).join(replacement) : text;
  let result = replacement;
  for (let index = 0; index < text.length; index++) result += text[index] + replacement;
  return replaceLoneSurrogates(result);
}

const replace = simpleFunction({
  name: 'REPLACE',
  family: 'string',
  forms: [['character', 'character', 'character']],
  type: STRING,
  help: {
    signatures: ['REPLACE(string, sought, replacement)'],
    summary: { en: 'The string with every occurrence of a string replaced.', zh: '将字符串中所有出现的子串替换。' },
  },
  create: () => (text, sought, replacement) => replaceText(textOf(text), textOf(sought), textOf(replacement)),
});

function translationTable(from: string, to: string): ReadonlyMap<string, string> {
  const targets = Array.from(to);
  const table = new Map<string, string>();
  for (const [index, character] of Array.from(from).entries()) {
    if (!table.has(character)) table.set(character, targets[index] ?? '');
  }
  return table;
}

export function translateText(text: string, table: ReadonlyMap<string, string>): string {
  let result = '';
  for (const character of text) result += table.get(character) ?? character;
  return result;
}

const translate = simpleFunction({
  name: 'TRANSLATE',
  aliases: ['TRANSLATE3'],
  family: 'string',
  bareNulls: true,
  nulls: 'receive',
  forms: [['character', 'character', 'character']],
  type: STRING,
  nullable: (call) => call.arguments[0].type.nullable,
  help: {
    signatures: ['TRANSLATE(string, from, to)'],
    summary: {
      en: 'The string with every character of from replaced by the one at the same place in to, or dropped when to is shorter.',
      zh: '将 from 中的每个字符替换为 to 中同一位置的字符；to 较短时删除该字符。',
    },
  },
  create: (_runtime, call) => {
    const [, from, to] = call.arguments;
    const constant =
      typeof from.literal === 'string' && typeof to.literal === 'string' ? translationTable(from.literal, to.literal) : undefined;
    return (text, fromValue, toValue) => {
      if (text === null || fromValue === null) return text;
      return translateText(textOf(text), constant ?? translationTable(textOf(fromValue), toValue === null ? '' : textOf(toValue)));
    };
  },
});

export const stringSearchFunctions: readonly FunctionDefinition[] = [
  position,
  locateFunction,
  instr,
  startsWith,
  endsWith,
  replace,
  translate,
];
