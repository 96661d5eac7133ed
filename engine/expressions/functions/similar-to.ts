/** SIMILAR TO: SQL's regular expressions, matched as Flink does, by way of a Java pattern. */
import { isCharacter } from '../../types/make-type.ts';
import { printBare } from '../../types/print-type.ts';
import { EvaluationError } from '../evaluation-error.ts';
import type { Value } from '../value.ts';
import { anyNullable, defineFunction, refuse } from './define-function.ts';
import type { JavaPattern } from './support/java-regex/java-pattern.ts';
import { compilePattern } from './support/java-regex/java-pattern.ts';

const SQL_SPECIALS = '[]()|^-+*_%?{}';
const JAVA_SPECIALS = '[]()|^-+*?{}$\\.';
const CHARACTER_CLASSES: readonly (readonly [string, string])[] = [
  ['[:ALPHA:]', '\\p{Alpha}'],
  ['[:alpha:]', '\\p{Alpha}'],
  ['[:UPPER:]', '\\p{Upper}'],
  ['[:upper:]', '\\p{Upper}'],
  ['[:LOWER:]', '\\p{Lower}'],
  ['[:lower:]', '\\p{Lower}'],
  ['[:DIGIT:]', '\\d'],
  ['[:digit:]', '\\d'],
  ['[:SPACE:]', ' '],
  ['[:space:]', ' '],
  ['[:WHITESPACE:]', '\\s'],
  ['[:whitespace:]', '\\s'],
  ['[:ALNUM:]', '\\p{Alnum}'],
  ['[:alnum:]', '\\p{Alnum}'],
];

export const similarTo = defineFunction({
  name: 'SIMILAR TO',
  family: 'regex',
  nulls: 'propagate',
  help: {
    signatures: ["string SIMILAR TO pattern [ESCAPE 'c']"],
    summary: {
      en: 'True when the text fits the SQL regular expression: % and _ as in LIKE, and | * + ? {m,n} ( ) [ ].',
      zh: '文本是否符合 SQL 正则表达式：% 与 _ 同 LIKE，并支持 | * + ? {m,n} ( ) [ ]。',
    },
  },
  resolve(call) {
    const unfit = call.arguments.find((argument) => !isCharacter(argument.type));
    if (unfit !== undefined) return refuse(`SIMILAR TO compares text with text, not with ${printBare(unfit.type)}`);
    return { type: { kind: 'BOOLEAN', nullable: anyNullable(call) }, create: createSimilar };
  },
});

/** Remembers the last pattern, which is nearly always the only one. */
function createSimilar(): (text: Value, pattern: Value, escapeBy?: Value) => Value {
  let known: { readonly pattern: Value; readonly escapeBy: Value; readonly compiled: JavaPattern } | null = null;
  return (text, pattern, escapeBy = null) => {
    if (known === null || known.pattern !== pattern || known.escapeBy !== escapeBy) {
      known = { pattern, escapeBy, compiled: compileSimilar(String(pattern), escapeBy === null ? null : String(escapeBy)) };
    }
    return known.compiled.find(String(text), 0) !== undefined;
  };
}

function compileSimilar(pattern: string, escapeBy: string | null): JavaPattern {
  if (escapeBy !== null && escapeBy.length !== 1)
    throw new EvaluationError('MR3003', `'${escapeBy}' is not a single character, as ESCAPE needs`);
  checkEscapes(pattern, escapeBy);
  const compiled = compilePattern(`\\A(?:${toJava(pattern, escapeBy)})\\z`);
  if (compiled === undefined) throw invalid(pattern);
  return compiled;
}

function invalid(pattern: string): EvaluationError {
  return new EvaluationError('MR3003', `'${pattern}' is not a regular expression of SQL`);
}

/** An escape character that is special itself may only stand before special characters; `:` needs a character class. */
function checkEscapes(pattern: string, escapeBy: string | null): void {
  if (escapeBy === null) return;
  if (SQL_SPECIALS.includes(escapeBy)) {
    for (let i = 0; i < pattern.length; i++) {
      if (pattern[i] !== escapeBy) continue;
      const next = pattern[i + 1];
      if (next === undefined || (!SQL_SPECIALS.includes(next) && next !== escapeBy)) throw invalid(pattern);
    }
  }
  if (escapeBy === ':' && !(pattern.includes('[:') && pattern.includes(':]'))) throw invalid(pattern);
}

function toJava(pattern: string, escapeBy: string | null): string {
  let java = '';
  let inside = false;
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i];
    if (character === escapeBy) {
      java += escaped(pattern, ++i, escapeBy);
    } else if (character === '_') java += '.';
    else if (character === '%') java += '(?s:.*)';
    else if (character === '[') {
      const enumeration = characterEnumeration(pattern, i, escapeBy);
      java += `[${enumeration.java}`;
      inside = true;
      i = enumeration.last;
    } else if (character === ']') {
      if (!inside) throw invalid(pattern);
      inside = false;
      java += ']';
    } else if (character === '\\' || character === '$') java += `\\${character}`;
    else java += character;
  }
  if (inside) throw invalid(pattern);
  return java;
}

/** The character after an escape character, as a Java literal. */
function escaped(pattern: string, at: number, escapeBy: string): string {
  const next = pattern[at];
  if (next === undefined || (!SQL_SPECIALS.includes(next) && next !== escapeBy)) throw invalid(pattern);
  return SQL_SPECIALS.includes(next) && JAVA_SPECIALS.includes(next) ? `\\${next}` : next;
}

/** What stands between `[` at `start` and its `]`; `last` is the last character read. */
function characterEnumeration(pattern: string, start: number, escapeBy: string | null): { readonly java: string; readonly last: number } {
  let java = '';
  let i = start + 1;
  for (; i < pattern.length; i++) {
    const character = pattern[i];
    if (character === ']') break;
    if (character === escapeBy) {
      java += escaped(pattern, ++i, escapeBy);
    } else if (character === '-' || character === '^') java += character;
    else if (pattern.startsWith('[:', i)) {
      const found = CHARACTER_CLASSES.find(([name]) => pattern.startsWith(name, i));
      if (found === undefined) throw invalid(pattern);
      java += found[1];
      i += found[0].length - 1;
    } else if (SQL_SPECIALS.includes(character)) throw invalid(pattern);
    else java += character;
  }
  return { java, last: i - 1 };
}
