/** State of every kind as rows and back, through the writers and readers that run; what cannot be is refused. */
import { expect, it } from 'vitest';
import type { FaultStorage } from '../../../test/faults/storage/fault-storage.ts';
import { linesOf as lines, STORED_MAX_PARALLELISM as MAX_PARALLELISM, RANGES, savepointOf } from '../../../test/support/savepoint-of.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import { BroadcastState } from '../../state/broadcast-state.ts';
import { KeyedState } from '../../state/keyed-state.ts';
import { restoreKeyedState, writeKeyedState } from '../../state/keyed-state-snapshot.ts';
import type { OperatorListSpec } from '../../state/operator-list-state.ts';
import { OperatorListState } from '../../state/operator-list-state.ts';
import { ProbeRow } from '../../state/probe-row.ts';
import { SpillFolder } from '../../state/spill/spill-folder.ts';
import type { KeyedStateSpec, TimeToLive } from '../../state/state-spec.ts';
import { list, map, value } from '../../state/state-spec.ts';
import {
  BIGINT,
  BOOLEAN,
  BYTES,
  DATE,
  DOUBLE,
  decimalType,
  FLOAT,
  INT,
  notNull,
  rowType,
  STRING,
  timestampLtzType,
  timestampType,
  timeType,
} from '../../types/make-type.ts';
import { readSavepoint } from './savepoint-content.ts';
import { StateProcessor } from './state-processor.ts';

const TTL: TimeToLive = { ms: 1000, update: 'OnCreateAndWrite', visibility: 'NeverReturnExpired', cleanup: 'background' };
const KEY = [STRING, timestampType(9)];
const SPEC: KeyedStateSpec = {
  keyTypes: KEY,
  states: [
    value('sum (of all)', [BIGINT, decimalType(30, 2), DOUBLE]),
    value('seen', [], TTL),
    list('moments', [timestampType(3), timestampLtzType(6), DATE, timeType(3)], TTL),
    map(
      'by pair',
      [INT, STRING],
      [
        rowType([
          { name: 'a', type: BOOLEAN },
          { name: 'b', type: BYTES },
        ]),
        FLOAT,
      ],
      TTL,
    ),
    { kind: 'reducing', name: 'most', types: [BIGINT], ttl: null, reduce: (kept) => kept },
    {
      kind: 'aggregating',
      name: 'mean',
      types: [DOUBLE, BIGINT],
      ttl: null,
      create: () => [0, 0n],
      add: (each) => each,
      result: (each) => each,
    },
  ],
};
const NOON = 1_704_110_400_123_456_789n;

function openState(memory: JobMemory): { readonly state: KeyedState; readonly slotOf: (key: string) => number } {
  const state = new KeyedState(memory, SPEC);
  const probe = new ProbeRow(memory, KEY);
  return { state, slotOf: (key) => probe.upsert(state.table, [key, key === 'nobody' ? null : NOON]) };
}

/** Key 'a' has everything; 'nobody' has a timer only. The keys are put where a restore looks for them. */
function everyKind(): FaultStorage {
  return savepointOf((writer, memory, subtask) => {
    const { state, slotOf } = openState(memory);
    if (subtask === 0) fill(state, slotOf);
    writeKeyedState(writer, state, 'a test');
  });
}

function fill(state: KeyedState, slotOf: (key: string) => number): void {
  const slot = slotOf('a "quoted" 键');
  state.begin(1234);
  state.value('sum (of all)').set(slot, [9_007_199_254_740_993n, -123_456_789_012_345_678_901n, -0]);
  state.value('seen').set(slot, []);
  state.list('moments').add(slot, [NOON - (NOON % 1_000_000n), NOON - (NOON % 1000n), 19_000, 3_723_004]);
  state.begin(1300);
  state.list('moments').add(slot, [null, null, null, null]);
  state.map('by pair').put(slot, [1, 'x'], [[true, new Uint8Array([0, 255])], 0.5]);
  state.map('by pair').put(slot, [2, null], [null, Number.NaN]);
  state.reducing('most').add(slot, [5n]);
  state.aggregating('mean').kept.set(slot, [Number.POSITIVE_INFINITY, 2n]);
  state.timers.registerEventTime(slot, -5n);
  state.timers.registerProcessingTime(slotOf('nobody'), 2n ** 62n);
}

it('shows every kind of keyed state with its types, times of access and timers', () => {
  const processor = new StateProcessor(everyKind(), '/savepoint');
  expect(processor.print({ nodeId: 'node' })).toEqual(
    [
      '"sum (of all)","key":K,"value":[9007199254740993,-1234567890123456789.01,-0.0]',
      '"seen","key":K,"value":[],"accessed_ms":1234',
      '"moments","key":K,"elements":[["2024-01-01 12:00:00.123","2024-01-01 12:00:00.123456Z","2022-01-08","01:02:03.004"],[null,null,null,null]],"accessed_ms":[1234,1300]',
      '"by pair","key":K,"entry":[1,"x"],"value":[[true,"AP8="],0.5],"accessed_ms":1300',
      '"by pair","key":K,"entry":[2,null],"value":[null,"NaN"],"accessed_ms":1300',
      '"most","key":K,"value":[5]',
      '"mean","key":K,"value":["Infinity",2]',
      '"@timers","key":K,"domain":"event-time","at_ms":-5',
      '"@timers","key":["nobody",null],"domain":"processing-time","at_ms":4611686018427387904',
    ].map((text) => `{"node":"node","state":${text.replace('K', '["a \\"quoted\\" 键","2024-01-01 12:00:00.123456789"]')}}`),
  );
  expect(processor.list().map(({ state, kind, rows, keys }) => [state, kind, rows, keys])).toEqual([
    ['sum (of all)', 'value', 1, 1],
    ['seen', 'value', 1, 1],
    ['moments', 'list', 1, 1],
    ['by pair', 'map', 2, 1],
    ['most', 'reducing', 1, 1],
    ['mean', 'aggregating', 1, 1],
    ['@timers', 'timers', 2, 2],
  ]);
});

it('shows of a key on disk what it kept last, also where only the layout tells its type', () => {
  const spec: KeyedStateSpec = { keyTypes: KEY, states: [value('last', [BIGINT, timestampType(9)])] };
  const storage = savepointOf((writer, memory, subtask, disk) => {
    const spill = { memoryBytes: 1, folder: new SpillFolder(disk, `/spill-1-${subtask}`) };
    const state = new KeyedState(memory, spec, { spill });
    const probe = new ProbeRow(memory, KEY);
    const slotOf = (key: string) => probe.upsert(state.table, [key, NOON]);
    const rounds = subtask === 0 ? ['old kept gone', 'old gone', 'old gone', 'old'] : [];
    rounds.forEach((keys, round) => {
      for (const key of keys.split(' ')) {
        if (key === 'gone' && round === 2) state.value('last').clear(slotOf(key));
        else state.value('last').set(slotOf(key), [BigInt(round), NOON]);
      }
      if (round < 3) state.disk?.spillAbove();
    });
    expect([state.disk?.runs.length, state.table.rowCount]).toEqual(subtask === 0 ? [3, 1] : [0, 0]);
    writeKeyedState(writer, state, 'a test');
  });
  const processor = new StateProcessor(storage, '/savepoint');
  const row = (key: string, round: number) =>
    `{"node":"node","state":"last","key":["${key}","2024-01-01 12:00:00.123456789"],"value":[${round},"2024-01-01 12:00:00.123456789"]}`;
  expect([...processor.print({})].sort()).toEqual([row('kept', 0), row('old', 3)]);
  processor.put('/put', lines([row('gone', 7)]), 6000);
  expect([...new StateProcessor(storage, '/put').print({})].sort()).toEqual([row('gone', 7), row('kept', 0), row('old', 3)]);
  // What is edited is what stands, however often it was written to disk before.
  processor.put('/changed', lines([row('kept', 9)]), 6000);
  expect([...new StateProcessor(storage, '/changed').print({})].sort()).toEqual([row('kept', 9), row('old', 3)]);
  expect(processor.remove('/without', { nodeId: 'node', key: '["old","2024-01-01 12:00:00.123456789"]' }, 6000)).toBe(1);
  expect(new StateProcessor(storage, '/without').print({})).toEqual([row('kept', 0)]);
  const restored = new KeyedState(new JobMemory(), spec);
  const owner = { nodeId: 'node', memory: restored.table.memory, keyGroups: { start: 0, end: 127 }, maxParallelism: MAX_PARALLELISM };
  const sections = readSavepoint(storage, '/without').sections.map((section) => section.read());
  restoreKeyedState(sections, restored, owner, 'a test');
  expect(restored.slots().map((slot) => [restored.keyOf(slot)[0], restored.value('last').get(slot)?.[0]])).toEqual([['kept', 0n]]);
});

it('writes them again in the key groups of each subtask, for the reader that runs', () => {
  const storage = everyKind();
  const processor = new StateProcessor(storage, '/savepoint');
  const printed = processor.print({ nodeId: 'node' });
  processor.create('/created', { nodeId: 'node' }, lines(printed), 6000);
  expect([...new StateProcessor(storage, '/created').print({})].sort()).toEqual([...printed].sort());
  const memory = new JobMemory();
  const restored = readSavepoint(storage, '/created').sections.map((section) => section.read());
  const keys = RANGES.flatMap((keyGroups) => {
    const { state } = openState(memory);
    restoreKeyedState(restored, state, { nodeId: 'node', memory, keyGroups, maxParallelism: MAX_PARALLELISM }, 'a test');
    return state.slots().map((slot) => [state.keyOf(slot)[0], state.list('moments').accessTimes(slot)]);
  });
  expect(keys.sort()).toEqual([
    ['a "quoted" 键', [1234, 1300]],
    ['nobody', []],
  ]);
});

it('puts one entry of a map, removes one key, leaves the savepoint it was given', () => {
  const storage = everyKind();
  const before = new StateProcessor(storage, '/savepoint').print({});
  const entry = '{"node":"node","state":"by pair","key":["b",null],"entry":[7,"y"],"value":[[null,null],1]}';
  new StateProcessor(storage, '/savepoint').put('/put', lines([entry]), 6000);
  const put = new StateProcessor(storage, '/put').print({});
  expect(put.filter((line) => !before.includes(line))).toEqual([
    entry.replace(',1]}', ',1],"accessed_ms":5000}').replace('1],"acc', '1.0],"acc'),
  ]);
  expect(put).toHaveLength(before.length + 1);
  expect(new StateProcessor(storage, '/put').remove('/removed', { nodeId: 'node', key: '["nobody",null]' }, 6000)).toBe(1);
  expect(new StateProcessor(storage, '/savepoint').print({})).toEqual(before);
});

it.each([
  ['a number too large', '"most","key":["a",null],"value":[9223372036854775808]', 'MR5042'],
  ['digits that a decimal has not', '"sum (of all)","key":["a",null],"value":[1,0.001,1]', 'MR5042'],
  [
    'nanoseconds where milliseconds are kept',
    '"moments","key":["a",null],"elements":[["2024-01-01 00:00:00.0000001",null,null,null]]',
    'MR5042',
  ],
  ['no date', '"moments","key":["a",null],"elements":[[null,null,"2024-13-01",null]]', 'MR5042'],
  ['a domain that is none', '"@timers","key":["a",null],"domain":"noon","at_ms":1', 'MR5042'],
  ['nothing for a value', '"most","key":["a",null]', 'MR5042'],
  ['no bytes', '"by pair","key":["a",null],"entry":[1,""],"value":[[true,"?"],1]', 'MR5042'],
  ['a state that is not there', '"least","key":["a",null],"value":[1]', 'MR5041'],
])('refuses %s, and writes nothing', (_name, members, code) => {
  const storage = everyKind();
  const put = () => new StateProcessor(storage, '/savepoint').put('/put', lines([`{"node":"node","state":${members}}`]), 0);
  expect(put).toThrow(expect.objectContaining({ code }));
  expect(storage.exists('/put')).toBe(false);
});

const SEEN: OperatorListSpec = {
  name: 'seen',
  redistribution: 'split',
  type: rowType([
    { name: 'id', type: notNull(BIGINT) },
    { name: 'text', type: STRING },
  ]),
};

it('shows and writes broadcast state and lists without keys', () => {
  const storage = savepointOf((writer, memory, subtask) => {
    const limits = new BroadcastState(memory, 'limits', [STRING], [INT]);
    limits.open([], 0);
    limits.put(['a'], [1]);
    limits.snapshot(writer);
    writer.section('offsets', 'list', [{ at: subtask }], []);
    const seen = new OperatorListState(SEEN);
    seen.values = [
      [1n, `by ${subtask}`],
      [2n ** 60n, null],
    ];
    seen.snapshot(writer);
  });
  const processor = new StateProcessor(storage, '/savepoint');
  expect(processor.print({})).toEqual([
    '{"node":"node","state":"broadcast limits","entry":["a"],"value":[1]}',
    '{"node":"node","state":"offsets","subtask":0,"number":0,"value":[{"at":0}]}',
    '{"node":"node","state":"offsets","subtask":1,"number":0,"value":[{"at":1}]}',
    '{"node":"node","state":"seen","subtask":0,"number":0,"value":[1,"by 0"]}',
    '{"node":"node","state":"seen","subtask":0,"number":1,"value":[1152921504606846976,null]}',
    '{"node":"node","state":"seen","subtask":1,"number":0,"value":[1,"by 1"]}',
    '{"node":"node","state":"seen","subtask":1,"number":1,"value":[1152921504606846976,null]}',
  ]);
  const rows = [
    '"seen","subtask":1,"number":0,"value":["5","put"]',
    '"broadcast limits","entry":["b"],"value":[2]',
    '"offsets","subtask":1,"value":[{"at":9}]',
  ];
  processor.put('/put', lines(rows.map((row) => `{"node":"node","state":${row}}`)), 0);
  const memory = new JobMemory();
  const restored = readSavepoint(storage, '/put').sections.map((section) => section.read());
  const copies = [0, 1].map((subtask) => {
    const limits = new BroadcastState(memory, 'limits', [STRING], [INT]);
    limits.open(restored, subtask);
    return limits.entries();
  });
  const entries = [
    { key: ['a'], value: [1] },
    { key: ['b'], value: [2] },
  ];
  expect(copies).toEqual([entries, entries]);
  expect(restored.flatMap(({ name, header }) => (name === 'offsets' ? header : []))).toEqual([{ at: 0 }, { at: 9 }]);
  const seenBy = (path: string): unknown[] =>
    [0, 1].map((subtask) => {
      const seen = new OperatorListState(SEEN);
      const sections = readSavepoint(storage, path).sections.map((section) => section.read());
      seen.open(sections.filter(({ subtaskIndex }) => subtaskIndex === subtask));
      return seen.values;
    });
  const [one, big] = [
    [1n, 'by 0'],
    [2n ** 60n, null],
  ];
  expect(seenBy('/put')).toEqual([
    [one, big],
    [[5n, 'put'], big],
  ]);
  const created = lines(['{"node":"node","state":"seen","number":7,"value":["3",null]}']);
  expect(processor.create('/created', { nodeId: 'node', state: 'seen' }, created, 0)).toBe(1);
  expect(seenBy('/created')).toEqual([[[3n, null]], []]);
  expect(() => processor.put('/no', lines(['{"node":"node","state":"seen","subtask":2,"number":0,"value":["3",null]}']), 0)).toThrow(
    expect.objectContaining({ code: 'MR5042' }),
  );
});

it('refuses state whose header lies, naming it', () => {
  const header = {
    spec: 'keys (BIGINT), value v (BIGINT)',
    meaning: '',
    stores: [{ layout: 'v1(i64?)(i32 i32 i64?)', rowCount: 9e9, heapBytes: 0 }],
  };
  const storage = savepointOf((writer) => writer.section('keyed-state', 'keyed', header, []));
  expect(() => new StateProcessor(storage, '/savepoint').list()).toThrow(
    expect.objectContaining({ code: expect.stringMatching(/^MR(5040|1001)$/) }),
  );
});

it('refuses state of another form by name, and carries it along', () => {
  const storage = savepointOf((writer) => writer.section('patterns', 'keyed', { stores: [] }, [new Uint8Array([1, 2, 3])]));
  const processor = new StateProcessor(storage, '/savepoint');
  expect(() => processor.print({ nodeId: 'node' })).toThrow("state 'patterns' of node 'node' cannot be shown as rows");
  expect(processor.list()).toMatchObject([{ state: 'patterns', kind: 'not shown', bytes: 6, rows: null }]);
});
