/**
 * JSON as text with places: parsed under limits that hold before anything walks the result, every value knowing where it
 * stands, so that problems point into the file and edits can keep every byte they do not mean.
 */
import type { JsonValue } from '../../base/json.ts';
import type { SourcePosition } from '../problem.ts';

export interface JsonLimits {
  /** UTF-16 units. */
  readonly lengthMax: number;
  readonly depthMax: number;
  readonly valuesMax: number;
}

export interface JsonMember {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: JsonTree;
}

/** Half-open range of the text, and what stands there. */
export type JsonTree = { readonly start: number; readonly end: number; readonly value: JsonValue } & (
  | { readonly kind: 'scalar' }
  | { readonly kind: 'array'; readonly items: readonly JsonTree[] }
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
);

export type JsonFailure =
  | { readonly reason: 'too-long'; readonly offset: number; readonly limit: number }
  | { readonly reason: 'too-deep'; readonly offset: number; readonly limit: number }
  | { readonly reason: 'too-many'; readonly offset: number; readonly limit: number }
  | { readonly reason: 'forbidden-key'; readonly offset: number; readonly key: string }
  | { readonly reason: 'key-twice'; readonly offset: number; readonly key: string }
  | { readonly reason: 'syntax'; readonly offset: number; readonly found: string };

export type ParsedJson = { readonly tree: JsonTree } | { readonly failure: JsonFailure };

class Stop extends Error {
  readonly failure: JsonFailure;

  constructor(failure: JsonFailure) {
    super(failure.reason);
    this.failure = failure;
  }
}

export function parseJsonTree(text: string, limits: JsonLimits): ParsedJson {
  if (text.length > limits.lengthMax) return { failure: { reason: 'too-long', offset: 0, limit: limits.lengthMax } };
  try {
    return { tree: new Reader(text, limits).document() };
  } catch (error) {
    if (error instanceof Stop) return { failure: error.failure };
    throw error;
  }
}

export function positionAt(text: string, offset: number): SourcePosition {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1, offset };
}

export function memberOf(tree: JsonTree | undefined, key: string): JsonTree | undefined {
  return tree?.kind === 'object' ? tree.members.find((member) => member.key === key)?.value : undefined;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BYTE_ORDER_MARK = 0xfeff;

/** Recursive, which the depth limit makes safe. */
class Reader {
  private readonly text: string;
  private readonly limits: JsonLimits;
  private at = 0;
  private values = 0;

  constructor(text: string, limits: JsonLimits) {
    this.text = text;
    this.limits = limits;
  }

  document(): JsonTree {
    if (this.text.charCodeAt(0) === BYTE_ORDER_MARK) this.at = 1;
    const tree = this.read(0);
    this.skipSpace();
    if (this.at < this.text.length) this.unexpected();
    return tree;
  }

  private read(depth: number): JsonTree {
    this.skipSpace();
    const start = this.at;
    if (depth > this.limits.depthMax) throw new Stop({ reason: 'too-deep', offset: start, limit: this.limits.depthMax });
    if (++this.values > this.limits.valuesMax) throw new Stop({ reason: 'too-many', offset: start, limit: this.limits.valuesMax });
    switch (this.text[start]) {
      case '{':
        return this.readObject(start, depth);
      case '[':
        return this.readArray(start, depth);
      case '"':
        return { kind: 'scalar', start, value: this.readText(), end: this.at };
      case 't':
        return this.readWord(start, 'true', true);
      case 'f':
        return this.readWord(start, 'false', false);
      case 'n':
        return this.readWord(start, 'null', null);
      default:
        return this.readNumber(start);
    }
  }

  private readObject(start: number, depth: number): JsonTree {
    const members: JsonMember[] = [];
    const value: { [key: string]: JsonValue } = {};
    this.at++;
    this.skipSpace();
    while (this.text[this.at] !== '}') {
      if (members.length > 0) this.expect(',');
      const member = this.readMember(value, depth);
      members.push(member);
      value[member.key] = member.value.value;
      this.skipSpace();
    }
    this.at++;
    return { kind: 'object', start, end: this.at, value, members };
  }

  private readMember(before: object, depth: number): JsonMember {
    this.skipSpace();
    const keyStart = this.at;
    if (this.text[keyStart] !== '"') this.unexpected();
    const key = this.readText();
    const keyEnd = this.at;
    if (key === '__proto__') throw new Stop({ reason: 'forbidden-key', offset: keyStart, key });
    if (Object.hasOwn(before, key)) throw new Stop({ reason: 'key-twice', offset: keyStart, key });
    this.expect(':');
    return { key, keyStart, keyEnd, value: this.read(depth + 1) };
  }

  private readArray(start: number, depth: number): JsonTree {
    const items: JsonTree[] = [];
    this.at++;
    this.skipSpace();
    while (this.text[this.at] !== ']') {
      if (items.length > 0) this.expect(',');
      items.push(this.read(depth + 1));
      this.skipSpace();
    }
    this.at++;
    return { kind: 'array', start, end: this.at, value: items.map((item) => item.value), items };
  }

  /** Stops at the first character that cannot stand in a text: a control character, a wrong escape, the end. */
  private readText(): string {
    const start = this.at++;
    let escaped = false;
    for (let code = this.text.charCodeAt(this.at); code !== QUOTE; code = this.text.charCodeAt(this.at)) {
      if (!(code >= 0x20)) this.unexpected();
      if (code === BACKSLASH) {
        escaped = true;
        if (!ESCAPE.test(this.text.slice(this.at + 1, this.at + 6))) this.unexpected();
        this.at++;
      }
      this.at++;
    }
    this.at++;
    const raw = this.text.slice(start, this.at);
    return escaped ? (JSON.parse(raw) as string) : raw.slice(1, -1);
  }

  private readNumber(start: number): JsonTree {
    NUMBER.lastIndex = start;
    const match = NUMBER.exec(this.text);
    if (match === null) return this.unexpected();
    this.at = NUMBER.lastIndex;
    const value = Number(match[0]);
    if (!Number.isFinite(value)) {
      this.at = start;
      this.unexpected();
    }
    return { kind: 'scalar', start, end: this.at, value };
  }

  private readWord(start: number, word: string, value: boolean | null): JsonTree {
    if (!this.text.startsWith(word, start)) this.unexpected();
    this.at = start + word.length;
    return { kind: 'scalar', start, end: this.at, value };
  }

  private expect(character: string): void {
    this.skipSpace();
    if (this.text[this.at] !== character) this.unexpected();
    this.at++;
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  private unexpected(): never {
    const character = this.text.codePointAt(this.at);
    const found = character === undefined ? '' : JSON.stringify(String.fromCodePoint(character));
    throw new Stop({ reason: 'syntax', offset: this.at, found });
  }
}
