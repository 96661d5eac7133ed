/** Which output column shows what of a fired window. */

import type { Column } from '../../columnar/batch.ts';
import { createColumn } from '../../columnar/batch.ts';
import type { Schema } from '../../types/schema.ts';
import type { GroupPlan, GroupState } from '../aggregating/group-state.ts';
import type { OperatorContext } from '../operator.ts';
import { ResultBatch } from './result-batch.ts';

/** Output columns by index; a bound that is not shown is null. */
export interface WindowColumns {
  /** Of the key columns, from the first on; further ones are not shown. */
  readonly keys: readonly number[];
  readonly start: number | null;
  readonly end: number | null;
  /** window_time: the event-time column of the results. */
  readonly time: number | null;
  /** Parallel to the aggregate calls. */
  readonly aggregates: readonly number[];
}

export class WindowOutput {
  readonly results: ResultBatch;
  /** Whether all texts of a key column have been ASCII, as far as the batches said so. */
  readonly keyAscii: boolean[];
  private readonly plan: GroupPlan;
  private readonly shown: WindowColumns;
  private readonly keyColumns: Column[];
  private readonly aggregateColumns: Column[];

  constructor(context: OperatorContext, schema: Schema, plan: GroupPlan, shown: WindowColumns) {
    const nullable = schema.fields.map((field) => field.type.nullable);
    // DECIMAL sums can be NULL although their type says otherwise, as in Flink.
    plan.calls.forEach((call, at) => {
      if (call.resultType.kind === 'DECIMAL') nullable[shown.aggregates[at]] = true;
    });
    this.results = new ResultBatch(context.arena, schema, context.batchRows, nullable, false);
    this.keyAscii = shown.keys.map(() => true);
    this.plan = plan;
    this.shown = shown;
    this.keyColumns = shown.keys.map((column) => createColumn(schema.fields[column].type));
    this.aggregateColumns = shown.aggregates.map((column) => createColumn(schema.fields[column].type));
  }

  /** Writes groups `from`… of a window until they end or the batch is full; answers the first group not written. */
  write(state: GroupState, from: number, start: bigint, end: bigint, time: bigint): number {
    const { results, plan, shown } = this;
    const to = Math.min(state.table.rowCount, from + results.room);
    if (to === from) return to;
    const target = results.nextRow();
    const { batch } = results;
    this.keyColumns.forEach((_, at) => {
      this.keyColumns[at] = batch.columns[shown.keys[at]];
      this.keyColumns[at].ascii = this.keyAscii[at];
    });
    this.aggregateColumns.forEach((_, at) => {
      this.aggregateColumns[at] = batch.columns[shown.aggregates[at]];
    });
    plan.exportKeys(state.table, batch.memory, 0, from, to, this.keyColumns, target);
    plan.kernels.result(state.table, batch.memory, 0, from, to, this.aggregateColumns, target);
    this.fill(shown.start, start, target, to - from);
    this.fill(shown.end, end, target, to - from);
    this.fill(shown.time, time, target, to - from);
    results.advance(to - from);
    return to;
  }

  private fill(column: number | null, value: bigint, target: number, count: number): void {
    if (column === null) return;
    const { batch } = this.results;
    const lane = batch.columns[column].data >>> 3;
    batch.memory.i64.fill(value, lane + target, lane + target + count);
  }
}
