/** Functions that look at or change the characters of one string: length, case, order, single characters. */
import type { LogicalType } from '../../types/logical-type.ts';
import { INT, STRING } from '../../types/make-type.ts';
import type { CallSite, FunctionDefinition } from './define-function.ts';
import { codePointLength, hasSurrogate, utf8Of } from './support/code-points.ts';
import { integerOf, longOf, textOf } from './support/read-value.ts';
import { simpleFunction } from './support/signature.ts';

function typeOfFirst(call: CallSite): LogicalType {
  return call.arguments[0].type;
}

const charLength = simpleFunction({
  name: 'CHAR_LENGTH',
  aliases: ['CHARACTER_LENGTH'],
  family: 'string',
  forms: [['character']],
  type: INT,
  help: {
    signatures: ['CHAR_LENGTH(string)', 'CHARACTER_LENGTH(string)'],
    summary: { en: 'The number of characters (code points) of a string.', zh: '字符串的字符数（按码点计）。' },
  },
  create: () => (text) => codePointLength(textOf(text)),
});

const upper = simpleFunction({
  name: 'UPPER',
  family: 'string',
  forms: [['character']],
  type: typeOfFirst,
  help: {
    signatures: ['UPPER(string)'],
    summary: { en: 'The string in upper case.', zh: '将字符串转换为大写。' },
  },
  create: () => (text) => textOf(text).toUpperCase(),
});

const lower = simpleFunction({
  name: 'LOWER',
  family: 'string',
  forms: [['character']],
  type: typeOfFirst,
  help: {
    signatures: ['LOWER(string)'],
    summary: { en: 'The string in lower case.', zh: '将字符串转换为小写。' },
  },
  create: () => (text) => textOf(text).toLowerCase(),
});

const WORD = /[0-9A-Za-z]+/g;

/** Words are runs of ASCII letters and digits, as in Flink; every other character ends a word and stays as it is. */
export function capitalizeWords(text: string): string {
  return text.replace(WORD, (word) => word[0].toUpperCase() + word.slice(1).toLowerCase());
}

const initcap = simpleFunction({
  name: 'INITCAP',
  family: 'string',
  forms: [['character']],
  type: typeOfFirst,
  help: {
    signatures: ['INITCAP(string)'],
    summary: {
      en: 'Every word (ASCII letters and digits) with an upper-case first letter and a lower-case rest.',
      zh: '将每个单词（ASCII 字母和数字）的首字母大写，其余小写。',
    },
  },
  create: () => (text) => capitalizeWords(textOf(text)),
});

export function reverseText(text: string): string {
  if (hasSurrogate(text)) return Array.from(text).reverse().join('');
  let reversed = '';
  for (let index = text.length - 1; index >= 0; index--) reversed += text[index];
  return reversed;
}

const reverse = simpleFunction({
  name: 'REVERSE',
  family: 'string',
  forms: [['character']],
  type: STRING,
  nullable: 'always',
  help: {
    signatures: ['REVERSE(string)'],
    summary: { en: 'The characters of the string in reverse order.', zh: '将字符串的字符倒序。' },
  },
  create: () => (text) => reverseText(textOf(text)),
});

const ascii = simpleFunction({
  name: 'ASCII',
  family: 'string',
  forms: [['character']],
  type: INT,
  help: {
    signatures: ['ASCII(string)'],
    summary: {
      en: 'The first byte of the string in UTF-8 as a signed number; 0 for an empty string.',
      zh: '字符串 UTF-8 编码首字节对应的有符号数；空字符串为 0。',
    },
  },
  create: () => (value) => {
    const text = textOf(value);
    if (text === '') return 0;
    const unit = text.charCodeAt(0);
    return unit < 0x80 ? unit : (utf8Of(text.slice(0, 2))[0] << 24) >> 24;
  },
});

const chr = simpleFunction({
  name: 'CHR',
  family: 'string',
  forms: [['integer']],
  type: STRING,
  nullable: 'always',
  help: {
    signatures: ['CHR(integer)'],
    summary: {
      en: 'The character with that code, modulo 256; an empty string for a negative number.',
      zh: '该编码（对 256 取模）对应的字符；负数返回空字符串。',
    },
  },
  create: () => (value) => {
    const code = longOf(value);
    return code < 0n ? '' : String.fromCharCode(integerOf(code & 0xffn));
  },
});

export const stringCaseFunctions: readonly FunctionDefinition[] = [charLength, upper, lower, initcap, reverse, ascii, chr];
