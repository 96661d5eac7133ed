/** Finds palette entries by any word of theirs, names first. */

import type { PaletteEntry } from '../document/definitions.ts';
import { paletteEntries } from '../document/definitions.ts';

export function searchPalette(query: string): readonly PaletteEntry[] {
  const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (terms.length === 0) return paletteEntries;
  return paletteEntries
    .map((entry) => ({ entry, rank: rankOf(entry, terms) }))
    .filter((found) => found.rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank)
    .map((found) => found.entry);
}

function rankOf(entry: PaletteEntry, terms: readonly string[]): number {
  const names = [entry.label.en.toLowerCase(), entry.label.zh.toLowerCase()];
  // Words that stand together, as "group by", are meant more than the same words apart.
  const phrase = terms.join(' ');
  let rank = entry.haystack.includes(phrase) || names.some((name) => name.includes(phrase)) ? -2 * terms.length : 0;
  for (const term of terms) {
    if (names.some((name) => name.startsWith(term))) rank += 0;
    else if (names.some((name) => name.includes(term))) rank += 1;
    else if (entry.haystack.includes(term)) rank += 2;
    else return Number.POSITIVE_INFINITY;
  }
  return rank;
}

const SUGGESTIONS = 3;

/** For words that match nothing: entries with the likest words, else the first of the commonest kinds. */
export function suggestEntries(query: string): readonly PaletteEntry[] {
  const parts = pairsOf(query.toLowerCase());
  const scored = paletteEntries
    .map((entry) => ({ entry, score: Math.max(0, ...entry.haystack.split(/[\s,.()/-]+/).map((word) => likeness(parts, pairsOf(word)))) }))
    .sort((a, b) => b.score - a.score);
  const like = scored.filter(({ score }) => score > 0.25);
  return (like.length > 0 ? like : scored).slice(0, SUGGESTIONS).map(({ entry }) => entry);
}

/** Letters two by two, word for word. */
function pairsOf(text: string): ReadonlySet<string> {
  return new Set(
    text
      .split(/\s+/)
      .flatMap((word) => Array.from({ length: Math.max(0, word.length - 1) }, (_pair, index) => word.slice(index, index + 2))),
  );
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((pair) => b.has(pair)).length;
  return shared === 0 ? 0 : (2 * shared) / (a.size + b.size);
}
