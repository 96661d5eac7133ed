/** What the list of nodes shows: categories that fold, favourites alone, and what a search has found. */
import { expect, test } from 'vitest';
import { paletteCategories, paletteEntries } from '../document/definitions.ts';
import { paletteRows } from './palette-rows.ts';

const everything = { query: '', closed: [], favourites: null };

test('every entry stands under its category, counted', () => {
  const rows = paletteRows(everything);
  expect(rows).toHaveLength(paletteCategories.length + paletteEntries.length);
  const first = paletteEntries.filter((entry) => entry.category === paletteCategories[0]);
  expect(rows[0]).toMatchObject({
    kind: 'category',
    level: 1,
    place: 1,
    count: paletteCategories.length,
    inside: first.length,
    open: true,
  });
  expect(rows[1]).toMatchObject({ kind: 'entry', level: 2, place: 1, count: first.length, key: first[0].key });
});

test('a folded category keeps its head', () => {
  expect(paletteRows({ ...everything, closed: paletteCategories }).map((row) => row.kind)).toEqual(paletteCategories.map(() => 'category'));
});

test('of favourites alone, categories without one are left out', () => {
  const favourite = paletteEntries[paletteEntries.length - 1];
  const rows = paletteRows({ ...everything, favourites: [favourite.key] });
  expect(rows.map((row) => row.key)).toEqual([`category ${favourite.category}`, favourite.key]);
});

test('a search finds entries without their categories, folded or not', () => {
  const rows = paletteRows({ query: 'filter', closed: paletteCategories, favourites: [] });
  expect(rows[0]).toMatchObject({ kind: 'entry', level: 1, place: 1, count: rows.length });
});
