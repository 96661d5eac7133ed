/** Colours of TypeScript: a rough lexer, line by line, for the text at rest and for the editor. */
import type { Token, TokenKind } from './highlight.ts';

/** What a line begins inside of. */
export type LineState = 'code' | 'comment' | 'template';

const KEYWORDS = new Set(
  `abstract as async await break case catch class const continue declare default delete do else enum export extends false finally for from function get if
implements import in infer instanceof interface is keyof let new null of private protected public readonly return satisfies set static super switch this throw
true try type typeof undefined var void while yield any bigint boolean never number object string symbol unknown`.split(/\s+/),
);

const TOKEN =
  /(\/\/.*)|(\/\*)|("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)|(`)|(0[xXbBoO][\da-fA-F_]+n?|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?n?)|([A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*)(?=(\s*\()?)/g;

export function tokenizeTypeScript(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let state: LineState = 'code';
  let offset = 0;
  for (const line of text.split('\n')) {
    const found = tokenizeLine(line, state);
    for (const token of found.tokens) tokens.push({ ...token, start: token.start + offset });
    offset += line.length;
    if (offset < text.length) tokens.push({ kind: 'plain', text: '\n', start: offset });
    offset++;
    state = found.state;
  }
  return tokens;
}

export function tokenizeLine(line: string, begun: LineState): { readonly tokens: readonly Token[]; readonly state: LineState } {
  const tokens: Token[] = [];
  const add = (kind: TokenKind, from: number, to: number) => {
    if (to > from) tokens.push({ kind, text: line.slice(from, to), start: from });
  };
  let state = begun;
  let end = 0;
  while (end < line.length) {
    if (state !== 'code') {
      const closed = closingOf(line, end, state);
      add(state === 'comment' ? 'comment' : 'string', end, closed ?? line.length);
      if (closed === null) break;
      end = closed;
      state = 'code';
      continue;
    }
    TOKEN.lastIndex = end;
    const match = TOKEN.exec(line);
    add('plain', end, match?.index ?? line.length);
    if (match === null) break;
    const [whole, comment, opening, string, template, number, word, call] = match;
    end = match.index;
    if (opening !== undefined || template !== undefined) {
      state = opening === undefined ? 'template' : 'comment';
      // The opening itself must not be taken for the end.
      add(state === 'comment' ? 'comment' : 'string', end, end + whole.length);
      end += whole.length;
      continue;
    }
    const kind: TokenKind =
      comment !== undefined
        ? 'comment'
        : string !== undefined
          ? 'string'
          : number !== undefined
            ? 'number'
            : KEYWORDS.has(word)
              ? 'keyword'
              : call === undefined
                ? 'plain'
                : 'function';
    add(kind, end, end + whole.length);
    end += whole.length;
  }
  return { tokens, state };
}

/** Behind the end of a comment or template; null: it goes on in the next line. */
function closingOf(line: string, from: number, state: LineState): number | null {
  if (state === 'comment') {
    const at = line.indexOf('*/', from);
    return at < 0 ? null : at + 2;
  }
  for (let at = from; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === '`') return at + 1;
  }
  return null;
}
