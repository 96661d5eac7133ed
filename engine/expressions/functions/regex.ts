/** Functions over java.util.regex patterns. A pattern that Java refuses is no error: the answer is NULL, or FALSE for REGEXP. */
import { BOOLEAN, INT, STRING } from '../../types/make-type.ts';
import type { CallSite, FunctionDefinition } from './define-function.ts';
import { replaceLoneSurrogates } from './support/code-points.ts';
import type { JavaPattern } from './support/java-regex/java-pattern.ts';
import { compilePattern, createPatternCache, groupText } from './support/java-regex/java-pattern.ts';
import { integerOf, textOf } from './support/read-value.ts';
import { simpleFunction } from './support/signature.ts';

type PatternSource = (pattern: string) => JavaPattern | undefined;

/** A literal pattern is compiled once per call site; one that comes from data goes through a small cache. */
function patternSource(call: CallSite): PatternSource {
  const { literal } = call.arguments[1];
  if (typeof literal !== 'string') return createPatternCache();
  let compiled: { readonly pattern: JavaPattern | undefined } | undefined;
  return () => {
    compiled ??= { pattern: compilePattern(literal) };
    return compiled.pattern;
  };
}

const regexp = simpleFunction({
  name: 'REGEXP',
  family: 'regex',
  forms: [['character', 'character']],
  type: BOOLEAN,
  spark: 'REGEXP',
  help: {
    signatures: ['REGEXP(string, pattern)'],
    summary: {
      en: 'True when some part of the string matches the Java pattern; FALSE for an empty or invalid pattern.',
      zh: '字符串的某一部分是否匹配 Java 正则表达式；表达式为空或无效时为 FALSE。',
    },
  },
  create: (_runtime, call) => {
    const compile = patternSource(call);
    return (text, pattern) => pattern !== '' && compile(textOf(pattern))?.find(textOf(text), 0) !== undefined;
  },
});

function extract(pattern: JavaPattern | undefined, text: string, group: number): string | null {
  if (pattern === undefined || group < 0 || group > pattern.groups) return null;
  const match = pattern.find(text, 0);
  return match === undefined ? null : groupText(text, match, group);
}

const regexpExtract = simpleFunction({
  name: 'REGEXP_EXTRACT',
  family: 'regex',
  forms: [
    ['character', 'character'],
    ['character', 'character', 'integer'],
  ],
  type: STRING,
  nullable: 'always',
  help: {
    signatures: ['REGEXP_EXTRACT(string, pattern[, group])'],
    summary: {
      en: 'What the pattern, or one of its groups, matches first; NULL when nothing does.',
      zh: '正则表达式（或其某个分组）首次匹配的内容；无匹配时为 NULL。',
    },
  },
  create: (_runtime, call) => {
    const compile = patternSource(call);
    return (text, pattern, group) => extract(compile(textOf(pattern)), textOf(text), group === undefined ? 0 : integerOf(group));
  },
});

/** The replacement is taken as it stands: Flink quotes `$` and `\`. */
export function replaceMatches(pattern: JavaPattern, text: string, replacement: string): string {
  let result = '';
  let done = 0;
  for (const match of pattern.findAll(text)) {
    result += text.slice(done, match[0]) + replacement;
    done = match[1];
  }
  return replaceLoneSurrogates(result + text.slice(done));
}

const regexpReplace = simpleFunction({
  name: 'REGEXP_REPLACE',
  family: 'regex',
  forms: [['character', 'character', 'character']],
  type: STRING,
  help: {
    signatures: ['REGEXP_REPLACE(string, pattern, replacement)'],
    summary: {
      en: 'The string with every match of the pattern replaced; the replacement is plain text.',
      zh: '将字符串中所有匹配正则表达式的部分替换；替换内容按原样使用。',
    },
  },
  create: (_runtime, call) => {
    const compile = patternSource(call);
    return (text, pattern, replacement) => {
      const compiled = compile(textOf(pattern));
      return compiled === undefined ? null : replaceMatches(compiled, textOf(text), textOf(replacement));
    };
  },
});

const regexpCount = simpleFunction({
  name: 'REGEXP_COUNT',
  family: 'regex',
  bareNulls: true,
  forms: [['character', 'character']],
  type: INT,
  nullable: 'always',
  help: {
    signatures: ['REGEXP_COUNT(string, pattern)'],
    summary: { en: 'How often the pattern matches in the string.', zh: '正则表达式在字符串中匹配的次数。' },
  },
  create: (_runtime, call) => {
    const compile = patternSource(call);
    return (text, pattern) => {
      const compiled = compile(textOf(pattern));
      if (compiled === undefined) return null;
      let count = 0;
      for (const _match of compiled.findAll(textOf(text))) count++;
      return count;
    };
  },
});

const regexpInstr = simpleFunction({
  name: 'REGEXP_INSTR',
  family: 'regex',
  bareNulls: true,
  forms: [['character', 'character']],
  type: INT,
  nullable: 'always',
  help: {
    signatures: ['REGEXP_INSTR(string, pattern)'],
    summary: {
      en: 'Where the pattern first matches, from 1; 0 when it does not.',
      zh: '正则表达式首次匹配的位置（从 1 开始）；无匹配时为 0。',
    },
  },
  create: (_runtime, call) => {
    const compile = patternSource(call);
    return (text, pattern) => {
      const compiled = compile(textOf(pattern));
      if (compiled === undefined) return null;
      const match = compiled.find(textOf(text), 0);
      return match === undefined ? 0 : match[0] + 1;
    };
  },
});

const regexpSubstr = simpleFunction({
  name: 'REGEXP_SUBSTR',
  family: 'regex',
  bareNulls: true,
  forms: [['character', 'character']],
  type: STRING,
  nullable: 'always',
  help: {
    signatures: ['REGEXP_SUBSTR(string, pattern)'],
    summary: { en: 'What the pattern matches first; NULL when nothing does.', zh: '正则表达式首次匹配的内容；无匹配时为 NULL。' },
  },
  create: (_runtime, call) => {
    const compile = patternSource(call);
    return (text, pattern) => extract(compile(textOf(pattern)), textOf(text), 0);
  },
});

export const regexFunctions: readonly FunctionDefinition[] = [regexp, regexpExtract, regexpReplace, regexpCount, regexpInstr, regexpSubstr];
