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
  let rank = 0;
  for (const term of terms) {
    if (names.some((name) => name.startsWith(term))) rank += 0;
    else if (names.some((name) => name.includes(term))) rank += 1;
    else if (entry.haystack.includes(term)) rank += 2;
    else return Number.POSITIVE_INFINITY;
  }
  return rank;
}
