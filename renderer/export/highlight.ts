/** Colours of an expression or row of code: a rough lexer, for reading only. */

export type TokenKind = 'keyword' | 'function' | 'string' | 'number' | 'comment' | 'plain';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
}

const KEYWORDS = new Set(
  `AND OR NOT IS NULL TRUE FALSE UNKNOWN CASE WHEN THEN ELSE END CAST TRY_CAST AS LIKE ESCAPE SIMILAR TO IN BETWEEN SYMMETRIC DISTINCT FROM INTERVAL
YEAR MONTH DAY HOUR MINUTE SECOND DATE TIME TIMESTAMP BOOLEAN TINYINT SMALLINT INT INTEGER BIGINT FLOAT DOUBLE DECIMAL STRING CHAR VARCHAR BYTES BINARY VARBINARY
ARRAY MAP ROW TIMESTAMP_LTZ FOR LEADING TRAILING BOTH`.split(/\s+/),
);

const TOKEN =
  /(--[^\n]*)|('(?:[^']|'')*'?|"(?:[^"\\]|\\.)*"?)|(`(?:[^`]|``)*`?)|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)(\s*\()?/g;

export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > end) tokens.push({ kind: 'plain', text: text.slice(end, match.index), start: end });
    const [whole, comment, string, quoted, number, word, call] = match;
    const length = word === undefined ? whole.length : word.length;
    const kind: TokenKind =
      comment !== undefined
        ? 'comment'
        : string !== undefined
          ? 'string'
          : number !== undefined
            ? 'number'
            : quoted !== undefined
              ? 'plain'
              : KEYWORDS.has(word.toUpperCase())
                ? 'keyword'
                : call !== undefined
                  ? 'function'
                  : 'plain';
    tokens.push({ kind, text: whole.slice(0, length), start: match.index });
    if (length < whole.length) tokens.push({ kind: 'plain', text: whole.slice(length), start: match.index + length });
    end = match.index + whole.length;
  }
  if (end < text.length) tokens.push({ kind: 'plain', text: text.slice(end), start: end });
  return tokens;
}
