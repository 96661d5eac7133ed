/** Reads JSON as Jackson does by default: exact numbers, the last of equal keys, and whatever follows the first value ignored. */

/** A number with its text, because `1.50` and `1.5` are different answers. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type JsonTree = null | boolean | string | JsonNumber | readonly JsonTree[] | ReadonlyMap<string, JsonTree>;

export class JsonTextError extends Error {}

/** Jackson's own limit of nesting. */
const DEPTH_MAX = 1000;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

class JsonReader {
  private readonly text: string;
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  readRoot(): JsonTree {
    this.skipBlanks();
    const value = this.readValue();
    const next = this.text[this.at];
    const separate =
      next === undefined || /^[ \t\r\n]$/.test(next) || typeof value === 'string' || Array.isArray(value) || value instanceof Map;
    if (!separate) this.fail();
    return value;
  }

  private fail(): never {
    throw new JsonTextError(`not JSON at character ${this.at + 1}`);
  }

  private skipBlanks(): void {
    while (this.at < this.text.length && ' \t\r\n'.includes(this.text[this.at])) this.at++;
  }

  private readValue(): JsonTree {
    switch (this.text[this.at]) {
      case '{':
        return this.readObject();
      case '[':
        return this.readArray();
      case '"':
        return this.readString();
      case 't':
        return this.readWord('true', true);
      case 'f':
        return this.readWord('false', false);
      case 'n':
        return this.readWord('null', null);
      default:
        return this.readNumber();
    }
  }

  private readWord<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) this.fail();
    this.at += word.length;
    return value;
  }

  private readNumber(): JsonNumber {
    NUMBER.lastIndex = this.at;
    const found = NUMBER.exec(this.text)?.[0];
    if (found === undefined || /[\d.eE]/.test(this.text[this.at + found.length] ?? '')) this.fail();
    this.at += found.length;
    return new JsonNumber(found);
  }

  private readString(): string {
    let start = ++this.at;
    let result = '';
    for (;;) {
      const unit = this.text.charCodeAt(this.at);
      if (!(unit >= 32)) this.fail();
      if (unit === 34) break;
      if (unit === 92) {
        result += this.text.slice(start, this.at) + this.readEscape();
        start = this.at;
      } else this.at++;
    }
    result += this.text.slice(start, this.at);
    this.at++;
    return result;
  }

  private readEscape(): string {
    const letter = this.text[this.at + 1] ?? '';
    const digits = this.text.slice(this.at + 2, this.at + 6);
    if (letter === 'u' && /^[0-9A-Fa-f]{4}$/.test(digits)) {
      this.at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    if (!Object.hasOwn(ESCAPES, letter)) this.fail();
    this.at += 2;
    return ESCAPES[letter];
  }

  private enter(): void {
    this.at++;
    if (++this.depth > DEPTH_MAX) throw new JsonTextError(`JSON is nested deeper than ${DEPTH_MAX}`);
    this.skipBlanks();
  }

  /** True when the container goes on after a comma; false when `close` has been read. */
  private goesOn(close: string): boolean {
    this.skipBlanks();
    const character = this.text[this.at++];
    if (character === close) {
      this.depth--;
      return false;
    }
    if (character !== ',') {
      this.at--;
      this.fail();
    }
    this.skipBlanks();
    return true;
  }

  private readArray(): JsonTree[] {
    const items: JsonTree[] = [];
    this.enter();
    if (this.text[this.at] === ']') {
      this.at++;
      this.depth--;
      return items;
    }
    do items.push(this.readValue());
    while (this.goesOn(']'));
    return items;
  }

  private readObject(): Map<string, JsonTree> {
    const fields = new Map<string, JsonTree>();
    this.enter();
    if (this.text[this.at] === '}') {
      this.at++;
      this.depth--;
      return fields;
    }
    do {
      if (this.text[this.at] !== '"') this.fail();
      const name = this.readString();
      this.skipBlanks();
      if (this.text[this.at] !== ':') this.fail();
      this.at++;
      this.skipBlanks();
      fields.set(name, this.readValue());
    } while (this.goesOn('}'));
    return fields;
  }
}

/** Throws JsonTextError for text that is not JSON. */
export function readJson(text: string): JsonTree {
  return new JsonReader(text).readRoot();
}
