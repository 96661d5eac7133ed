/** Reads a java.text.SimpleDateFormat pattern into its parts. */

export type SimplePart = { readonly letter: string; readonly count: number } | { readonly text: string };

/** The pattern is not valid; the message says why. */
export class SimpleDatePatternError extends Error {}

const LETTERS = 'GyMdkHmsSEDFwWahKzZYuXL';

export function compileSimplePattern(pattern: string): readonly SimplePart[] {
  const parts: SimplePart[] = [];
  const literal = (text: string) => {
    const last = parts[parts.length - 1];
    if (last !== undefined && 'text' in last) parts[parts.length - 1] = { text: last.text + text };
    else parts.push({ text });
  };
  let index = 0;
  let quoted = false;
  while (index < pattern.length) {
    const character = pattern[index];
    if (character === "'") {
      if (pattern[index + 1] === "'") {
        literal("'");
        index += 2;
        continue;
      }
      quoted = !quoted;
      index++;
    } else if (quoted || !/^[A-Za-z]$/.test(character)) {
      literal(character);
      index++;
    } else {
      if (!LETTERS.includes(character)) throw new SimpleDatePatternError(`illegal pattern character '${character}'`);
      let count = 1;
      while (pattern[index + count] === character) count++;
      if (character === 'X' && count > 3) throw new SimpleDatePatternError(`invalid ISO 8601 format: length=${count}`);
      parts.push({ letter: character, count });
      index += count;
    }
  }
  if (quoted) throw new SimpleDatePatternError('unterminated quote');
  return parts;
}
