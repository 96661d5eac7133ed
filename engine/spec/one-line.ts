/** Text of any shape as one line of a card. */
const LENGTH_MAX = 200;

export function oneLine(words: string): string {
  const line = words.trim().replaceAll(/\s+/g, ' ');
  return line.length <= LENGTH_MAX ? line : `${line.slice(0, LENGTH_MAX - 1)}…`;
}
