/** Text as digits and escapes, and tests of what a text consists of: HEX, UNHEX, BIN, URL_ENCODE, URL_DECODE, IS_DIGIT and their like. */
import { BOOLEAN, BYTES, STRING } from '../../types/make-type.ts';
import { printDecimal } from '../decimal.ts';
import type { Value } from '../value.ts';
import type { CallSite, FunctionDefinition } from './define-function.ts';
import { utf8Of } from './support/code-points.ts';
import { longOf, textOf } from './support/read-value.ts';
import { belongsTo, simpleFunction } from './support/signature.ts';

function hexOfBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}

/** Digits of a 64-bit number, negative ones in two's complement. */
function unsignedDigits(value: Value, radix: 2 | 16): string {
  return BigInt.asUintN(64, longOf(value)).toString(radix).toUpperCase();
}

const hex = simpleFunction({
  name: 'HEX',
  family: 'string',
  forms: [['integer'], ['character']],
  type: STRING,
  help: {
    signatures: ['HEX(integer)', 'HEX(string)'],
    summary: {
      en: 'A number, or the UTF-8 bytes of a string, in upper-case hexadecimal.',
      zh: '数字或字符串 UTF-8 字节的大写十六进制表示。',
    },
  },
  create: () => (value) => (typeof value === 'string' ? hexOfBytes(utf8Of(value)) : unsignedDigits(value, 16)),
});

const bin = simpleFunction({
  name: 'BIN',
  family: 'math',
  forms: [['integer']],
  type: STRING,
  help: {
    signatures: ['BIN(integer)'],
    summary: { en: 'A number in binary digits.', zh: '数字的二进制表示。' },
  },
  create: () => (value) => unsignedDigits(value, 2),
});

/** With an odd number of digits the first one only has to be a digit: its byte is 0. */
export function bytesOfHex(text: string): Uint8Array | null {
  if (!/^[0-9A-Fa-f]*$/.test(text)) return null;
  const odd = text.length % 2;
  const bytes = new Uint8Array((text.length + odd) / 2);
  for (let index = odd; index < bytes.length; index++) {
    const at = index * 2 - odd;
    bytes[index] = Number.parseInt(text.slice(at, at + 2), 16);
  }
  return bytes;
}

const unhex = simpleFunction({
  name: 'UNHEX',
  family: 'string',
  bareNulls: true,
  forms: [['character']],
  type: BYTES,
  nullable: 'always',
  help: {
    signatures: ['UNHEX(string)'],
    summary: {
      en: 'The bytes that hexadecimal digits stand for; NULL for anything else.',
      zh: '十六进制数字对应的字节；输入非法时为 NULL。',
    },
  },
  create: () => (text) => bytesOfHex(textOf(text)),
});

const UNRESERVED = /^[A-Za-z0-9.*_-]$/;

/** Form encoding: a blank becomes +. */
export function encodeUrl(text: string): string {
  let result = '';
  for (const character of text) {
    if (character === ' ') result += '+';
    else if (UNRESERVED.test(character)) result += character;
    else for (const byte of utf8Of(character)) result += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return result;
}

const urlEncode = simpleFunction({
  name: 'URL_ENCODE',
  family: 'string',
  forms: [['character']],
  type: STRING,
  nullable: 'always',
  help: {
    signatures: ['URL_ENCODE(string)'],
    summary: { en: 'The string as a part of a web address (form encoding).', zh: '将字符串编码为网址的一部分（表单编码）。' },
  },
  create: () => (text) => encodeUrl(textOf(text)),
});

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** NULL when a % is not followed by two hexadecimal digits. */
export function decodeUrl(text: string): string | null {
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return null;
  return text.replace(/\+/g, ' ').replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => decoder.decode(bytesOfHex(run.replace(/%/g, '')) ?? undefined));
}

const urlDecode = simpleFunction({
  name: 'URL_DECODE',
  family: 'string',
  forms: [['character']],
  type: STRING,
  nullable: 'always',
  help: {
    signatures: ['URL_DECODE(string)'],
    summary: { en: 'What a part of a web address stands for; NULL when it is malformed.', zh: '解码网址的一部分；格式错误时为 NULL。' },
  },
  create: () => (text) => decodeUrl(textOf(text)),
});

/** Numbers are tested by their text. */
function textToTest(call: CallSite): (value: Value) => string {
  const { type } = call.arguments[0];
  if (type.kind === 'DECIMAL') return (value) => printDecimal(longOf(value), type.scale);
  return (value) => String(value);
}

function textTest(name: string, test: (text: string) => boolean, numbers: boolean, en: string, zh: string): FunctionDefinition {
  return simpleFunction({
    name,
    family: 'conditional',
    forms: numbers ? [['number or character']] : [['character']],
    type: BOOLEAN,
    nullable: 'never',
    nulls: 'receive',
    spark: null,
    help: { signatures: [`${name}(string)`], summary: { en, zh } },
    create: (_runtime, call) => {
      const text = textToTest(call);
      const number = belongsTo(call.arguments[0].type, 'number');
      return (value) => value !== null && ((number && name === 'IS_DECIMAL') || test(text(value)));
    },
  });
}

/** What Double.parseDouble would read is more than this; Flink asks for digits, a point, an exponent, or the names. */
const DECIMAL_TEXT = /^[+-]?(?:NaN|Infinity|(?:\p{Nd}+\.?\p{Nd}*|\.\p{Nd}+)(?:[eE][+-]?\p{Nd}+)?)$/u;

export const stringEncodeFunctions: readonly FunctionDefinition[] = [
  hex,
  bin,
  unhex,
  urlEncode,
  urlDecode,
  textTest('IS_ALPHA', (text) => /^\p{L}+$/u.test(text), false, 'True when the string has letters only.', '字符串是否只含字母。'),
  textTest('IS_DIGIT', (text) => /^\p{Nd}+$/u.test(text), true, 'True when the string has digits only.', '字符串是否只含数字。'),
  textTest('IS_DECIMAL', (text) => DECIMAL_TEXT.test(text), true, 'True when the string is a number.', '字符串是否为数字。'),
];
