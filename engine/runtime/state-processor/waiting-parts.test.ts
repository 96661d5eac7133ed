/** Rows that wait, as rows: put, removed and created, and found by the operator that restores them. */
import { expect, it } from 'vitest';
import { OperatorHarness } from '../../../test/support/operator-harness.ts';
import { linesOf, savepointOf } from '../../../test/support/savepoint-of.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import { createOperator } from '../../nodes/transforms/sort/operator.ts';
import { writeWaiting } from '../../operators/broadcasting/waiting-rows.ts';
import { PendingStore, writePending } from '../../operators/lookup/pending-store.ts';
import type { SnapshotWriter } from '../../operators/operator.ts';
import { WATERMARK_MAX } from '../../operators/operator.ts';
import { createRowLayout } from '../../state/row-layout.ts';
import { RowStore } from '../../state/row-store.ts';
import { storedCells } from '../../state/stored-columns.ts';
import { BIGINT, STRING, timestampType } from '../../types/make-type.ts';
import { readSavepoint } from './savepoint-content.ts';
import { StateProcessor } from './state-processor.ts';

const input = {
  fields: [
    { name: 'name', type: STRING },
    { name: 'at', type: timestampType(3) },
  ],
  rowtime: 'at',
};

function sort(forgetAfter: number | null) {
  const harness = new OperatorHarness({ inputSchemas: [input], outputSchemas: [input, input] });
  const config = { keys: ['name'], thenBy: [], lateRows: 'late-output', forgetAfter } as const;
  return { harness, operator: createOperator({ ...config, keys: [...config.keys], thenBy: [] }, harness.context) };
}

function sortedSavepoint(forgetAfter: number | null, change: (header: object) => object = (header) => header) {
  return savepointOf((writer) => {
    const { operator } = sort(forgetAfter);
    operator.open([]);
    const changed: SnapshotWriter = {
      ...writer,
      section: (name, how, header, parts) => writer.section(name, how, change(header as object) as never, parts),
    };
    operator.snapshot(1, changed);
    operator.close();
  });
}

const row = (name: string, number: number, second: number): string =>
  `{"node":"node","state":"sorted","key":["${name}"],"number":${number},"time_ms":${second * 1000},"row":["${name}","1970-01-01 00:00:0${second}"]}`;
const group = (name: string, left: number | null, seen = ''): string =>
  `{"node":"node","state":"groups","key":["${name}"],"left_ms":${left}${seen}}`;

it.each([null, 60_000])('a sort finds the groups and rows that were put (forgetting after %s)', (forgetAfter) => {
  const storage = sortedSavepoint(forgetAfter);
  const seen = forgetAfter === null ? '' : ',"seen_ms":5000';
  const put = [row('b', 1, 5), row('a', 2, 4), row('a', 3, 4), group('a', 3000)];
  new StateProcessor(storage, '/savepoint').put('/put', linesOf(put), 0);
  const processor = new StateProcessor(storage, '/put');
  expect([...processor.print({})].sort()).toEqual([...put.slice(0, 3), group('a', 3000, seen), group('b', null, seen)].sort());
  expect(processor.remove('/less', { nodeId: 'node', state: 'sorted', key: 'b' }, 0)).toBe(1);
  expect(processor.list()).toMatchObject([
    { state: 'groups', rows: 2, keys: 2 },
    { state: 'sorted', rows: 3 },
  ]);
  const { harness, operator } = sort(forgetAfter);
  harness.clock.nowMs = 6000;
  operator.open(readSavepoint(storage, '/less').sections.map((section) => section.read()));
  operator.processWatermark(0, WATERMARK_MAX);
  const names = (rows: readonly (readonly ColumnValue[])[]): ColumnValue[] => rows.map(([name]) => name);
  expect(names(harness.rows[0])).toEqual(['a', 'a']);
  operator.close();
});

it('shows a sort of before by the forms of its keys, and refuses one whose rows it cannot tell', () => {
  const older = sortedSavepoint(null, ({ keyTypes: _absent, ...rest }: { readonly keyTypes?: unknown }) => rest);
  expect(new StateProcessor(older, '/savepoint').list()).toMatchObject([
    { members: ['key (STRING)', 'left_ms BIGINT'] },
    { state: 'sorted' },
  ]);
  const strange = sortedSavepoint(null, (header) => ({ ...header, meaning: 'rows in order of time of (INT) by (name)' }));
  expect(() => new StateProcessor(strange, '/savepoint').print({ nodeId: 'node' })).toThrow(expect.objectContaining({ code: 'MR5045' }));
});

const TYPES = [STRING, BIGINT];

it('rows that wait for the rules of a broadcast, or for an answer, are put by subtask', () => {
  const storage = savepointOf((writer, memory) => {
    const store = new RowStore(memory, createRowLayout([], storedCells(TYPES)));
    writeWaiting(writer, store, TYPES, 0);
    writePending(writer, store, TYPES, []);
    store.close();
  });
  const line = (state: string, rest: string): string => `{"node":"node","state":"${state}",${rest}}`;
  const put = [
    line('waiting', '"subtask":0,"number":0,"row":["a",1]'),
    line('waiting', '"subtask":1,"number":0,"row":[null,null]'),
    line('asked', '"subtask":1,"number":0,"row":["q",7],"timestamp_ms":12'),
    line('asked', '"subtask":1,"number":1,"row":["q",8],"timestamp_ms":null'),
  ];
  new StateProcessor(storage, '/savepoint').put('/put', linesOf(put), 0);
  const processor = new StateProcessor(storage, '/put');
  expect(processor.print({})).toEqual(put);
  const harness = new OperatorHarness({ inputSchemas: [{ fields: TYPES.map((type, at) => ({ name: `c${at}`, type })) }] });
  const pending = new PendingStore(harness.context);
  const sections = readSavepoint(storage, '/put').sections.map((section) => section.read());
  expect(pending.restore(sections).map(({ timestamp }) => timestamp)).toEqual([12n, null]);
  expect(processor.create('/none', { nodeId: 'node', state: 'asked' }, [], 0)).toBe(0);
  const emptied = new StateProcessor(storage, '/none');
  expect(emptied.print({ state: 'asked' })).toEqual([]);
  expect(emptied.print({})).toEqual(put.slice(0, 2));
  expect(() => emptied.put('/no', linesOf([line('asked', '"subtask":2,"number":0,"row":["q",7]')]), 0)).toThrow(
    expect.objectContaining({ code: 'MR5042' }),
  );
});
