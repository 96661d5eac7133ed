/** Functions that put strings together: joining, padding, repeating, and text encodings. */
import { STRING } from '../../types/make-type.ts';
import { EvaluationError } from '../evaluation-error.ts';
import { decodeUtf8 } from '../utf8.ts';
import type { CallSite, FunctionDefinition, Refusal, ResolvedCall } from './define-function.ts';
import { anyNullable, defineFunction, refuse } from './define-function.ts';
import { decodeBase64, encodeBase64 } from './support/base64.ts';
import { replaceLoneSurrogates, utf8Of } from './support/code-points.ts';
import { bytesOf, integerOf, textOf } from './support/read-value.ts';
import { belongsTo, simpleFunction } from './support/signature.ts';

/** Longest string that a padding or repetition may make: a wrong count must not take all memory. */
export const BUILT_LENGTH_MAX = 64 * 1024 * 1024;

function assertBuildable(name: string, length: number): void {
  if (length <= BUILT_LENGTH_MAX) return;
  throw new EvaluationError('MR3003', `${name} would make a string of ${length} characters; the limit is ${BUILT_LENGTH_MAX}`);
}

function firstNotCharacter(call: CallSite): Refusal | undefined {
  const wrong = call.arguments.find((argument) => !belongsTo(argument.type, 'character'));
  if (call.arguments.length === 0) return refuse(`${call.name} needs at least one argument`);
  return wrong === undefined ? undefined : refuse(`${call.name} takes character strings, not ${wrong.type.kind}`);
}

const concat = defineFunction({
  name: 'CONCAT',
  family: 'string',
  nulls: 'propagate',
  help: {
    signatures: ['CONCAT(string, …)'],
    summary: { en: 'The strings one after the other; NULL when one is NULL.', zh: '依次连接各字符串；任一为 NULL 时结果为 NULL。' },
  },
  resolve(call): ResolvedCall | Refusal {
    return (
      firstNotCharacter(call) ?? {
        type: { ...STRING, nullable: anyNullable(call) },
        create:
          () =>
          (...parts) =>
            parts.join(''),
      }
    );
  },
});

const concatWs = defineFunction({
  name: 'CONCAT_WS',
  family: 'string',
  nulls: 'receive',
  help: {
    signatures: ['CONCAT_WS(separator, string, …)'],
    summary: {
      en: 'The strings that are not NULL with a separator between them; NULL when the separator is NULL.',
      zh: '用分隔符连接所有非 NULL 的字符串；分隔符为 NULL 时结果为 NULL。',
    },
  },
  resolve(call): ResolvedCall | Refusal {
    return (
      firstNotCharacter(call) ?? {
        type: { ...STRING, nullable: anyNullable(call) },
        create:
          () =>
          (separator, ...parts) =>
            separator === null ? null : parts.filter((part) => part !== null).join(textOf(separator)),
      }
    );
  },
});

/** Lengths count UTF-16 units, as in Flink; NULL for a negative length or an empty pad. */
export function padText(text: string, length: number, pad: string, atStart: boolean): string | null {
  if (length < 0 || pad === '') return null;
  const missing = Math.max(0, length - text.length);
  const padding = pad.repeat(Math.ceil(missing / pad.length)).slice(0, missing);
  const kept = text.slice(0, length);
  return replaceLoneSurrogates(atStart ? padding + kept : kept + padding);
}

function padFunction(name: 'LPAD' | 'RPAD', en: string, zh: string): FunctionDefinition {
  return simpleFunction({
    name,
    family: 'string',
    forms: [['character', 'integer', 'character']],
    type: STRING,
    help: { signatures: [`${name}(string, length, pad)`], summary: { en, zh } },
    create: () => (text, length, pad) => {
      assertBuildable(name, integerOf(length));
      return padText(textOf(text), integerOf(length), textOf(pad), name === 'LPAD');
    },
  });
}

const repeat = simpleFunction({
  name: 'REPEAT',
  family: 'string',
  forms: [['character', 'integer']],
  type: STRING,
  help: {
    signatures: ['REPEAT(string, count)'],
    summary: {
      en: 'The string count times; an empty string when count is not positive.',
      zh: '将字符串重复 count 次；count 不为正时返回空字符串。',
    },
  },
  create: () => (value, count) => {
    const text = textOf(value);
    const times = Math.max(0, integerOf(count));
    assertBuildable('REPEAT', text.length * times);
    return text.repeat(times);
  },
});

const toBase64 = simpleFunction({
  name: 'TO_BASE64',
  family: 'string',
  forms: [['character or binary']],
  type: STRING,
  spark: 'BASE64',
  help: {
    signatures: ['TO_BASE64(string)'],
    summary: { en: 'The UTF-8 bytes of the string in Base64.', zh: '字符串 UTF-8 字节的 Base64 编码。' },
  },
  create: () => (value) => encodeBase64(typeof value === 'string' ? utf8Of(value) : bytesOf(value)),
});

const fromBase64 = simpleFunction({
  name: 'FROM_BASE64',
  family: 'string',
  forms: [['character or binary']],
  type: STRING,
  spark: null,
  help: {
    signatures: ['FROM_BASE64(string)'],
    summary: {
      en: 'The text that a Base64 string encodes; fails for anything else.',
      zh: '解码 Base64 字符串得到的文本；输入非法时失败。',
    },
  },
  create: () => (value) => decodeUtf8(decodeBase64(typeof value === 'string' ? value : decodeUtf8(bytesOf(value)))),
});

export const stringBuildFunctions: readonly FunctionDefinition[] = [
  concat,
  concatWs,
  padFunction('LPAD', 'The string cut or filled at its start to a length.', '将字符串截断或在左侧填充到指定长度。'),
  padFunction('RPAD', 'The string cut or filled at its end to a length.', '将字符串截断或在右侧填充到指定长度。'),
  repeat,
  toBase64,
  fromBase64,
];
