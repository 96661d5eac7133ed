/** The list of nodes as rows, top to bottom: categories with what is in them, or what a search has found. */
import type { NodeCategory } from '../../engine/spec/define-node.ts';
import type { PaletteEntry } from '../document/definitions.ts';
import { paletteCategories, paletteEntries } from '../document/definitions.ts';
import { searchPalette } from './search.ts';

/** `place` is where it stands among the `count` rows beside it, from 1. */
export type PaletteRow = { readonly key: string; readonly level: number; readonly place: number; readonly count: number } & (
  | { readonly kind: 'category'; readonly category: NodeCategory; readonly open: boolean; readonly inside: number }
  | { readonly kind: 'entry'; readonly entry: PaletteEntry }
);

export interface PaletteFilter {
  readonly query: string;
  readonly closed: readonly string[];
  /** Null: not only those. */
  readonly favourites: readonly string[] | null;
}

export function paletteRows({ query, closed, favourites }: PaletteFilter): readonly PaletteRow[] {
  if (query !== '') return entryRows(searchPalette(query), 1);
  const kept = paletteEntries.filter((entry) => favourites === null || favourites.includes(entry.key));
  const categories = paletteCategories
    .map((category) => ({ category, entries: kept.filter((entry) => entry.category === category) }))
    .filter(({ entries }) => entries.length > 0);
  return categories.flatMap(({ category, entries }, at): readonly PaletteRow[] => {
    const open = !closed.includes(category);
    const head: PaletteRow = {
      key: `category ${category}`,
      level: 1,
      place: at + 1,
      count: categories.length,
      kind: 'category',
      category,
      open,
      inside: entries.length,
    };
    return open ? [head, ...entryRows(entries, 2)] : [head];
  });
}

function entryRows(entries: readonly PaletteEntry[], level: number): readonly PaletteRow[] {
  return entries.map((entry, at) => ({ key: entry.key, level, place: at + 1, count: entries.length, kind: 'entry', entry }));
}
