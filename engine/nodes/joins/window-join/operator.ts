/** Runs the window join node. */
import { assert } from '../../../base/assert.ts';
import type { WindowJoinConfig as OperatorConfig } from '../../../operators/joining/window-join-operator.ts';
import { WindowJoinOperator } from '../../../operators/joining/window-join-operator.ts';
import type { Operator, OperatorContext, WatermarkPolicy } from '../../../operators/operator.ts';
import { createTimeShift } from '../../../operators/windowing/time-shift.ts';
import type { ResolvedColumn } from '../../../spec/column-path.ts';
import { resolveColumn } from '../../../spec/column-path.ts';
import { printType } from '../../../types/print-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { WindowJoinConfig } from './node.ts';

export function createOperator(config: WindowJoinConfig, context: OperatorContext): Operator & WatermarkPolicy {
  const [left, right] = context.inputSchemas;
  const keys = [columnsOf(left, config.leftKeys), columnsOf(right, config.rightKeys)] as const;
  const rowtimes = [rowtimeOf(left), rowtimeOf(right)] as const;
  const windows = windowsOf(config);
  const columns = context.outputSchemas[0].fields.length;
  const start = columns - (config.windowTime ? 3 : 2);
  return new WindowJoinOperator(
    {
      kind: config.kind,
      keys: [keys[0].map((key) => key.path), keys[1].map((key) => key.path)],
      keyTypes: keys[0].map((key) => key.type),
      rowtime: [rowtimes[0].path, rowtimes[1].path],
      windows,
      shift: rowtimes[0].type.kind === 'TIMESTAMP_LTZ' ? createTimeShift(context.timeZone) : null,
      bounds: { start, end: start + 1, time: config.windowTime ? start + 2 : null },
      meaning: `${config.kind} join in ${config.window} windows (${windows.size}, ${windows.slide}) ms of ${[left, right].map(printSchema).join(' and ')}`,
    },
    context,
  );
}

function windowsOf(config: WindowJoinConfig): OperatorConfig['windows'] {
  const { size } = config;
  if (config.window === 'cumulative') return { kind: 'cumulative', size, slide: config.step, offset: 0 };
  return { kind: 'sliding', size, slide: config.window === 'sliding' ? config.slide : size, offset: 0 };
}

function columnsOf(schema: Schema, paths: readonly string[]): ResolvedColumn[] {
  return paths.map((path) => {
    const column = resolveColumn(schema, path);
    assert(column !== null, `the join's check has found column ${path}`);
    return column;
  });
}

function rowtimeOf(schema: Schema): ResolvedColumn {
  return columnsOf(schema, [schema.rowtime ?? ''])[0];
}

function printSchema(schema: Schema): string {
  return `(${schema.fields.map((field) => `${field.name} ${printType(field.type)}`).join(', ')})`;
}
