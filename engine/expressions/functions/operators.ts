/** LIKE and ||: operators that are typed and evaluated like functions. */

import type { LogicalType } from '../../types/logical-type.ts';
import { LENGTH_MAX } from '../../types/logical-type.ts';
import { isBinary, isCharacter } from '../../types/make-type.ts';
import { printBare } from '../../types/print-type.ts';
import { EvaluationError } from '../evaluation-error.ts';
import type { Value } from '../value.ts';
import type { CallSite } from './define-function.ts';
import { anyNullable, defineFunction, refuse } from './define-function.ts';

export const concatenate = defineFunction({
  name: '||',
  family: 'string',
  nulls: 'propagate',
  help: {
    signatures: ['string1 || string2'],
    summary: { en: 'Two strings, or two byte strings, joined.', zh: '连接两个字符串或两个字节串。' },
  },
  resolve(call) {
    const [left, right] = call.arguments.map((argument) => argument.type);
    if (isCharacter(left) && isCharacter(right))
      return { type: joinedType(call, 'CHAR', 'VARCHAR'), create: () => (a, b) => String(a) + String(b) };
    if (isBinary(left) && isBinary(right)) return { type: joinedType(call, 'BINARY', 'VARBINARY'), create: () => joinBytes };
    return refuse(`|| joins text with text, not ${printBare(left)} with ${printBare(right)}; CAST to STRING first`);
  },
});

function joinedType(call: CallSite, fixed: 'CHAR' | 'BINARY', varying: 'VARCHAR' | 'VARBINARY'): LogicalType {
  const [left, right] = call.arguments.map((argument) => argument.type);
  const total = ('length' in left ? left.length : 0) + ('length' in right ? right.length : 0);
  const kind = left.kind === fixed && right.kind === fixed ? fixed : varying;
  return { kind, length: Math.min(total, LENGTH_MAX), nullable: anyNullable(call) };
}

function joinBytes(left: Value, right: Value): Value {
  if (!(left instanceof Uint8Array) || !(right instanceof Uint8Array)) return null;
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
}

export const like = defineFunction({
  name: 'LIKE',
  family: 'string',
  nulls: 'propagate',
  help: {
    signatures: ["string LIKE pattern [ESCAPE 'c']"],
    summary: {
      en: 'True when the text fits the pattern: % stands for any text, _ for one character.',
      zh: '文本是否符合模式：% 代表任意文本，_ 代表一个字符。',
    },
  },
  resolve(call) {
    const unfit = call.arguments.find((argument) => !isCharacter(argument.type));
    if (unfit !== undefined) return refuse(`LIKE compares text with text, not with ${printBare(unfit.type)}`);
    const pattern = call.arguments[1].literal;
    const escapeBy = call.arguments.length > 2 ? call.arguments[2].literal : null;
    if (typeof pattern === 'string' && (escapeBy === null || typeof escapeBy === 'string')) {
      const problem = likeProblem(pattern, escapeBy);
      // With `_` in the pattern an escape character at its very end fails only when a row gets there.
      if (problem !== null && !(problem.atEnd && pattern.includes('_'))) return refuse(problem.text);
    }
    return { type: { kind: 'BOOLEAN', nullable: anyNullable(call) }, create: () => createLike() };
  },
});

/** Remembers the last pattern, which is nearly always the only one. */
function createLike(): (text: Value, pattern: Value, escapeBy?: Value) => Value {
  let known: string | null = null;
  let knownEscape: Value = null;
  let expression = /^$/;
  return (text, pattern, escapeBy = null) => {
    if (pattern !== known || escapeBy !== knownEscape) {
      const problem = likeProblem(String(pattern), escapeBy === null ? null : String(escapeBy));
      if (problem !== null) throw new EvaluationError('MR3003', problem.text);
      expression = likeExpression(String(pattern), escapeBy === null ? null : String(escapeBy));
      known = String(pattern);
      knownEscape = escapeBy;
    }
    return expression.test(String(text));
  };
}

/** What is wrong with a pattern, or null. */
export function likeProblem(pattern: string, escapeBy: string | null): { readonly text: string; readonly atEnd: boolean } | null {
  if (escapeBy === null || escapeBy === '') return null;
  if (escapeBy.length !== 1 || escapeBy === '\0') return { text: `'${escapeBy}' is not a single character, as ESCAPE needs`, atEnd: false };
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i] !== escapeBy) continue;
    const next = pattern[i + 1];
    if (next !== '%' && next !== '_' && next !== escapeBy) {
      return {
        text: `in the pattern '${pattern}' the escape character stands before something other than %, _ or itself`,
        atEnd: next === undefined,
      };
    }
    i++;
  }
  return null;
}

export function likeExpression(pattern: string, escapeBy: string | null): RegExp {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    let character = pattern[i];
    if (character === escapeBy) {
      character = pattern[++i];
      source += quote(character);
    } else if (character === '%') source += '[^]*';
    // Java's dot does not match the end of a line.
    else if (character === '_') source += '[^\\n\\r\\u0085\\u2028\\u2029]';
    else source += quote(character);
  }
  return new RegExp(`^${source}$`, 'u');
}

/** Membership in two or more constants of FLOAT or DOUBLE: Flink looks them up by bits, so -0.0 is not 0.0. */
export const member = defineFunction({
  name: 'IN',
  family: 'math',
  nulls: 'propagate',
  help: {
    signatures: ['value IN (constant, …)'],
    summary: { en: 'True when the value is one of the constants.', zh: '值是否为所列常量之一。' },
  },
  resolve(call) {
    const constants = new Set(call.arguments.slice(1).map((argument) => keyOf(argument.literal ?? null)));
    return { type: { kind: 'BOOLEAN', nullable: anyNullable(call) }, create: () => (value) => constants.has(keyOf(value)) };
  },
});

function keyOf(value: Value): Value {
  return Object.is(value, -0) ? 'negative zero' : value;
}

function quote(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
