/** TRIM and its one-sided and new forms: they strip any of a set of characters from the ends. */

import type { LogicalType } from '../../types/logical-type.ts';
import { STRING, varcharType } from '../../types/make-type.ts';
import type { CallSite, Evaluator, FunctionDefinition, Refusal, ResolvedCall } from './define-function.ts';
import { defineFunction, refuse } from './define-function.ts';
import { hasSurrogate } from './support/code-points.ts';
import { textOf } from './support/read-value.ts';
import { belongsTo, simpleFunction } from './support/signature.ts';

/** UTF-16 length of the code point that ends before `index`. */
function widthBefore(text: string, index: number): number {
  if (index < 2) return 1;
  const low = text.charCodeAt(index - 1);
  const high = text.charCodeAt(index - 2);
  return low >= 0xdc00 && low < 0xe000 && high >= 0xd800 && high < 0xdc00 ? 2 : 1;
}

function trimPoints(text: string, characters: string, leading: boolean, trailing: boolean): string {
  const set = new Set(characters);
  let start = 0;
  let end = text.length;
  while (leading && start < end) {
    const point = String.fromCodePoint(text.codePointAt(start) ?? 0);
    if (!set.has(point)) break;
    start += point.length;
  }
  while (trailing && end > start) {
    const width = widthBefore(text, end);
    if (!set.has(text.slice(end - width, end))) break;
    end -= width;
  }
  return text.slice(start, end);
}

/** Strips characters of the set from the ends; an empty set strips nothing. */
export function trimText(text: string, characters: string, leading: boolean, trailing: boolean): string {
  if (hasSurrogate(characters)) return trimPoints(text, characters, leading, trailing);
  let start = 0;
  let end = text.length;
  if (leading) while (start < end && characters.includes(text[start])) start++;
  if (trailing) while (end > start && characters.includes(text[end - 1])) end--;
  return text.slice(start, end);
}

function varcharOf(type: LogicalType): LogicalType {
  return type.kind === 'CHAR' || type.kind === 'VARCHAR' ? varcharType(type.length) : STRING;
}

const trim = defineFunction({
  name: 'TRIM',
  family: 'string',
  nulls: 'receive',
  help: {
    signatures: ['TRIM(string)', 'TRIM([BOTH | LEADING | TRAILING] characters FROM string)'],
    summary: {
      en: 'The string without the given characters at its ends; without blanks when none are given.',
      zh: '去除字符串两端的指定字符；未指定时去除空格。',
    },
  },
  resolve(call): ResolvedCall | Refusal {
    const [side, characters, source] = call.arguments;
    const allowed = side?.symbol === 'BOTH' || side?.symbol === 'LEADING' || side?.symbol === 'TRAILING';
    if (!allowed || source === undefined) return refuse('TRIM is called as TRIM([BOTH | LEADING | TRAILING] characters FROM string)');
    if (!belongsTo(characters.type, 'character') || !belongsTo(source.type, 'character')) {
      return refuse(`TRIM takes character strings, not ${characters.type.kind} FROM ${source.type.kind}`);
    }
    const leading = side.symbol !== 'TRAILING';
    const trailing = side.symbol !== 'LEADING';
    const evaluator: Evaluator = (_side, set, text) =>
      set === null || text === null ? null : trimText(textOf(text), textOf(set), leading, trailing);
    return {
      type: { ...varcharOf(source.type), nullable: characters.type.nullable || source.type.nullable },
      create: () => evaluator,
    };
  },
});

function oneSided(name: string, leading: boolean, en: string, zh: string): FunctionDefinition {
  return simpleFunction({
    name,
    family: 'string',
    forms: [['character'], ['character', 'character']],
    type: (call: CallSite) => varcharOf(call.arguments[0].type),
    help: { signatures: [`${name}(string[, characters])`], summary: { en, zh } },
    spark: name,
    create: () => (text, characters) => trimText(textOf(text), characters === undefined ? ' ' : textOf(characters), leading, !leading),
  });
}

const btrim = simpleFunction({
  name: 'BTRIM',
  family: 'string',
  bareNulls: true,
  forms: [['character'], ['character', 'character']],
  type: STRING,
  help: {
    signatures: ['BTRIM(string[, characters])'],
    summary: {
      en: 'The string without the given characters (blanks when left out) at both ends.',
      zh: '去除字符串两端的指定字符（省略时为空格）。',
    },
  },
  create: () => (text, characters) => trimText(textOf(text), characters === undefined ? ' ' : textOf(characters), true, true),
});

export const stringTrimFunctions: readonly FunctionDefinition[] = [
  trim,
  oneSided(
    'LTRIM',
    true,
    'The string without the given characters (blanks when left out) at its start.',
    '去除字符串开头的指定字符（省略时为空格）。',
  ),
  oneSided(
    'RTRIM',
    false,
    'The string without the given characters (blanks when left out) at its end.',
    '去除字符串末尾的指定字符（省略时为空格）。',
  ),
  btrim,
];
