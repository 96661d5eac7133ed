/** A row for every row: its own columns, passed on as they are, and the aggregates of its key over all rows so far, this one included. */
import type { Batch, Column } from '../../columnar/batch.ts';
import { createBatch } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import { columnAt } from '../../columnar/key-fields.ts';
import { allocateLanes, allocateValidity } from '../../columnar/lanes.ts';
import type { Cell } from '../../state/row-layout.ts';
import { accumulatorCode, accumulatorTypes } from '../aggregating/accumulator-code.ts';
import type { AggregateCall } from '../aggregating/aggregate-call.ts';
import type { RunningKernel } from '../aggregating/running-kernel.ts';
import { runningKernel } from '../aggregating/running-kernel.ts';
import type { OperatorContext, Progress, RestoredSection, SnapshotWriter } from '../operator.ts';
import { StatelessOperator } from '../stateless-operator.ts';
import { stateFingerprint } from '../windowing/state-fingerprint.ts';
import type { RunningKeys } from './running-state.ts';
import { RunningState } from './running-state.ts';

export class RunningAggregateOperator extends StatelessOperator {
  private readonly calls: readonly AggregateCall[];
  private readonly context: OperatorContext;
  private readonly running: RunningState;
  private readonly kernel: RunningKernel;
  /** Cells of accumulators that are never null. */
  private readonly counted: readonly Cell[];
  private readonly batch: Batch;
  private readonly results: readonly Column[];
  private readonly columns: (Column | null)[] = [];

  constructor(config: RunningKeys, calls: readonly AggregateCall[], context: OperatorContext) {
    super();
    this.calls = calls;
    this.context = context;
    const meaning = stateFingerprint('running aggregates', config.keyTypes, calls);
    this.running = new RunningState(config, context, 'aggregates', calls.flatMap(accumulatorTypes), meaning);
    const { state, kept } = this.running;
    const firstCell = state.table.layout.cells.indexOf(kept.values.cells[0]);
    this.kernel = runningKernel(calls, state.table.layout, firstCell);
    const specs = calls.flatMap((call) => accumulatorCode(call).cells);
    this.counted = kept.values.cells.filter((_cell, at) => !specs[at].nullable);
    this.batch = createBatch(context.memory, context.outputSchemas[0]);
    this.results = this.batch.columns.slice(-calls.length);
  }

  override open(restored: readonly RestoredSection[]): void {
    this.running.open(restored);
  }

  override processBatch(_input: number, batch: Batch): Progress {
    const { calls, columns, context, results, running } = this;
    const slots = running.find(batch);
    this.begin(slots, batch.selectedCount);
    calls.forEach(({ argument }, at) => {
      columns[at] = argument === null ? null : columnAt(batch, argument);
    });
    results.forEach((column, at) => {
      allocateLanes(context.arena, column, batch.rowCount);
      allocateValidity(context.arena, column, batch.rowCount);
      columns[calls.length + at] = column;
    });
    this.kernel(running.state.table, context.memory, columns, batch.selection, batch.selectedCount, slots);
    running.release(slots, batch.selectedCount);
    const out = Object.assign(this.batch, batch, { schema: this.batch.schema, columns: [...batch.columns, ...results] });
    if (batch.selectedCount > 0 || batch.markCount > 0) context.output.emit(0, out);
    return 'done';
  }

  override snapshot(_checkpointId: number, writer: SnapshotWriter): void {
    this.running.snapshot(writer);
  }

  override close(): void {
    this.running.close();
  }

  /** Keys that are new, or whose aggregates have been forgotten, begin at nothing. */
  private begin(slots: Address, count: number): void {
    const { i32 } = this.context.memory;
    const { kept, state } = this.running;
    for (let at = 0; at < count; at++) {
      const slot = i32[(slots >>> 2) + at];
      if (kept.has(slot)) {
        kept.touch(slot);
        continue;
      }
      kept.begin(slot);
      const word = state.table.wordOf(slot);
      for (const cell of this.counted) i32[word + cell.flagsWord] |= cell.flagsMask;
    }
  }
}
