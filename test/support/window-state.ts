/** Windows of a key, a number and a time for tests that edit their state: what goes in, what comes out, what is printed in between. */
import type { ColumnValue } from '../../engine/columnar/column-value.ts';
import { BIGINT, notNull, STRING, timestampType } from '../../engine/types/make-type.ts';
import type { Harness } from '../conformance/operators/harness.ts';
import { editSections, linesOf } from './savepoint-of.ts';

export const BOUND = notNull(timestampType(3));
export const INPUT = {
  fields: [
    { name: 'key', type: STRING },
    { name: 'number', type: BIGINT },
    { name: 'time', type: timestampType(3) },
  ],
  rowtime: 'time',
};
export const SUMS = {
  fields: [
    { name: 'key', type: STRING },
    { name: 'window_start', type: BOUND },
    { name: 'window_end', type: BOUND },
    { name: 'total', type: BIGINT },
    { name: 'kinds', type: notNull(BIGINT) },
  ],
};
export const LONG_MAX = 2n ** 63n - 1n;

type Input = readonly [string, bigint, number];

export function feed(harness: Harness, ...rows: readonly Input[]) {
  const values = rows.map(([key, number, second]): ColumnValue[] => [key, number, BigInt(second) * 1_000_000_000n]);
  return shown(
    harness.element(
      values,
      rows.map(() => null),
    ),
  );
}

/** Rows that were emitted, times as seconds. */
export function shown(emissions: ReturnType<Harness['element']>): string[] {
  return emissions.flatMap((each) => (each.kind === 'row' ? [each.values.map((value) => printShort(value)).join(' ')] : [])).sort();
}

function printShort(value: ColumnValue): string {
  return typeof value === 'bigint' && value >= 1_000_000_000n ? `${value / 1_000_000_000n}s` : String(value);
}

/** What is printed at a restore at which `lines` are put, or a key is removed. */
export function edited(harness: Harness, parallelism: number, lines: readonly object[], removed?: string): readonly string[] {
  let printed: readonly string[] = [];
  harness.restore(parallelism, (sections, before) =>
    editSections(sections, before, (processor, target) => {
      printed = processor.print({ nodeId: 'node' }).filter((line) => !line.includes('"state":"watermark"'));
      const texts = lines.map((line) => JSON.stringify({ node: 'node', ...line }));
      if (removed === undefined) processor.put(target, linesOf(texts), 0);
      else processor.remove(target, { nodeId: 'node', key: removed }, 0);
    }),
  );
  return printed.map((line) => line.replace('{"node":"node",', '{').replaceAll('1970-01-01 00:00:', ''));
}

export const at = (second: number): string => `1970-01-01 00:00:${String(second).padStart(2, '0')}`;
