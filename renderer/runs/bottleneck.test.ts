/** The cause of back pressure is the first busy node below it, not one of those that wait. */
import { expect, test } from 'vitest';
import type { Load } from './bottleneck.ts';
import { causeBelow, causeOf, findBottleneck } from './bottleneck.ts';

const UPSTREAM = new Map([
  ['parse', ['source']],
  ['window', ['parse']],
  ['sink', ['window']],
  ['side', ['parse']],
]);
const DOWNSTREAM = new Map([
  ['source', ['parse']],
  ['parse', ['window', 'side']],
  ['window', ['sink']],
]);

function loads(entries: readonly (readonly [string, number, number])[]): Map<string, Load> {
  return new Map(entries.map(([id, busy, pressed]) => [id, { busy, pressed }]));
}

test.each([
  [
    'a slow sink',
    [
      ['source', 0.1, 0.8],
      ['parse', 0.1, 0.8],
      ['window', 0.3, 0.7],
      ['sink', 0.95, 0],
      ['side', 0.6, 0],
    ],
    'sink',
    'sink',
  ],
  [
    'a slow window',
    [
      ['source', 0.2, 0.7],
      ['parse', 0.2, 0.7],
      ['window', 0.98, 0],
      ['sink', 0.2, 0],
      ['side', 0.1, 0],
    ],
    'window',
    'window',
  ],
  [
    'nobody waits',
    [
      ['source', 0.9, 0],
      ['parse', 0.9, 0],
      ['window', 0.9, 0],
      ['sink', 0.9, 0],
      ['side', 0.1, 0],
    ],
    null,
    'parse',
  ],
] as const)('%s', (_name, entries, bottleneck, cause) => {
  const known = loads(entries);
  expect(findBottleneck(known, UPSTREAM)).toBe(bottleneck);
  expect(causeBelow('source', (id) => known.get(id) ?? null, DOWNSTREAM)).toBe(cause);
});

test.each([
  [{ sink: false, skewFactor: 2.4 }, 'hot-subtask'],
  [{ sink: true, skewFactor: 1.1 }, 'slow-sink'],
  [{ sink: false, skewFactor: null }, 'slow'],
])('%j is %s', (node, cause) => {
  expect(causeOf(node)).toBe(cause);
});
