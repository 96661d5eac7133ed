/**
 * The Markdown of notes, read into plain values: headings, paragraphs, lists, code; in a line bold, italics, code and
 * links. What is not one of these stays text, so nothing a note says can become anything else.
 */

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly address: string; readonly children: readonly Inline[] };

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly children: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string };

/** Emphasis inside emphasis; deeper stays text. */
const DEPTH_MAX = 4;
const LINES_MAX = 400;
const ADDRESS = /^(https?:\/\/|mailto:)[^\s<>"]+$/i;
const ITEM = /^\s{0,6}(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;
const HEADING = /^(#{1,3})\s+(.*?)\s*#*\s*$/;
const FENCE = /^\s{0,3}```/;

export function parseMarkdown(text: string): readonly Block[] {
  const lines = text.split(/\r\n|\r|\n/).slice(0, LINES_MAX);
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    if (line.trim() === '') {
      at++;
    } else if (FENCE.test(line)) {
      const end = lines.findIndex((candidate, index) => index > at && FENCE.test(candidate));
      const last = end < 0 ? lines.length : end;
      blocks.push({ kind: 'code', text: lines.slice(at + 1, last).join('\n') });
      at = last + 1;
    } else {
      const heading = HEADING.exec(line);
      const item = ITEM.exec(line);
      const taken = heading !== null ? 1 : countWhile(lines, at, (candidate) => continues(candidate, item !== null));
      if (heading !== null) blocks.push({ kind: 'heading', level: levelOf(heading[1]), children: parseInline(heading[2]) });
      else if (item !== null) blocks.push({ kind: 'list', ordered: item[1] !== undefined, items: items(lines.slice(at, at + taken)) });
      else blocks.push({ kind: 'paragraph', lines: lines.slice(at, at + taken).map((each) => parseInline(each)) });
      at += taken;
    }
  }
  return blocks;
}

export function parseInline(text: string, depth = 0): readonly Inline[] {
  const found: Inline[] = [];
  let plain = '';
  let at = 0;
  const flush = () => {
    if (plain !== '') found.push({ kind: 'text', text: plain });
    plain = '';
  };
  while (at < text.length) {
    const special = depth < DEPTH_MAX ? readSpecial(text, at, depth) : null;
    if (special === null) {
      plain += text[at];
      at++;
    } else {
      flush();
      found.push(special.inline);
      at = special.end;
    }
  }
  flush();
  return found;
}

interface Special {
  readonly inline: Inline;
  readonly end: number;
}

function readSpecial(text: string, at: number, depth: number): Special | null {
  switch (text[at]) {
    case '\\':
      return /[\\`*_[\]#-]/.test(text[at + 1] ?? '') ? { inline: { kind: 'text', text: text[at + 1] }, end: at + 2 } : null;
    case '`':
      return readCode(text, at);
    case '*':
    case '_':
      return readEmphasis(text, at, depth);
    case '[':
      return readLink(text, at, depth);
    default:
      return null;
  }
}

function readCode(text: string, at: number): Special | null {
  const end = text.indexOf('`', at + 1);
  return end <= at + 1 ? null : { inline: { kind: 'code', text: text.slice(at + 1, end) }, end: end + 1 };
}

/** Marks inside a word, as in snake_case, are letters. */
function readEmphasis(text: string, at: number, depth: number): Special | null {
  const mark = text[at];
  const double = text[at + 1] === mark;
  const marks = double ? mark + mark : mark;
  const start = at + marks.length;
  if (/\s/.test(text[start] ?? ' ') || (mark === '_' && /\w/.test(text[at - 1] ?? ''))) return null;
  let end = text.indexOf(marks, start + 1);
  while (end > 0 && (/\s/.test(text[end - 1]) || (mark === '_' && /\w/.test(text[end + marks.length] ?? ''))))
    end = text.indexOf(marks, end + 1);
  if (end < 0) return null;
  return {
    inline: { kind: double ? 'strong' : 'emphasis', children: parseInline(text.slice(start, end), depth + 1) },
    end: end + marks.length,
  };
}

/** Only addresses of the web and of mail; a note cannot carry a script. */
function readLink(text: string, at: number, depth: number): Special | null {
  const middle = text.indexOf('](', at);
  const end = middle < 0 ? -1 : text.indexOf(')', middle);
  if (end < 0) return null;
  const address = text.slice(middle + 2, end).trim();
  if (!ADDRESS.test(address)) return null;
  const label = text.slice(at + 1, middle);
  return { inline: { kind: 'link', address, children: parseInline(label === '' ? address : label, depth + 1) }, end: end + 1 };
}

function items(lines: readonly string[]): readonly (readonly Inline[])[] {
  const texts: string[] = [];
  for (const line of lines) {
    const item = ITEM.exec(line);
    if (item !== null) texts.push(item[2]);
    else texts[texts.length - 1] += ` ${line.trim()}`;
  }
  return texts.map((text) => parseInline(text));
}

function continues(line: string, inList: boolean): boolean {
  return line.trim() !== '' && !FENCE.test(line) && !HEADING.test(line) && (inList || !ITEM.test(line));
}

function countWhile(lines: readonly string[], from: number, holds: (line: string) => boolean): number {
  let count = 1;
  while (from + count < lines.length && holds(lines[from + count])) count++;
  return count;
}

function levelOf(marks: string): 1 | 2 | 3 {
  return marks.length === 1 ? 1 : marks.length === 2 ? 2 : 3;
}
