/** Functions that cut a string: by position, by length, by separator. */

import type { LogicalType } from '../../types/logical-type.ts';
import { LENGTH_MAX } from '../../types/logical-type.ts';
import { STRING, varcharType } from '../../types/make-type.ts';
import type { CallSite, Evaluator, FunctionDefinition } from './define-function.ts';
import { codePointLength, replaceLoneSurrogates, sliceCodePoints } from './support/code-points.ts';
import { integerOf, textOf } from './support/read-value.ts';
import { belongsTo, simpleFunction } from './support/signature.ts';

/** VARCHAR with the summed lengths of the arguments, at most STRING's. */
function varcharOfLengths(...types: readonly LogicalType[]): LogicalType {
  let length = 0;
  for (const type of types) length += type.kind === 'CHAR' || type.kind === 'VARCHAR' ? type.length : LENGTH_MAX;
  return varcharType(Math.min(length, LENGTH_MAX));
}

/** SQL's SUBSTRING: positions from 1, negative ones from the end, 0 like 1; NULL for a negative length. */
export function substringOf(text: string, position: number, length: number): string | null {
  if (length < 0) return null;
  const characters = codePointLength(text);
  let start = 0;
  if (position > 0) start = position - 1;
  else if (position < 0) start = characters + position;
  if (start < 0 || start >= characters) return '';
  return sliceCodePoints(text, start, Math.min(characters, start + length));
}

const substring = simpleFunction({
  name: 'SUBSTRING',
  aliases: ['SUBSTR'],
  family: 'string',
  forms: [
    ['character', 'integer'],
    ['character', 'integer', 'integer'],
  ],
  type: (call: CallSite) => varcharOfLengths(call.arguments[0].type),
  nullable: 'always',
  help: {
    signatures: ['SUBSTRING(string FROM start [FOR length])', 'SUBSTR(string, start[, length])'],
    summary: {
      en: 'The part of the string from a position (1 is the first character, -1 the last), at most length characters.',
      zh: '从指定位置（1 为首字符，-1 为末字符）开始、至多 length 个字符的子串。',
    },
  },
  create: () => (text, start, length) => substringOf(textOf(text), integerOf(start), length === undefined ? LENGTH_MAX : integerOf(length)),
});

const left = simpleFunction({
  name: 'LEFT',
  family: 'string',
  forms: [['character', 'integer']],
  type: (call: CallSite) => varcharOfLengths(call.arguments[0].type),
  nullable: 'always',
  help: {
    signatures: ['LEFT(string, length)'],
    summary: { en: 'The first characters of the string.', zh: '字符串最左边的若干字符。' },
  },
  create: () => (text, length) => sliceCodePoints(textOf(text), 0, Math.max(0, integerOf(length))),
});

const right = simpleFunction({
  name: 'RIGHT',
  family: 'string',
  forms: [['character', 'integer']],
  type: (call: CallSite) => varcharOfLengths(call.arguments[0].type),
  nullable: 'always',
  help: {
    signatures: ['RIGHT(string, length)'],
    summary: { en: 'The last characters of the string.', zh: '字符串最右边的若干字符。' },
  },
  create: () => (value, length) => {
    const text = textOf(value);
    const characters = codePointLength(text);
    return sliceCodePoints(text, Math.max(0, characters - Math.max(0, integerOf(length))), characters);
  },
});

/** Positions and lengths of OVERLAY count UTF-16 units in Flink, unlike SUBSTRING's. */
export function overlayText(text: string, replacement: string, start: number, length: number): string {
  if (start <= 0 || start > text.length) return text;
  const rest = length > 0 && start + length <= text.length ? text.slice(start - 1 + length) : '';
  return replaceLoneSurrogates(text.slice(0, start - 1) + replacement + rest);
}

const overlay = simpleFunction({
  name: 'OVERLAY',
  family: 'string',
  forms: [
    ['character', 'character', 'integer'],
    ['character', 'character', 'integer', 'integer'],
  ],
  type: (call: CallSite) => varcharOfLengths(call.arguments[0].type, call.arguments[1].type),
  help: {
    signatures: ['OVERLAY(string PLACING replacement FROM start [FOR length])'],
    summary: {
      en: 'The string with length characters from a position replaced; as many as the replacement has when length is left out.',
      zh: '用 replacement 替换从指定位置开始的 length 个字符；省略 length 时取 replacement 的长度。',
    },
  },
  create: () => (text, replacement, start, length) => {
    const placed = textOf(replacement);
    return overlayText(textOf(text), placed, integerOf(start), length === undefined ? placed.length : integerOf(length));
  },
});

const JAVA_WHITESPACE = /[\t-\r\u001c-\u0020\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]/;

/** The part at `index` between separators; an empty separator means any one whitespace character. */
export function splitAt(text: string, separator: string, index: number): string | null {
  if (text === '' || index < 0) return null;
  if (separator === '') return text.split(JAVA_WHITESPACE)[index] ?? null;
  let start = 0;
  for (let passed = 0; passed < index; passed++) {
    const found = text.indexOf(separator, start);
    if (found < 0) return null;
    start = found + separator.length;
  }
  const end = text.indexOf(separator, start);
  return end < 0 ? text.slice(start) : text.slice(start, end);
}

function splitByCode(): Evaluator {
  return (text, code, index) => {
    const unit = integerOf(code);
    return unit < 1 || unit > 255 ? null : splitAt(textOf(text), String.fromCharCode(unit), integerOf(index));
  };
}

const splitIndex = simpleFunction({
  name: 'SPLIT_INDEX',
  family: 'string',
  forms: [
    ['character', 'character', 'integer'],
    ['character', 'integer', 'integer'],
  ],
  type: STRING,
  nullable: 'always',
  spark: null,
  help: {
    signatures: ['SPLIT_INDEX(string, separator, index)'],
    summary: {
      en: 'The part of the string at an index (from 0) between separators; NULL when there is none. A number as separator is a character code.',
      zh: '按分隔符切分后第 index 段（从 0 开始）；不存在时为 NULL。分隔符为数字时表示字符编码。',
    },
  },
  create: (_runtime, call) =>
    belongsTo(call.arguments[1].type, 'character')
      ? (text, separator, index) => splitAt(textOf(text), textOf(separator), integerOf(index))
      : splitByCode(),
});

export const stringPieceFunctions: readonly FunctionDefinition[] = [substring, left, right, overlay, splitIndex];
