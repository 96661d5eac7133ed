/** Splits a Flink SQL script into tokens by the rules of its lexer, so that tests can see what is a literal, a name or code. */

export interface SqlToken {
  readonly kind: 'text' | 'name' | 'comment' | 'code';
  /** Literals and names without quotes, escapes resolved. */
  readonly value: string;
}

/** Comments are one token each, so that nothing of them can hide. */
export function tokenizeFlinkSql(script: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < script.length) {
    const character = script[at];
    if (/\s/.test(character)) at++;
    else if (script.startsWith('--', at)) {
      const end = script.slice(at).search(/[\r\n]/);
      const stop = end < 0 ? script.length : at + end;
      tokens.push({ kind: 'comment', value: script.slice(at, stop) });
      at = stop;
    } else if (script.startsWith('/*', at)) {
      tokens.push({ kind: 'comment', value: '/*' });
      at = script.indexOf('*/', at) + 2;
    } else if (character === "'" || character === '`') {
      const end = closing(script, at);
      const value = script.slice(at + 1, end).replaceAll(character + character, character);
      tokens.push({ kind: character === "'" ? 'text' : 'name', value });
      at = end + 1;
    } else {
      const word = /^[\w.]+|^./su.exec(script.slice(at, at + 200))?.[0] ?? character;
      tokens.push({ kind: 'code', value: word });
      at += word.length;
    }
  }
  return tokens;
}

/** Index of the quote that ends what begins at `start`; a doubled quote does not. */
function closing(script: string, start: number): number {
  const quote = script[start];
  let at = start + 1;
  for (;;) {
    const next = script.indexOf(quote, at);
    if (next < 0) throw new Error(`nothing closes ${quote} at ${start}`);
    if (script[next + 1] !== quote) return next;
    at = next + 2;
  }
}
