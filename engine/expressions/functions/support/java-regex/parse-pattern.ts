/** Reads a java.util.regex pattern (JDK 17's grammar) into its syntax tree. */
import { complement, EVERYTHING, LINE_TERMINATOR, NEWLINE, setWhere, singlePoint, VERTICAL_SPACE } from './character-set.ts';
import { lookBehindReach } from './look-behind.ts';
import { parseClass } from './parse-class.ts';
import { parseEscape } from './parse-escape.ts';
import type { PatternFlags } from './pattern-reader.ts';
import { PatternReader } from './pattern-reader.ts';
import type { PatternNode, PatternSyntax, RepeatMode } from './syntax.ts';
import { isBasic, PatternSyntaxError } from './syntax.ts';

/** Nesting deeper than this is refused instead of overflowing the stack. */
const DEPTH_MAX = 250;

const FLAG_NAMES: Readonly<Record<string, readonly (keyof PatternFlags)[]>> = {
  i: ['ignoreCase'],
  d: ['unixLines'],
  m: ['multiline'],
  s: ['dotAll'],
  u: ['unicodeCase'],
  x: ['comments'],
  U: ['unicodeClasses', 'unicodeCase'],
};

const ANY_BUT_TERMINATOR = complement(LINE_TERMINATOR);
const ANY_BUT_NEWLINE = complement(NEWLINE);

/** \R is \r\n or any one vertical space. */
const LINE_BREAK: PatternNode = {
  kind: 'choice',
  options: [
    {
      kind: 'sequence',
      items: [
        { kind: 'set', set: setWhere((point) => point === 13) },
        { kind: 'set', set: NEWLINE },
      ],
    },
    { kind: 'set', set: VERTICAL_SPACE },
  ],
};

class PatternParser {
  private readonly reader: PatternReader;
  private groups = 0;
  private depth = 0;
  hasReferences = false;

  constructor(pattern: string) {
    this.reader = new PatternReader(pattern);
  }

  get groupCount(): number {
    return this.groups;
  }

  parse(): PatternNode {
    const root = this.parseChoice();
    if (this.reader.peek() === ')') throw new PatternSyntaxError("Unmatched closing ')'");
    return root;
  }

  private parseChoice(): PatternNode {
    if (++this.depth > DEPTH_MAX) throw new PatternSyntaxError(`groups are nested deeper than ${DEPTH_MAX}`);
    const options = [this.parseSequence()];
    while (this.reader.accept('|')) options.push(this.parseSequence());
    this.depth--;
    return options.length === 1 ? options[0] : { kind: 'choice', options };
  }

  private parseSequence(): PatternNode {
    const items: PatternNode[] = [];
    for (;;) {
      this.reader.skipComments();
      const character = this.reader.peek();
      if (character === '' || character === '|' || character === ')') break;
      const atom = this.parseAtom();
      if (atom !== undefined) items.push(this.parseRepeats(atom));
    }
    return items.length === 1 ? items[0] : { kind: 'sequence', items };
  }

  /** `undefined` for a flag setting such as (?i), which is no node. */
  private parseAtom(): PatternNode | undefined {
    const { flags } = this.reader;
    /** Java reads a brace without anything before it as a repetition of nothing. */
    if (this.reader.peek() === '{') return { kind: 'sequence', items: [] };
    const character = this.reader.next();
    switch (character) {
      case '*':
      case '+':
      case '?':
        throw new PatternSyntaxError(`Dangling meta character '${character}'`);
      case '.':
        if (flags.dotAll) return { kind: 'set', set: EVERYTHING };
        return { kind: 'set', set: flags.unixLines ? ANY_BUT_NEWLINE : ANY_BUT_TERMINATOR };
      case '^':
        if (!flags.multiline) return { kind: 'assertion', assertion: 'input start' };
        return { kind: 'assertion', assertion: flags.unixLines ? 'line start (unix)' : 'line start' };
      case '$': {
        const place = flags.multiline ? 'line end' : 'final line end';
        return { kind: 'assertion', assertion: flags.unixLines ? `${place} (unix)` : place };
      }
      case '[':
        return { kind: 'set', set: parseClass(this.reader) };
      case '(':
        return this.parseGroup();
      case '\\':
        return this.parseEscaped();
      default:
        return { kind: 'set', set: singlePoint(character.codePointAt(0) ?? 0, this.reader.caseRule()) };
    }
  }

  private parseEscaped(): PatternNode {
    const escape = parseEscape(this.reader, false);
    if ('point' in escape) return { kind: 'set', set: singlePoint(escape.point, this.reader.caseRule()) };
    if ('set' in escape) return { kind: 'set', set: escape.set };
    if ('assertion' in escape) return { kind: 'assertion', assertion: escape.assertion };
    if ('lineBreak' in escape) return LINE_BREAK;
    this.hasReferences = true;
    if ('name' in escape) {
      const group = this.reader.groupNames.get(escape.name);
      if (group === undefined) throw new PatternSyntaxError(`named capturing group <${escape.name}> does not exist`);
      return { kind: 'reference', group, rule: this.reader.caseRule() };
    }
    return { kind: 'reference', group: this.extendReference(escape.reference), rule: this.reader.caseRule() };
  }

  /** Further digits belong to the number as long as a group of that number has been opened. */
  private extendReference(first: number): number {
    let group = first;
    while (/^[0-9]$/.test(this.reader.peek())) {
      const longer = group * 10 + Number(this.reader.peek());
      if (longer > this.groups) break;
      group = longer;
      this.reader.next();
    }
    return group;
  }

  private parseGroup(): PatternNode | undefined {
    const saved = { ...this.reader.flags };
    const node = this.reader.accept('?') ? this.parseSpecialGroup(saved) : this.parseCapture(undefined);
    if (node !== undefined) Object.assign(this.reader.flags, saved);
    return node;
  }

  private parseSpecialGroup(saved: PatternFlags): PatternNode | undefined {
    const { reader } = this;
    if (reader.accept(':')) return this.closed(this.parseChoice());
    if (reader.accept('=')) return { kind: 'look', ahead: true, negative: false, body: this.closed(this.parseChoice()) };
    if (reader.accept('!')) return { kind: 'look', ahead: true, negative: true, body: this.closed(this.parseChoice()) };
    if (reader.accept('>')) return { kind: 'atomic', body: this.closed(this.parseChoice()) };
    if (!reader.accept('<')) return this.parseFlags(saved);
    if (reader.peek() === '=' || reader.peek() === '!') return this.parseBehind(reader.next() === '!');
    const name = reader.readUntil('>');
    if (name === undefined || !/^[A-Za-z][A-Za-z0-9]*$/.test(name)) throw new PatternSyntaxError('bad name of a capturing group');
    if (reader.groupNames.has(name)) throw new PatternSyntaxError(`Named capturing group <${name}> is already defined`);
    return this.parseCapture(name);
  }

  private parseBehind(negative: boolean): PatternNode {
    const body = this.closed(this.parseChoice());
    if (lookBehindReach(body) === undefined) throw new PatternSyntaxError('Look-behind group does not have an obvious maximum length');
    return { kind: 'look', ahead: false, negative, body };
  }

  private parseCapture(name: string | undefined): PatternNode {
    const index = ++this.groups;
    if (name !== undefined) this.reader.groupNames.set(name, index);
    return { kind: 'group', index, body: this.closed(this.parseChoice()) };
  }

  private closed(node: PatternNode): PatternNode {
    this.reader.skipComments();
    if (!this.reader.accept(')')) throw new PatternSyntaxError('Unclosed group');
    return node;
  }

  /** (?i) holds to the end of the enclosing group, (?i:…) only inside. */
  private parseFlags(saved: PatternFlags): PatternNode | undefined {
    const { reader } = this;
    let on = true;
    for (;;) {
      const character = reader.next();
      if (character === ')') return undefined;
      if (character === ':') {
        const node = this.closed(this.parseChoice());
        Object.assign(reader.flags, saved);
        return node;
      }
      if (character === '-' && on) on = false;
      else if (Object.hasOwn(FLAG_NAMES, character)) for (const flag of FLAG_NAMES[character]) reader.flags[flag] = on;
      else throw new PatternSyntaxError('Unknown inline modifier');
    }
  }

  private parseRepeats(atom: PatternNode): PatternNode {
    this.reader.skipComments();
    const bounds = this.parseBounds();
    if (bounds === undefined) return atom;
    let mode: RepeatMode = 'greedy';
    if (this.reader.accept('?')) mode = 'lazy';
    else if (this.reader.accept('+')) mode = 'possessive';
    return { kind: 'repeat', body: atom, min: bounds.min, max: bounds.max, mode };
  }

  private parseBounds(): { readonly min: number; readonly max: number } | undefined {
    const { reader } = this;
    if (reader.accept('*')) return { min: 0, max: Infinity };
    if (reader.accept('+')) return { min: 1, max: Infinity };
    if (reader.accept('?')) return { min: 0, max: 1 };
    if (!reader.accept('{')) return undefined;
    const text = reader.readUntil('}');
    const found = /^(\d+)(?:(,)(\d*))?$/.exec(text ?? '');
    if (found === null) throw new PatternSyntaxError('Illegal repetition');
    const min = Number(found[1]);
    let max = min;
    if (found[2] !== undefined) max = found[3] === '' ? Infinity : Number(found[3]);
    if (min > 2147483647 || (max !== Infinity && max > 2147483647)) throw new PatternSyntaxError('Illegal repetition range');
    if (max < min) throw new PatternSyntaxError('Illegal repetition range');
    return { min, max };
  }
}

/** Throws PatternSyntaxError where java.util.regex would, PatternUnsupportedError for the few things not built. */
export function parsePattern(pattern: string): PatternSyntax {
  const parser = new PatternParser(pattern);
  const root = parser.parse();
  return { root, groups: parser.groupCount, hasReferences: parser.hasReferences, basic: isBasic(root) };
}
