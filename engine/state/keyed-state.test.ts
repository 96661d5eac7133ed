/** Keyed state against plain JavaScript maps: random calls on every kind of state, timers, expiry, snapshots and other parallelisms. */
import { expect, test } from 'vitest';
import { SeededRandom } from '../base/random.ts';
import type { ColumnValue } from '../columnar/column-value.ts';
import { JobMemory } from '../columnar/job-memory.ts';
import { keyGroupRangeOf } from '../columnar/key-groups.ts';
import type { RestoredSection } from '../operators/operator.ts';
import { BIGINT, INT, STRING, timestampType } from '../types/make-type.ts';
import { EVENT_TIME, PROCESSING_TIME } from './key-timers.ts';
import { KeyedState } from './keyed-state.ts';
import { restoreKeyedState, writeKeyedState } from './keyed-state-snapshot.ts';
import { ProbeRow } from './probe-row.ts';
import { keyGroupOfRow } from './row-key-group.ts';
import type { KeyedStateSpec, TimeToLive } from './state-spec.ts';
import { list, map, value } from './state-spec.ts';

const SEED = Number(process.env['MILLRACE_SEED'] ?? 20261122);
const MAX_PARALLELISM = 128;
const SPEC: KeyedStateSpec = {
  keyTypes: [STRING, INT],
  states: [value('last', [BIGINT, STRING]), list('all', [timestampType(6), STRING]), map('named', [STRING], [BIGINT])],
};

interface Model {
  last: ColumnValue[] | null;
  all: ColumnValue[][];
  named: Map<string, bigint>;
  timers: Set<string>;
}

/** The state of one subtask with a way to single keys. */
class Subtask {
  readonly memory = new JobMemory();
  readonly state = new KeyedState(this.memory, SPEC);
  readonly probe = new ProbeRow(this.memory, SPEC.keyTypes);

  slot(key: readonly ColumnValue[]): number {
    return this.probe.upsert(this.state.table, key);
  }

  read(slot: number): Model {
    const entries = this.state.map('named').entries(slot);
    return {
      last: (this.state.value('last').get(slot) as ColumnValue[] | null) ?? null,
      all: this.state.list('all').get(slot) as ColumnValue[][],
      named: new Map(entries.map(({ key, value: [each] }) => [key[0] as string, each as bigint])),
      timers: new Set(),
    };
  }
}

function snapshot(subtask: Subtask, keyGroups: { start: number; end: number }): RestoredSection[] {
  const sections: RestoredSection[] = [];
  const writer = {
    section: (name: string, distribution: 'keyed' | 'list' | 'union', header: unknown, parts: readonly unknown[]) => {
      const bytes = (parts as { address: number; bytes: number }[]).flatMap((part) => [
        ...subtask.memory.u8.subarray(part.address, part.address + part.bytes),
      ]);
      sections.push({
        name,
        distribution,
        header: JSON.parse(JSON.stringify(header)),
        bytes: Uint8Array.from(bytes),
        keyGroups,
        subtaskIndex: 0,
      });
    },
    syncBeforeComplete: () => {},
    committable: () => {},
  };
  writeKeyedState(writer, subtask.state, 'a test');
  return sections;
}

function restore(sections: readonly RestoredSection[], index: number, parallelism: number): Subtask {
  const subtask = new Subtask();
  const keyGroups = keyGroupRangeOf(index, MAX_PARALLELISM, parallelism);
  restoreKeyedState(sections, subtask.state, { nodeId: 'n', memory: subtask.memory, keyGroups, maxParallelism: MAX_PARALLELISM }, 'a test');
  return subtask;
}

function act(random: SeededRandom, subtask: Subtask, slot: number, model: Model): void {
  const text = `t${random.nextInt(4)}`.repeat(random.nextInt(3));
  const long = BigInt(random.nextInt(1000) - 500);
  const { state } = subtask;
  switch (random.nextInt(9)) {
    case 0:
      state.value('last').set(slot, [long, text]);
      model.last = [long, text];
      return;
    case 1:
      state.value('last').clear(slot);
      model.last = null;
      return;
    case 2:
    case 3:
      state.list('all').add(slot, [long, null]);
      model.all.push([long, null]);
      return;
    case 4:
      state.list('all').update(slot, [[null, text]]);
      model.all = [[null, text]];
      return;
    case 5:
      state.map('named').put(slot, [text], [long]);
      model.named.set(text, long);
      return;
    case 6:
      state.map('named').remove(slot, [text]);
      model.named.delete(text);
      return;
    case 7:
      state.timers.registerEventTime(slot, long);
      model.timers.add(`${long}`);
      return;
    default:
      state.map('named').clear(slot);
      state.list('all').clear(slot);
      model.named.clear();
      model.all = [];
  }
}

test(`every kind of state follows its model, across snapshots and another parallelism (seed ${SEED})`, () => {
  const random = new SeededRandom(SEED);
  const models = new Map<string, Model>();
  let subtasks = [new Subtask()];
  const owner = (key: readonly ColumnValue[]): Subtask => {
    if (subtasks.length === 1) return subtasks[0];
    const probing = new Subtask();
    const group = keyGroupOfRow(probing.state.table, probing.slot(key), MAX_PARALLELISM);
    return subtasks.find((_, index) => {
      const range = keyGroupRangeOf(index, MAX_PARALLELISM, subtasks.length);
      return group >= range.start && group <= range.end;
    }) as Subtask;
  };
  for (let step = 0; step < 600; step++) {
    const key: ColumnValue[] = [random.nextInt(5) === 0 ? null : `k${random.nextInt(6)}`, random.nextInt(2)];
    const subtask = owner(key);
    const slot = subtask.slot(key);
    const model = models.get(key.join()) ?? { last: null, all: [], named: new Map(), timers: new Set() };
    models.set(key.join(), model);
    act(random, subtask, slot, model);
    expect(subtask.read(slot), `seed ${SEED} step ${step}`).toEqual({ ...model, timers: new Set() });
    subtask.state.releaseKey(slot);
    if (step % 97 === 96) {
      const sections = subtasks.flatMap((each, index) => snapshot(each, keyGroupRangeOf(index, MAX_PARALLELISM, subtasks.length)));
      const parallelism = 1 + random.nextInt(3);
      subtasks = Array.from({ length: parallelism }, (_, index) => restore(sections, index, parallelism));
    }
  }
  const keeping = [...models.values()].filter(
    (model) => model.last !== null || model.all.length + model.named.size + model.timers.size > 0,
  );
  expect(subtasks.reduce((sum, subtask) => sum + subtask.state.keyCount, 0)).toBe(keeping.length);
  const fired = subtasks.flatMap((subtask) => {
    const times: string[] = [];
    const timer = { domain: EVENT_TIME, slot: 0, time: 0n } as const;
    const due = { ...timer, domain: EVENT_TIME as 0 | 1 };
    while (subtask.state.timers.isDue(EVENT_TIME, 10_000n)) {
      subtask.state.timers.poll(EVENT_TIME, due);
      times.push(`${subtask.state.keyOf(due.slot).join()} ${due.time}`);
    }
    return times;
  });
  const wanted = [...models].flatMap(([key, model]) => [...model.timers].map((time) => `${key} ${time}`));
  expect(fired.sort()).toEqual(wanted.sort());
});

test('a restore of another meaning is refused by name', () => {
  const sections = snapshot(new Subtask(), keyGroupRangeOf(0, MAX_PARALLELISM, 1));
  const { state, memory } = new Subtask();
  const owner = { nodeId: 'count', memory, keyGroups: { start: 0, end: 127 }, maxParallelism: MAX_PARALLELISM };
  expect(() => restoreKeyedState(sections, state, owner, 'another function')).toThrow(/count: the stored state is that of a test/);
});

test('expired state is found in the background and its key forgotten', () => {
  const ttl: TimeToLive = { ms: 10, update: 'OnCreateAndWrite', visibility: 'NeverReturnExpired', cleanup: 'background' };
  const memory = new JobMemory();
  const state = new KeyedState(memory, { keyTypes: [BIGINT], states: [value('v', [BIGINT], ttl), list('l', [BIGINT], ttl)] });
  const probe = new ProbeRow(memory, [BIGINT]);
  for (let key = 0n; key < 50n; key++) {
    const slot = probe.upsert(state.table, [key]);
    state.value('v').set(slot, [key]);
    state.list('l').add(slot, [key]);
  }
  state.begin(10);
  const slots = memory.allocateRegion(4096);
  const kept = probe.upsert(state.table, [7n]);
  memory.i32[slots >>> 2] = kept;
  state.timers.registerProcessingTime(kept, 99n);
  for (let round = 0; round < 50; round++) state.releaseKeys(slots, 0, 1);
  expect(state.slots()).toEqual([kept]);
  state.timers.deleteProcessingTime(kept, 99n);
  expect(state.timers.isDue(PROCESSING_TIME, 100n)).toBe(false);
  state.releaseKey(kept);
  expect(state.keyCount).toBe(0);
});
