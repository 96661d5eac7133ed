/** Walks a pattern's code points and keeps the flags that are in force. */
import type { CaseRule } from './character-set.ts';

export interface PatternFlags {
  ignoreCase: boolean;
  unixLines: boolean;
  multiline: boolean;
  dotAll: boolean;
  unicodeCase: boolean;
  comments: boolean;
  unicodeClasses: boolean;
}

const NO_FLAGS: PatternFlags = {
  ignoreCase: false,
  unixLines: false,
  multiline: false,
  dotAll: false,
  unicodeCase: false,
  comments: false,
  unicodeClasses: false,
};

/** `\Q…\E` becomes escaped characters before anything else looks at the pattern, as in Java. */
function unquote(pattern: string): string {
  if (!pattern.includes('\\Q')) return pattern;
  let result = '';
  let index = 0;
  while (index < pattern.length) {
    if (!pattern.startsWith('\\Q', index)) {
      const width = pattern[index] === '\\' ? 2 : 1;
      result += pattern.slice(index, index + width);
      index += width;
      continue;
    }
    const end = pattern.indexOf('\\E', index + 2);
    const quoted = pattern.slice(index + 2, end < 0 ? pattern.length : end);
    result += quoted.replace(/[\0-/:-@[-`{-\x7f]/g, '\\$&').replace(/[0-9]/g, (digit) => `\\x3${digit}`);
    index = end < 0 ? pattern.length : end + 2;
  }
  return result;
}

export class PatternReader {
  readonly flags: PatternFlags = { ...NO_FLAGS };
  readonly groupNames = new Map<string, number>();
  private readonly points: readonly string[];
  private index = 0;

  constructor(pattern: string) {
    this.points = Array.from(unquote(pattern));
  }

  /** The character `offset` places ahead, an empty string past the end. */
  peek(offset = 0): string {
    return this.points[this.index + offset] ?? '';
  }

  next(): string {
    return this.points[this.index++] ?? '';
  }

  nextPoint(): number {
    return this.next().codePointAt(0) ?? -1;
  }

  accept(character: string): boolean {
    if (this.peek() !== character) return false;
    this.index++;
    return true;
  }

  /** Text up to `end`, which is read too; `undefined` when `end` does not come. */
  readUntil(end: string): string | undefined {
    const stop = this.points.indexOf(end, this.index);
    if (stop < 0) return undefined;
    const text = this.points.slice(this.index, stop).join('');
    this.index = stop + 1;
    return text;
  }

  /** With (?x), blanks and `#` comments are skipped, inside classes too. */
  skipComments(): void {
    if (!this.flags.comments) return;
    for (;;) {
      if (/^[ \t\n\u000b\f\r]$/.test(this.peek())) this.index++;
      else if (this.peek() === '#') while (this.peek() !== '' && !/^[\n\r\u0085\u2028\u2029]$/.test(this.peek())) this.index++;
      else return;
    }
  }

  caseRule(): CaseRule {
    if (!this.flags.ignoreCase) return 'exact';
    return this.flags.unicodeCase ? 'unicode' : 'ascii';
  }
}
