/**
 * The elements of an array in a JSON text, as Flink SQL's JSON_QUERY(… RETURNING ARRAY<STRING>) answers them: texts without quotes,
 * numbers exact, objects and arrays as JSON. Whatever is not an array has none.
 */
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import type { JsonPath } from '../../expressions/functions/support/json/json-path.ts';
import { selectPath } from '../../expressions/functions/support/json/json-path.ts';
import { printJson } from '../../expressions/functions/support/json/print-json.ts';
import type { JsonTree } from '../../expressions/functions/support/json/read-json.ts';
import { JsonTextError, readJson } from '../../expressions/functions/support/json/read-json.ts';
import { decodeUtf8 } from '../../expressions/utf8.ts';
import type { ElementList } from './element-list.ts';
import { NULL_ELEMENT, TEXT_ELEMENT } from './element-list.ts';

const [QUOTE, COMMA, ESCAPE, OPEN, CLOSE] = [0x22, 0x2c, 0x5c, 0x5b, 0x5d];
const [MINUS, ZERO, NINE] = [0x2d, 0x30, 0x39];
const WORDS = ['true', 'false', 'null'].map((word) => Uint8Array.from(word, (letter) => letter.charCodeAt(0)));
const [, , NULL_WORD] = WORDS;

export function addJsonElements(list: ElementList, memory: JobMemory, row: number, address: Address, length: number, path: JsonPath): void {
  const before = list.count;
  if (path.steps?.length === 0 && addPlain(list, memory, row, address, length)) return;
  list.count = before;
  const found = findArray(decodeUtf8(memory.u8.subarray(address, address + length)), path);
  if (found === null) return;
  list.reserve(found.length);
  found.forEach((element, at) => {
    if (element === null) list.add(NULL_ELEMENT, row, at + 1, 0, 0);
    else list.addText(row, at + 1, typeof element === 'string' ? element : printJson(element));
  });
}

function findArray(text: string, { steps }: JsonPath): readonly JsonTree[] | null {
  try {
    const found = steps === undefined ? undefined : selectPath(readJson(text), steps);
    return Array.isArray(found) ? found : null;
  } catch (error) {
    if (error instanceof JsonTextError) return null;
    throw error;
  }
}

/** Nearly all arrays are of whole numbers, words and texts without escapes: pieces of the input. False: look closer. */
function addPlain(list: ElementList, memory: JobMemory, row: number, address: Address, length: number): boolean {
  list.reserve((length >>> 1) + 1);
  const { u8 } = memory;
  const end = address + length;
  let at = skipBlanks(u8, address, end);
  if (at >= end || u8[at] !== OPEN) return false;
  at = skipBlanks(u8, at + 1, end);
  if (at < end && u8[at] === CLOSE) return true;
  for (let number = 1; ; number++) {
    const isText = at < end && u8[at] === QUOTE;
    const start = isText ? at + 1 : at;
    at = isText ? endOfText(u8, start, end) : endOfPlain(u8, at, end);
    if (at < 0) return false;
    const isNull = !isText && at - start === 4 && matches(u8, start, NULL_WORD);
    list.add(isNull ? NULL_ELEMENT : TEXT_ELEMENT, row, number, start, at - start);
    at = skipBlanks(u8, isText ? at + 1 : at, end);
    if (at < end && u8[at] === CLOSE) return true;
    if (at >= end || u8[at] !== COMMA) return false;
    at = skipBlanks(u8, at + 1, end);
  }
}

function skipBlanks(u8: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && (u8[at] === 0x20 || (u8[at] >= 0x09 && u8[at] <= 0x0d && u8[at] !== 0x0b && u8[at] !== 0x0c))) at++;
  return at;
}

/** Where the closing quote stands; -1: escapes, or none. */
function endOfText(u8: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    const byte = u8[at];
    if (byte === QUOTE) return at;
    if (byte === ESCAPE || byte < 0x20) return -1;
  }
  return -1;
}

/** Behind a whole number as Java prints it, or a word; -1: something else. */
function endOfPlain(u8: Uint8Array, from: number, end: number): number {
  let at = from;
  if (at < end && u8[at] === MINUS) at++;
  const digits = at;
  while (at < end && u8[at] >= ZERO && u8[at] <= NINE) at++;
  if (at > digits) {
    const isPlain = u8[digits] !== ZERO || (at === digits + 1 && digits === from);
    return isPlain && endsHere(u8, at, end) ? at : -1;
  }
  const word = WORDS.find((each) => from + each.length <= end && matches(u8, from, each));
  return word !== undefined && endsHere(u8, from + word.length, end) ? from + word.length : -1;
}

function endsHere(u8: Uint8Array, at: number, end: number): boolean {
  return at < end && (u8[at] === COMMA || u8[at] === CLOSE || u8[at] <= 0x20);
}

function matches(u8: Uint8Array, at: number, word: Uint8Array): boolean {
  return word.every((byte, index) => u8[at + index] === byte);
}
