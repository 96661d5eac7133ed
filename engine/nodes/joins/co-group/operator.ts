/** Runs the co-group node: a window aggregation over the union of both inputs, where each aggregate has rows of its own side only. */
import { assert } from '../../../base/assert.ts';
import type { Operator, OperatorContext, WatermarkPolicy } from '../../../operators/operator.ts';
import { SessionWindowOperator } from '../../../operators/windowing/session-window-operator.ts';
import type { SlicedWindow } from '../../../operators/windowing/slice-geometry.ts';
import { SlicingWindowOperator } from '../../../operators/windowing/slicing-window-operator.ts';
import type { UnitedColumn, UnitedSource } from '../../../operators/windowing/united-inputs-operator.ts';
import { NULL_SOURCE, UNITED_LATE_PORT, UnitedInputsOperator } from '../../../operators/windowing/united-inputs-operator.ts';
import type { ResolvedColumn } from '../../../spec/column-path.ts';
import { resolveColumn } from '../../../spec/column-path.ts';
import type { Aggregate } from '../../../spec/field-values.ts';
import { INT, withNullable } from '../../../types/make-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { CoGroupConfig } from './node.ts';
import { keyType } from './schema.ts';

/** By input. */
const LATE_PORTS = [1, 2] as const;

export function createOperator(config: CoGroupConfig, context: OperatorContext): Operator & WatermarkPolicy {
  const { leftAggregates, rightAggregates, leftKeys, windowTime } = config;
  const [left, right] = context.inputSchemas;
  const rowtime = columnOf(left, left.rowtime ?? '');
  const hasLatePorts = config.lateRows === 'late-output';
  const start = leftKeys.length;
  const first = start + (windowTime ? 3 : 2);
  const aggregates = [...leftAggregates, ...rightAggregates];
  const columns = columnsOfUnion(config, left, right);
  const values = columns.length - aggregates.length;
  const common = {
    rowtime: [start],
    timeZone: rowtime.type.kind === 'TIMESTAMP_LTZ' ? context.timeZone : null,
    keys: leftKeys.map((_, at) => [at]),
    keyTypes: leftKeys.map((_, at) => columns[at].type),
    calls: aggregates.map((aggregate, at) => ({
      function: aggregate.function,
      argument: [values + at],
      argumentType: columns[values + at].type,
      resultType: context.outputSchemas[0].fields[first + at].type,
    })),
    shown: {
      keys: leftKeys.map((_, at) => at),
      start,
      end: start + 1,
      time: windowTime ? start + 2 : null,
      aggregates: aggregates.map((_, at) => first + at),
    },
    latePort: hasLatePorts ? UNITED_LATE_PORT : null,
  };
  const window = slicedWindow(config);
  const create = (united: OperatorContext): Operator =>
    window === null
      ? new SessionWindowOperator({ ...common, gap: BigInt(config.gap) }, united)
      : new SlicingWindowOperator({ ...common, window }, united);
  return new UnitedInputsOperator(columns, context, create, hasLatePorts ? LATE_PORTS : null);
}

/** Keys, event time, then an argument per aggregate, which is null in rows of the other side; COUNT(*) counts a number. */
function columnsOfUnion(config: CoGroupConfig, left: Schema, right: Schema): UnitedColumn[] {
  const keys = config.leftKeys.map(
    (key, at): UnitedColumn => ({
      name: `key_${at}`,
      type: keyType(left, right, key, config.rightKeys[at]),
      sources: [source(columnOf(left, key)), source(columnOf(right, config.rightKeys[at]))],
    }),
  );
  const times = [columnOf(left, left.rowtime ?? ''), columnOf(right, right.rowtime ?? '')];
  const time: UnitedColumn = { name: 'time', type: times[0].type, sources: [source(times[0]), source(times[1])] };
  return [
    ...keys,
    time,
    ...config.leftAggregates.map((each, at): UnitedColumn => {
      const { type, from } = argumentOf(left, each);
      return { name: `left_${at}`, type, sources: [from, NULL_SOURCE] };
    }),
    ...config.rightAggregates.map((each, at): UnitedColumn => {
      const { type, from } = argumentOf(right, each);
      return { name: `right_${at}`, type, sources: [NULL_SOURCE, from] };
    }),
  ];
}

function argumentOf(schema: Schema, { column }: Aggregate): { readonly type: UnitedColumn['type']; readonly from: UnitedSource } {
  if (column === null) return { type: INT, from: { kind: 'number', value: 1 } };
  const found = columnOf(schema, column);
  return { type: withNullable(found.type, true), from: source(found) };
}

function slicedWindow(config: CoGroupConfig): SlicedWindow | null {
  const size = BigInt(config.size);
  switch (config.window) {
    case 'session':
      return null;
    case 'tumbling':
      return { kind: 'tumbling', size, step: size, offset: 0n };
    case 'sliding':
      return { kind: 'hopping', size, step: BigInt(config.slide), offset: 0n };
    case 'cumulative':
      return { kind: 'cumulative', size, step: BigInt(config.step), offset: 0n };
  }
}

function source({ path }: ResolvedColumn): UnitedSource {
  return { kind: 'column', path };
}

function columnOf(schema: Schema, path: string): ResolvedColumn {
  const column = resolveColumn(schema, path);
  assert(column !== null, `the node's check has found column ${path}`);
  return column;
}
