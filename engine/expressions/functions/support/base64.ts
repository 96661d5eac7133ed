/** Base64 as java.util.Base64's basic codec reads and writes it: no line breaks, padding optional on input. */
import { EvaluationError } from '../../evaluation-error.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function refuseInput(what: string): never {
  throw new EvaluationError('MR3003', `${what}: the text is not Base64`);
}

export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const left = bytes.length - index;
    const group = (bytes[index] << 16) | ((left > 1 ? bytes[index + 1] : 0) << 8) | (left > 2 ? bytes[index + 2] : 0);
    text += ALPHABET[group >> 18] + ALPHABET[(group >> 12) & 63];
    text += left > 1 ? ALPHABET[(group >> 6) & 63] : '=';
    text += left > 2 ? ALPHABET[group & 63] : '=';
  }
  return text;
}

function sextets(text: string): { readonly values: number[]; readonly end: number } {
  const values: number[] = [];
  let end = 0;
  while (end < text.length && text[end] !== '=') {
    const value = ALPHABET.indexOf(text[end]);
    if (value < 0) refuseInput(`illegal character ${JSON.stringify(text[end])}`);
    values.push(value);
    end++;
  }
  return { values, end };
}

/** Padding must be whole where it is written, and nothing may follow it. */
function checkTail(text: string, end: number, spare: number): void {
  if (spare === 1) refuseInput('the last unit has too few characters');
  if (end === text.length) return;
  const padding = text.slice(end);
  const wanted = spare === 2 ? '==' : '=';
  if (spare === 0 || padding !== wanted) refuseInput('wrong padding at the end');
}

export function decodeBase64(text: string): Uint8Array {
  if (text.length === 1) refuseInput('at least two characters are needed');
  const { values, end } = sextets(text);
  const spare = values.length % 4;
  checkTail(text, end, spare);
  const bytes = new Uint8Array(Math.floor((values.length * 3) / 4));
  let written = 0;
  for (let index = 0; index < values.length; index += 4) {
    const group = (values[index] << 18) | ((values[index + 1] ?? 0) << 12) | ((values[index + 2] ?? 0) << 6) | (values[index + 3] ?? 0);
    for (let shift = 16; shift >= 0 && written < bytes.length; shift -= 8) bytes[written++] = (group >> shift) & 255;
  }
  return bytes;
}
