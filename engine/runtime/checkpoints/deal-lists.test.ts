/** Split lists over a change of parallelism, as Flink's RoundRobinOperatorStateRepartitioner deals them out. */
import { expect, test } from 'vitest';
import { dealLists } from './deal-lists.ts';

function sectionsOf(lists: { readonly [name: string]: readonly (readonly string[])[] }) {
  return Object.entries(lists).flatMap(([name, bySubtask]) =>
    bySubtask.map((values, subtaskIndex) => ({
      name,
      header: { type: 'STRING', values: [...values] },
      subtaskIndex,
    })),
  );
}

function dealt(lists: Parameters<typeof sectionsOf>[0], parallelism: number): unknown {
  return dealLists(sectionsOf(lists).reverse(), parallelism).map((sections) =>
    Object.fromEntries(sections.map(({ name, header }) => [name, (header as { values: string[] }).values.join(' ')])),
  );
}

test.each<[number, string[]]>([
  [1, ['a b c d e']],
  [3, ['a b', 'c d', 'e']],
  [4, ['a b', 'c', 'd', 'e']],
  [6, ['a', 'b', 'c', 'd', 'e', '']],
])('five values of two subtasks in %d', (parallelism, expected) => {
  expect(
    dealt(
      {
        one: [
          ['a', 'b', 'c'],
          ['d', 'e'],
        ],
      },
      parallelism,
    ),
  ).toEqual(expected.map((one) => ({ one })));
});

/** Hash codes of "a" and "b" are 97 and 98: they stand in buckets 1 and 2 of 16, "p" (112) stands in bucket 0. */
test('where the longer stretches of one list ended those of the next begin, in the order of a hash map', () => {
  const lists = { b: [['1', '2', '3', '4']], a: [['x', 'y', 'z', 'w']], p: [['only']] };
  expect(dealt(lists, 3)).toEqual([
    { p: 'only', a: 'w', b: '3' },
    { p: '', a: 'x y', b: '4' },
    { p: '', a: 'z', b: '1 2' },
  ]);
});
