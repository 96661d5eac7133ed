/** Cuts Flink SQL text into tokens with positions; used for type names and for expressions. */

export type TokenKind = 'word' | 'quoted' | 'number' | 'string' | 'binary' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Upper-case keyword for words, decoded content for quoted names and strings, the text itself otherwise. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Why the text cannot be cut into tokens, in both languages. */
export class TokenError extends Error {
  readonly start: number;
  readonly end: number;
  readonly zh: string;

  constructor(start: number, end: number, en: string, zh: string) {
    super(en);
    this.name = 'TokenError';
    this.start = start;
    this.end = end;
    this.zh = zh;
  }
}

const SYMBOLS = ['<>', '<=', '>=', '||', '(', ')', '[', ']', ',', '.', '+', '-', '*', '/', '%', '<', '>', '=', ';', ':', '?'];
const WORD_START = /[\p{L}_]/u;
const WORD = /[\p{L}\p{Nd}\p{Mn}\p{Mc}_$@#]+/uy;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const SPACE = /(?:\s|--[^\n]*|\/\*[\s\S]*?\*\/)+/y;

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const token = nextToken(text, at);
    tokens.push(token);
    at = skipSpace(text, token.end);
  }
  tokens.push({ kind: 'end', value: '', start: text.length, end: text.length });
  return tokens;
}

function skipSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  return SPACE.test(text) ? SPACE.lastIndex : at;
}

function nextToken(text: string, start: number): Token {
  const character = text[start];
  if (character === "'") return quotedToken('string', text, start, start, "'");
  if (character === '`') return quotedToken('quoted', text, start, start, '`');
  if ((character === 'x' || character === 'X') && text[start + 1] === "'") return quotedToken('binary', text, start, start + 1, "'");
  if ((character >= '0' && character <= '9') || (character === '.' && /\d/.test(text[start + 1] ?? ''))) return numberToken(text, start);
  if (WORD_START.test(String.fromCodePoint(text.codePointAt(start) ?? 0))) {
    WORD.lastIndex = start;
    WORD.test(text);
    return { kind: 'word', value: text.slice(start, WORD.lastIndex).toUpperCase(), start, end: WORD.lastIndex };
  }
  const symbol = SYMBOLS.find((candidate) => text.startsWith(candidate, start));
  if (symbol !== undefined) return { kind: 'symbol', value: symbol, start, end: start + symbol.length };
  throw strayCharacter(text, start);
}

function numberToken(text: string, start: number): Token {
  NUMBER.lastIndex = start;
  NUMBER.test(text);
  const end = NUMBER.lastIndex;
  return { kind: 'number', value: text.slice(start, end), start, end };
}

/** Reads from the opening quote at `open`; a doubled quote stands for one. */
function quotedToken(kind: 'string' | 'quoted' | 'binary', text: string, start: number, open: number, quote: string): Token {
  let value = '';
  let from = open + 1;
  for (;;) {
    const close = text.indexOf(quote, from);
    if (close < 0) throw new TokenError(start, text.length, `the ${quote} opened here is never closed`, `此处的 ${quote} 没有结束`);
    value += text.slice(from, close);
    if (text[close + 1] !== quote) return { kind, value, start, end: close + 1 };
    value += quote;
    from = close + 2;
  }
}

function strayCharacter(text: string, start: number): TokenError {
  const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
  const end = start + character.length;
  if (character === '"')
    return new TokenError(start, end, 'text is quoted with \' and names with `, not with "', '文本用单引号，名称用反引号，不能用双引号');
  if (character === '!') return new TokenError(start, end, 'write <> for "not equal"', '“不等于”请写成 <>');
  return new TokenError(start, end, `"${character}" has no meaning here`, `“${character}”在此没有意义`);
}

/** A position in a list of tokens, with the few questions a recursive-descent parser asks. */
export class TokenCursor {
  private at = 0;
  readonly text: string;
  private readonly tokens: readonly Token[];

  constructor(text: string) {
    this.text = text;
    this.tokens = tokenize(text);
  }

  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)];
  }

  next(): Token {
    const token = this.peek();
    if (this.at < this.tokens.length - 1) this.at++;
    return token;
  }

  /** End of the last token that was taken. */
  lastEnd(): number {
    return this.at === 0 ? 0 : this.tokens[this.at - 1].end;
  }

  isWord(value: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'word' && token.value === value;
  }

  isSymbol(value: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'symbol' && token.value === value;
  }

  takeWord(value: string): boolean {
    if (!this.isWord(value)) return false;
    this.next();
    return true;
  }

  takeSymbol(value: string): boolean {
    if (!this.isSymbol(value)) return false;
    this.next();
    return true;
  }

  expectWord(value: string): Token {
    if (this.isWord(value)) return this.next();
    throw this.unexpected(value);
  }

  expectSymbol(value: string): Token {
    if (this.isSymbol(value)) return this.next();
    throw this.unexpected(`"${value}"`);
  }

  /** The name at the cursor as it was written: a quoted name keeps its content, a bare word its letters. */
  nameText(token: Token): string {
    return token.kind === 'word' ? this.text.slice(token.start, token.end) : token.value;
  }

  /** `wantedZh` is the same phrase in Chinese; SQL words and symbols need none. */
  unexpected(wanted: string, wantedZh = wanted): TokenError {
    const token = this.peek();
    const neededZh = startsLatin(wantedZh) ? `需要 ${wantedZh}` : `需要${wantedZh}`;
    if (token.kind === 'end') {
      return new TokenError(token.start, token.end, `the text ends where ${wanted} is expected`, `文本在此结束，但这里${neededZh}`);
    }
    const found = this.text.slice(token.start, token.end);
    return new TokenError(token.start, token.end, `${wanted} is expected here, not ${found}`, `此处${neededZh}，而不是 ${found}`);
  }
}

/** Chinese stands apart from Latin letters and quotes, not from itself. */
function startsLatin(text: string): boolean {
  return text.charCodeAt(0) < 0x80;
}
