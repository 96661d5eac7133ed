/** The Nexmark source makes the published bytes: whole, sliced, divided among readers, and one kind at a time. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { OperatorHarness, takeSnapshot } from '../../../../test/support/operator-harness.ts';
import type { ColumnValue } from '../../../columnar/column-value.ts';
import { printTimestamp } from '../../../columnar/temporal-text.ts';
import type { RowType } from '../../../types/logical-type.ts';
import type { NexmarkConfig } from './node.ts';
import { createEnumerator, createSource } from './operator.ts';
import { nexmarkSchema } from './schema.ts';

const BASE: NexmarkConfig = {
  events: 'all',
  count: 1000,
  first: 0,
  seed: 1,
  eventsPerSecond: 1000,
  startTime: '2024-02-28T23:59:00',
  disorderEvents: 1,
  lateShare: 0,
  lateBy: 20_000,
  rowsPerSecond: null,
};

function run(config: NexmarkConfig, requiredColumns: readonly string[] | null = null, batchRows = 4096): ColumnValue[][] {
  const harness = new OperatorHarness({ outputSchemas: [nexmarkSchema(config.events)], batchRows, requiredColumns: [requiredColumns] });
  const enumerator = createEnumerator(config, harness.environment);
  const source = createSource(config, harness.context);
  enumerator.open(null);
  source.open([]);
  expect(harness.run(source, enumerator)).toBe('end');
  source.close();
  return harness.rows[0];
}

/** The line of the published data: absent members are left out, times always have three digits. */
function line(row: readonly ColumnValue[]): string {
  const members = nexmarkSchema('all').fields.flatMap((field, index) => {
    const value = row[index];
    if (value === null) return [];
    if (field.type.kind !== 'ROW') return [`"${field.name}":${String(value)}`];
    return [
      `"${field.name}":{${fieldsOf(field.type, value as readonly ColumnValue[])
        .map(([name, text]) => `"${name}":${text}`)
        .join(',')}}`,
    ];
  });
  return `{${members.join(',')}}\n`;
}

function fieldsOf(type: RowType, values: readonly ColumnValue[]): [string, string][] {
  return type.fields.map((field, index) => {
    const value = values[index];
    return [field.name, field.type.kind === 'TIMESTAMP' ? `"${time(value)}"` : typeof value === 'string' ? `"${value}"` : String(value)];
  });
}

function time(value: ColumnValue): string {
  const text = printTimestamp(Number((value as bigint) / 1_000_000n), 0, 'T');
  return `${text.slice(0, 19)}.${(text.slice(20) || '0').padEnd(3, '0')}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

test.each([
  [{ count: 1000 }, '3d5493242a52342f29ed17620a858dc2509af70bb212ace8885cc138f9f7b6dc'],
  [{ count: 100_000 }, '0764b6409d38040653e77fff035fe7840e557c821eead8a518bd0fa3f4cf3ff2'],
  [
    { count: 100_000, seed: 3, disorderEvents: 500, lateShare: 0.01, lateBy: 20_000 },
    '765f1c3286e956a3e868897c6c4c70db8de3f5c2c861c0d12b7885569872f2c4',
  ],
])('%j has the published hash', (config, hash) => {
  expect(
    sha256(
      run({ ...BASE, ...config })
        .map(line)
        .join(''),
    ),
  ).toBe(hash);
});

test('bids as flat columns have the published hash of the CSV form', () => {
  const header = nexmarkSchema('bid')
    .fields.map((field) => field.name)
    .join(',');
  const rows = run({ ...BASE, events: 'bid', count: 100_000 });
  const lines = rows.map((row) => row.map((value, index) => (index === 5 ? time(value) : String(value))).join(','));
  expect(sha256(`${header}\n${lines.join('\n')}\n`)).toBe('ab409aef061c720bb30723836206c4a013fca9fabc6ce430e2c0e34f9dc9d707');
});

test('every slice is the slice of the whole, whatever the batch size and the columns wanted', () => {
  const whole = run({ ...BASE, count: 400 });
  expect(run({ ...BASE, first: 137, count: 200 }, null, 7)).toEqual(whole.slice(137, 337));
  const projected = run({ ...BASE, count: 400 }, ['bid.price', 'person.extra']);
  expect(projected.map((row) => (row[3] === null ? null : (row[3] as ColumnValue[])[2]))).toEqual(
    whole.map((row) => (row[3] === null ? null : (row[3] as ColumnValue[])[2])),
  );
  expect(projected.map((row) => (row[1] === null ? null : (row[1] as ColumnValue[])[7]))).toEqual(
    whole.map((row) => (row[1] === null ? null : (row[1] as ColumnValue[])[7])),
  );
});

test('two readers, stopped and restored by one: every event once', () => {
  const config = { ...BASE, events: 'bid' as const, count: 60_000 };
  const whole = run(config).map((row) => row.join());
  const harnesses = [0, 1].map(
    (subtaskIndex) => new OperatorHarness({ outputSchemas: [nexmarkSchema('bid')], subtaskIndex, parallelism: 2 }),
  );
  const enumerator = createEnumerator(config, harnesses[0].environment);
  enumerator.open(null);
  const sources = harnesses.map((harness) => createSource(config, harness.context));
  harnesses.forEach((harness, index) => {
    sources[index].open([]);
    harness.run(sources[index], enumerator, () => harness.batchRows.length >= 3 + index);
  });
  const sections = sources.flatMap((source) => takeSnapshot(source).sections);
  const successor = new OperatorHarness({ outputSchemas: [nexmarkSchema('bid')] });
  const restored = createEnumerator(config, successor.environment);
  restored.open(enumerator.snapshot());
  const source = createSource(config, successor.context);
  source.open(sections);
  expect(successor.run(source, restored)).toBe('end');
  const rows = [...harnesses, successor].flatMap((harness) => harness.rows[0]).map((row) => row.join());
  expect(rows.sort()).toEqual(whole.sort());
});
