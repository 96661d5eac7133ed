/** Finding words in a text: where each stands, and an excerpt with what surrounds the first. */

export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Excerpt {
  readonly text: string;
  readonly ranges: readonly Range[];
}

const BEFORE = 18;
const LENGTH = 64;

/** Lower-case words of a query. */
export function queryTerms(query: string): readonly string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/** One range per word, in the order of the text; null unless every word is there. `lower` is the text in lower case. */
export function rangesIn(lower: string, terms: readonly string[]): readonly Range[] | null {
  const ranges: Range[] = [];
  for (const term of terms) {
    const start = startOf(lower, term);
    if (start < 0) return null;
    ranges.push({ start, end: start + term.length });
  }
  return merge(ranges);
}

/** The beginning of a word before any other place. */
function startOf(lower: string, term: string): number {
  const first = lower.indexOf(term);
  for (let at = first; at > 0; at = lower.indexOf(term, at + 1)) {
    if (/[^\p{L}\p{N}]/u.test(lower[at - 1])) return at;
  }
  return first;
}

/** 0: at the start; 1: at the start of a word; 2: inside one. */
export function rankOf(lower: string, ranges: readonly Range[]): number {
  const { start } = ranges[0] ?? { start: 0 };
  return start === 0 ? 0 : /[^\p{L}\p{N}]/u.test(lower[start - 1]) ? 1 : 2;
}

/** A long text is cut around its first range. */
export function excerptOf(text: string, ranges: readonly Range[]): Excerpt {
  const flat = text.replace(/\s/g, ' ');
  if (flat.length <= LENGTH) return { text: flat, ranges };
  const from = Math.max(0, Math.min((ranges[0]?.start ?? 0) - BEFORE, flat.length - LENGTH));
  const to = Math.min(flat.length, from + LENGTH);
  const before = from > 0 ? '…' : '';
  const shift = before.length - from;
  return {
    text: `${before}${flat.slice(from, to)}${to < flat.length ? '…' : ''}`,
    ranges: ranges
      .filter((range) => range.start < to && range.end > from)
      .map((range) => ({ start: Math.max(range.start, from) + shift, end: Math.min(range.end, to) + shift })),
  };
}

function merge(ranges: readonly Range[]): readonly Range[] {
  const merged: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && range.start <= last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else merged.push(range);
  }
  return merged;
}
