/** Sets of code points in java.util.regex patterns: literals, ranges, classes, properties, and their algebra. */

/** `ascii[c]` is 1 for members below 128; the rest is asked of `contains`. */
export interface CharacterSet {
  readonly ascii: Uint8Array;
  /** No member needs two UTF-16 units, as far as Java can tell: it then looks for matches inside pairs too. */
  readonly basic: boolean;
  contains(point: number): boolean;
}

type Predicate = (point: number) => boolean;

export function setWhere(contains: Predicate, basic = false): CharacterSet {
  const ascii = new Uint8Array(128);
  for (let point = 0; point < 128; point++) if (contains(point)) ascii[point] = 1;
  return { ascii, basic, contains };
}

export function hasPoint(set: CharacterSet, point: number): boolean {
  return point < 128 ? set.ascii[point] === 1 : set.contains(point);
}

export function union(left: CharacterSet, right: CharacterSet): CharacterSet {
  return setWhere((point) => left.contains(point) || right.contains(point), left.basic && right.basic);
}

export function intersection(left: CharacterSet, right: CharacterSet): CharacterSet {
  return setWhere((point) => left.contains(point) && right.contains(point), left.basic && right.basic);
}

export function complement(set: CharacterSet): CharacterSet {
  return setWhere((point) => !set.contains(point));
}

/** How letters compare: exactly, ignoring ASCII case `(?i)`, or ignoring case everywhere `(?iu)`. */
export type CaseRule = 'exact' | 'ascii' | 'unicode';

function asciiUpper(point: number): number {
  return point >= 97 && point <= 122 ? point - 32 : point;
}

function asciiLower(point: number): number {
  return point >= 65 && point <= 90 ? point + 32 : point;
}

function simpleMapping(point: number, map: (text: string) => string): number {
  const mapped = map(String.fromCodePoint(point));
  const first = mapped.codePointAt(0) ?? point;
  return mapped.length === (first > 0xffff ? 2 : 1) ? first : point;
}

function unicodeUpper(point: number): number {
  return simpleMapping(point, (text) => text.toUpperCase());
}

/** What two code points must share to be equal under a rule. */
export function caseFold(point: number, rule: CaseRule): number {
  if (rule === 'exact') return point;
  if (rule === 'ascii' || point < 128) return asciiLower(point);
  return simpleMapping(unicodeUpper(point), (text) => text.toLowerCase());
}

export function singlePoint(point: number, rule: CaseRule): CharacterSet {
  const folded = caseFold(point, rule);
  return setWhere((candidate) => caseFold(candidate, rule) === folded, point <= 0xffff);
}

export function rangeSet(low: number, high: number, rule: CaseRule): CharacterSet {
  const inside = (point: number) => point >= low && point <= high;
  if (rule === 'exact') return setWhere(inside, high <= 0xffff);
  if (rule === 'ascii') {
    const ignoringCase = (point: number) => inside(point) || (point < 128 && (inside(asciiUpper(point)) || inside(asciiLower(point))));
    return setWhere(ignoringCase, high <= 0xffff);
  }
  return setWhere((point) => {
    const upper = unicodeUpper(point);
    return inside(point) || inside(upper) || inside(simpleMapping(upper, (text) => text.toLowerCase()));
  });
}

function setOfText(characters: string): CharacterSet {
  const points = new Set(Array.from(characters, (character) => character.codePointAt(0)));
  return setWhere((point) => points.has(point), true);
}

export function setOfPattern(pattern: RegExp): CharacterSet {
  return setWhere((point) => pattern.test(String.fromCodePoint(point)), !pattern.unicode);
}

export const EVERYTHING = setWhere(() => true);
export const DIGIT = setWhere((point) => point >= 48 && point <= 57, true);
export const WORD = setOfPattern(/^[A-Za-z0-9_]$/);
export const SPACE = setOfText(' \t\n\u000b\f\r');
export const HORIZONTAL_SPACE = setOfPattern(/^[ \t\u00a0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000]$/);
export const VERTICAL_SPACE = setOfText('\n\u000b\f\r\u0085\u2028\u2029');
export const LINE_TERMINATOR = setOfText('\n\r\u0085\u2028\u2029');
export const NEWLINE = setOfText('\n');

/** The classes of `(?U)`: Unicode's definitions instead of ASCII's. */
export const UNICODE_DIGIT = setOfPattern(/^\p{Nd}$/u);
export const UNICODE_WORD = setOfPattern(/^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u200c\u200d]$/u);
export const UNICODE_SPACE = setOfPattern(/^\p{White_Space}$/u);

const POSIX: Readonly<Record<string, RegExp>> = {
  Lower: /^[a-z]$/,
  Upper: /^[A-Z]$/,
  ASCII: /^[\0-\x7f]$/,
  Alpha: /^[A-Za-z]$/,
  Digit: /^[0-9]$/,
  Alnum: /^[A-Za-z0-9]$/,
  Punct: /^[!-/:-@[-`{-~]$/,
  Graph: /^[!-~]$/,
  Print: /^[ -~]$/,
  Blank: /^[ \t]$/,
  Cntrl: /^[\0-\x1f\x7f]$/,
  XDigit: /^[0-9A-Fa-f]$/,
  Space: /^[ \t\n\x0b\f\r]$/,
};

const JAVA_PROPERTIES: Readonly<Record<string, RegExp>> = {
  javaLowerCase: /^\p{Lowercase}$/u,
  javaUpperCase: /^\p{Uppercase}$/u,
  javaTitleCase: /^\p{Lt}$/u,
  javaAlphabetic: /^\p{Alphabetic}$/u,
  javaIdeographic: /^\p{Ideographic}$/u,
  javaDigit: /^\p{Nd}$/u,
  javaDefined: /^\P{Cn}$/u,
  javaLetter: /^\p{L}$/u,
  javaLetterOrDigit: /^[\p{L}\p{Nd}]$/u,
  javaSpaceChar: /^\p{Z}$/u,
  javaWhitespace: /^[\t-\r\x1c-\x20\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]$/,
  javaISOControl: /^\p{Cc}$/u,
  L1: /^[\0-\xff]$/,
  LD: /^[\p{L}\p{Nd}]$/u,
  all: /^[^]$/u,
};

const BINARY_PROPERTIES: Readonly<Record<string, string>> = {
  ALPHABETIC: 'Alphabetic',
  LETTER: 'L',
  IDEOGRAPHIC: 'Ideographic',
  LOWERCASE: 'Lowercase',
  UPPERCASE: 'Uppercase',
  TITLECASE: 'Lt',
  WHITE_SPACE: 'White_Space',
  WHITESPACE: 'White_Space',
  CONTROL: 'Cc',
  PUNCTUATION: 'P',
  HEX_DIGIT: 'Hex_Digit',
  HEXDIGIT: 'Hex_Digit',
  ASSIGNED: 'Assigned',
  NONCHARACTER_CODE_POINT: 'Noncharacter_Code_Point',
  DIGIT: 'Nd',
  JOIN_CONTROL: 'Join_Control',
  JOINCONTROL: 'Join_Control',
};

const CATEGORY = /^(?:L[ultmoC]?|M[nec]?|N[dlo]?|Z[slp]?|C[cfosn]?|P[dsecfio]?|S[mcko]?)$/;

/** A JavaScript property escape as a set; `undefined` when the engine does not know the name. */
function propertyEscape(body: string): CharacterSet | undefined {
  try {
    return setOfPattern(new RegExp(`^\\p{${body}}$`, 'u'));
  } catch {
    return undefined;
  }
}

function scriptName(name: string): string {
  return name
    .split(/[_ ]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase())
    .join('_');
}

function namedValue(name: string, value: string): CharacterSet | undefined {
  const key = name.toLowerCase();
  if (key === 'sc' || key === 'script') return propertyEscape(`Script=${scriptName(value)}`);
  if (key === 'gc' || key === 'general_category') return CATEGORY.test(value) ? propertyEscape(value) : undefined;
  return undefined;
}

/** The set of `\p{name}`; `undefined` when Java would not know it either, or when it names a Unicode block. */
export function propertySet(name: string): CharacterSet | undefined {
  const equals = name.indexOf('=');
  if (equals >= 0) return namedValue(name.slice(0, equals), name.slice(equals + 1));
  if (Object.hasOwn(POSIX, name)) return setOfPattern(POSIX[name]);
  if (Object.hasOwn(JAVA_PROPERTIES, name)) return setOfPattern(JAVA_PROPERTIES[name]);
  if (CATEGORY.test(name)) return propertyEscape(name === 'LC' ? 'LC' : name);
  if (!name.startsWith('Is')) return undefined;
  const rest = name.slice(2);
  const binary = BINARY_PROPERTIES[rest.toUpperCase()];
  if (binary !== undefined) return propertyEscape(binary);
  return CATEGORY.test(rest) ? propertyEscape(rest) : propertyEscape(`Script=${scriptName(rest)}`);
}
