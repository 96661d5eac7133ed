/** What stands behind a backslash: characters, classes, properties, assertions, references. */
import type { CharacterSet } from './character-set.ts';
import {
  complement,
  DIGIT,
  HORIZONTAL_SPACE,
  propertySet,
  SPACE,
  UNICODE_DIGIT,
  UNICODE_SPACE,
  UNICODE_WORD,
  VERTICAL_SPACE,
  WORD,
} from './character-set.ts';
import type { PatternReader } from './pattern-reader.ts';
import type { Assertion } from './syntax.ts';
import { PatternSyntaxError, PatternUnsupportedError } from './syntax.ts';

export type Escape =
  | { readonly point: number }
  | { readonly set: CharacterSet }
  | { readonly assertion: Assertion }
  | { readonly reference: number }
  | { readonly name: string }
  | { readonly lineBreak: true };

const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, f: 12, a: 7, e: 27 };

const ASSERTIONS: Readonly<Record<string, Assertion>> = {
  A: 'input start',
  z: 'input end',
  B: 'no word boundary',
  G: 'last match end',
};

function readHex(reader: PatternReader, digits: number): number {
  let value = 0;
  for (let count = 0; count < digits; count++) {
    const character = reader.next();
    if (!/^[0-9A-Fa-f]$/.test(character)) throw new PatternSyntaxError('Illegal hexadecimal escape sequence');
    value = value * 16 + Number.parseInt(character, 16);
  }
  return value;
}

function readHexEscape(reader: PatternReader): number {
  if (!reader.accept('{')) return readHex(reader, 2);
  const digits = reader.readUntil('}');
  if (digits === undefined || !/^[0-9A-Fa-f]+$/.test(digits)) throw new PatternSyntaxError('Unclosed hexadecimal escape sequence');
  const point = Number.parseInt(digits, 16);
  if (point > 0x10ffff) throw new PatternSyntaxError('Hexadecimal codepoint is too big');
  return point;
}

function readUnicodeEscape(reader: PatternReader): number {
  const unit = readHex(reader, 4);
  const pair = unit >= 0xd800 && unit < 0xdc00 && reader.peek() === '\\' && reader.peek(1) === 'u';
  if (!pair || !/^[dD][c-fC-F]$/.test(reader.peek(2) + reader.peek(3))) return unit;
  reader.next();
  reader.next();
  return (unit - 0xd800) * 1024 + (readHex(reader, 4) - 0xdc00) + 0x10000;
}

/** \0 and one to three octal digits, at most \0377. */
function readOctal(reader: PatternReader): number {
  const octal = (character: string) => /^[0-7]$/.test(character);
  if (!octal(reader.peek())) throw new PatternSyntaxError('Illegal octal escape sequence');
  let value = Number(reader.next());
  if (octal(reader.peek())) {
    const first = value;
    value = value * 8 + Number(reader.next());
    if (first <= 3 && octal(reader.peek())) value = value * 8 + Number(reader.next());
  }
  return value;
}

function readProperty(reader: PatternReader, negative: boolean): CharacterSet {
  const name = reader.accept('{') ? reader.readUntil('}') : reader.next();
  if (name === undefined || name === '') throw new PatternSyntaxError('Unclosed character family');
  if (/^(?:In|blk=|block=)/i.test(name)) throw new PatternUnsupportedError(`Unicode blocks such as \\p{${name}} are not supported`);
  const set = propertySet(name);
  if (set === undefined) throw new PatternSyntaxError(`Unknown character property name {${name}}`);
  return negative ? complement(set) : set;
}

function classEscape(reader: PatternReader, letter: string): CharacterSet | undefined {
  const unicode = reader.flags.unicodeClasses;
  switch (letter) {
    case 'd':
      return unicode ? UNICODE_DIGIT : DIGIT;
    case 'w':
      return unicode ? UNICODE_WORD : WORD;
    case 's':
      return unicode ? UNICODE_SPACE : SPACE;
    case 'h':
      return HORIZONTAL_SPACE;
    case 'v':
      return VERTICAL_SPACE;
    case 'D':
    case 'W':
    case 'S':
    case 'H':
    case 'V': {
      const positive = classEscape(reader, letter.toLowerCase());
      return positive === undefined ? undefined : complement(positive);
    }
    case 'p':
    case 'P':
      return readProperty(reader, letter === 'P');
    default:
      return undefined;
  }
}

function outsideClass(reader: PatternReader, letter: string): Escape | undefined {
  if (Object.hasOwn(ASSERTIONS, letter)) return { assertion: ASSERTIONS[letter] };
  switch (letter) {
    case 'Z':
      return { assertion: reader.flags.unixLines ? 'final line end (unix)' : 'final line end' };
    case 'b':
      if (reader.peek() === '{') throw new PatternUnsupportedError('\\b{g} is not supported');
      return { assertion: 'word boundary' };
    case 'R':
      return { lineBreak: true };
    case 'k': {
      const name = reader.accept('<') ? reader.readUntil('>') : undefined;
      if (name === undefined) throw new PatternSyntaxError("\\k is not followed by '<' for named capturing group");
      return { name };
    }
    default:
      return /^[1-9]$/.test(letter) ? { reference: Number(letter) } : undefined;
  }
}

/** Reads an escape whose backslash has been read. */
export function parseEscape(reader: PatternReader, inClass: boolean): Escape {
  const letter = reader.next();
  if (letter === '') throw new PatternSyntaxError('Unexpected internal error: the pattern ends with a backslash');
  if (Object.hasOwn(CONTROLS, letter)) return { point: CONTROLS[letter] };
  if (letter === '0') return { point: readOctal(reader) };
  if (letter === 'x') return { point: readHexEscape(reader) };
  if (letter === 'u') return { point: readUnicodeEscape(reader) };
  if (letter === 'c') {
    const control = reader.nextPoint();
    if (control < 0) throw new PatternSyntaxError('Illegal control escape sequence');
    return { point: control ^ 64 };
  }
  if (letter === 'X' || letter === 'N') throw new PatternUnsupportedError(`\\${letter} is not supported`);
  const set = classEscape(reader, letter);
  if (set !== undefined) return { set };
  const outside = inClass ? undefined : outsideClass(reader, letter);
  if (outside !== undefined) return outside;
  if (/^[A-Za-z0-9]$/.test(letter)) throw new PatternSyntaxError('Illegal/unsupported escape sequence');
  return { point: letter.codePointAt(0) ?? 0 };
}
