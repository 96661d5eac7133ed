/** What holds a run back is told from what waits for it, in tasks of their own and within one task; and only what can help is offered. */
import { expect, test } from 'vitest';
import type { Load } from './bottleneck.ts';
import { causeBelow, causeOf, findBottleneck, parallelismHelps, waitingForChannels, waitingInTask } from './bottleneck.ts';

const UPSTREAM = new Map([
  ['parse', ['source']],
  ['union', ['parse']],
  ['window', ['union']],
  ['sink', ['window']],
  ['side', ['parse']],
]);
const DOWNSTREAM = new Map([
  ['source', ['parse']],
  ['parse', ['union', 'side']],
  ['union', ['window']],
  ['window', ['sink']],
]);
const SOURCES = new Set(['source']);
/** Source and parse in a task, window and sink in the next, the side branch in a third. */
const TASKS: Readonly<Record<string, number>> = { source: 0, parse: 0, union: -1, window: 1, sink: 2, side: 3 };

type Entries = readonly (readonly [id: string, busy: number, pressed: number])[];

function loads(entries: Entries, tasks = TASKS): Map<string, Load> {
  return new Map(entries.map(([id, busy, pressed]) => [id, { busy, pressed, task: tasks[id] }]));
}

function named(entries: Entries, more: { fullestWorker?: number; previous?: string; tasks?: Readonly<Record<string, number>> } = {}) {
  const { fullestWorker = 0, previous = null, tasks } = more;
  return findBottleneck({ loads: loads(entries, tasks), sources: SOURCES, upstream: UPSTREAM, fullestWorker, previous });
}

const union = ['union', 0, 0] as const;

test.each<[string, Entries, string | null, string | null]>([
  [
    'a slow sink: the window before it is held up and no cause',
    [['source', 0.1, 0.8], ['parse', 0.1, 0.8], union, ['window', 0.9, 0.7], ['sink', 0.95, 0], ['side', 0.6, 0]],
    'sink',
    'sink',
  ],
  [
    'a slow window behind a node that only wires',
    [['source', 0.2, 0.7], ['parse', 0.2, 0.7], union, ['window', 0.98, 0], ['sink', 0.2, 0], ['side', 0.1, 0]],
    'window',
    'window',
  ],
  [
    'two slow nodes one after the other: the last one holds the first',
    [['source', 0.2, 0.7], ['parse', 0.2, 0.7], union, ['window', 0.7, 0.3], ['sink', 0.9, 0], ['side', 0.1, 0]],
    'sink',
    'sink',
  ],
  [
    'two slow nodes beside each other: the slower one',
    [['source', 0.2, 0.7], ['parse', 0.2, 0.7], union, ['window', 0.7, 0], ['sink', 0.1, 0], ['side', 0.99, 0]],
    'side',
    'side',
  ],
  [
    'busy, but nobody waits and the workers have rest',
    [['source', 0.7, 0], ['parse', 0.2, 0], union, ['window', 0.8, 0], ['sink', 0.8, 0], ['side', 0.1, 0]],
    null,
    null,
  ],
])('%s', (_name, entries, bottleneck, cause) => {
  expect(named(entries)).toBe(bottleneck);
  if (cause !== null) expect(causeBelow('source', loads(entries), DOWNSTREAM, bottleneck)).toBe(cause);
});

const ONE_TASK = { source: 0, parse: 0, union: -1, window: 0, sink: 0, side: 0 };

test.each<[string, Entries, number, string | null]>([
  [
    'a slow sink in the task of its source',
    [['source', 0.05, 0], ['parse', 0.02, 0], union, ['window', 0.1, 0], ['sink', 0.8, 0]],
    0.99,
    'sink',
  ],
  [
    'a slow stage in the task of its source',
    [['source', 0.1, 0], ['parse', 0.7, 0], union, ['window', 0.1, 0], ['sink', 0.05, 0]],
    0.98,
    'parse',
  ],
  ['a source that reads as fast as it can is none', [['source', 0.6, 0], ['parse', 0.2, 0], union, ['window', 0.15, 0]], 0.99, null],
  ['a source paced below what the others can do', [['source', 0.01, 0], ['parse', 0.02, 0], union, ['window', 0.45, 0]], 0.5, null],
  ['work spread evenly names nobody', [['source', 0.2, 0], ['parse', 0.25, 0], union, ['window', 0.25, 0], ['sink', 0.25, 0]], 0.98, null],
])('without channels: %s', (_name, entries, fullestWorker, bottleneck) => {
  expect(named(entries, { fullestWorker, tasks: ONE_TASK })).toBe(bottleneck);
});

test('two about equally slow nodes do not take turns; one that is clearly slower is named', () => {
  const equal: Entries = [['source', 0, 0], ['parse', 0.44, 0], union, ['window', 0.47, 0]];
  const options = { fullestWorker: 0.99, tasks: ONE_TASK };
  expect(named(equal, options)).toBe('window');
  expect(named(equal, { ...options, previous: 'parse' })).toBe('parse');
  const unequal: Entries = [['source', 0, 0], ['parse', 0.41, 0], union, ['window', 0.58, 0]];
  expect(named(unequal, { ...options, previous: 'parse' })).toBe('window');
});

test('those before the bottleneck in its own task wait for it', () => {
  const entries: Entries = [['source', 0, 0], ['parse', 0, 0], union, ['window', 0, 0], ['sink', 1, 0], ['side', 0, 0]];
  expect(waitingInTask('sink', loads(entries, ONE_TASK), UPSTREAM)).toEqual(['window', 'parse', 'source']);
  expect(waitingInTask('sink', loads(entries), UPSTREAM)).toEqual([]);
});

test('of a task that is held up, those wait whose rows go where it is held up', () => {
  const tasks = { source: 0, parse: 0, union: -1, window: 1, sink: 1, side: 0 };
  const held: Entries = [['source', 0.1, 0.8], ['parse', 0, 0.8], union, ['window', 0.9, 0], ['sink', 0, 0], ['side', 0, 0.8]];
  expect([...waitingForChannels(loads(held, tasks), UPSTREAM)].sort()).toEqual(['parse', 'source']);
  // Two tasks below, of which one is busy.
  const split = { ...tasks, side: 3 };
  const wide = new Map([...UPSTREAM, ['side', ['source']]]);
  const busy: Entries = [['source', 0.1, 0.8], ['parse', 0, 0.8], union, ['window', 0, 0], ['sink', 0, 0], ['side', 0.9, 0]];
  expect([...waitingForChannels(loads(busy, split), wide)]).toEqual(['source']);
});

test.each([
  [{ sink: false, skewFactor: 2.4 }, 'hot-subtask'],
  [{ sink: true, skewFactor: 1.1 }, 'slow-sink'],
  [{ sink: false, skewFactor: 1.2 }, 'slow'],
  [{ sink: false, skewFactor: null }, 'slow'],
])('%j is %s', (node, cause) => {
  expect(causeOf(node)).toBe(cause);
});

test.each([
  ['a slow node with room for more subtasks', ['slow', Number.POSITIVE_INFINITY, 2, 4], true],
  ['no core is left', ['slow', Number.POSITIVE_INFINITY, 4, 4], false],
  ['a sink with one subtask', ['slow-sink', 1, 1, 4], false],
  ['a sink that may have several', ['slow-sink', Number.POSITIVE_INFINITY, 1, 4], true],
  ['a window grouped by nothing', ['slow', 1, 2, 4], false],
  ['a hot key', ['hot-subtask', Number.POSITIVE_INFINITY, 2, 4], false],
] as const)('more parallelism: %s', (_name, [cause, most, parallelism, cores], helps) => {
  expect(parallelismHelps(cause, most, parallelism, cores)).toBe(helps);
});
