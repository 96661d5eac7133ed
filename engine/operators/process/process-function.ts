/**
 * What a process function is: code that sees every row of its inputs with the state of the row's key, sets timers and answers
 * rows. It works on runs of rows whose keys have been found before; it stops when the output has no room and is called again.
 */
import type { Batch } from '../../columnar/batch.ts';
import { NO_TIMESTAMP } from '../../columnar/batch.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import type { Address } from '../../columnar/job-memory.ts';
import type { BroadcastState } from '../../state/broadcast-state.ts';
import type { FiredTimer } from '../../state/key-timers.ts';
import type { KeyedState } from '../../state/keyed-state.ts';

/** Selected rows at positions `from`…`to - 1` of one batch, between two watermarks; the object is reused. */
export interface RowRun {
  input: number;
  batch: Batch;
  from: number;
  to: number;
  /** i32 per position: slot of the row's key; 0 for an input without a key. */
  slots: Address;
}

export interface ProcessOutput {
  /** Rows that may still be answered in this step; a call may go beyond it to finish a row. */
  readonly room: number;
  /** A row for an output port; null = no timestamp. */
  collect(port: number, row: readonly ColumnValue[], timestamp: bigint | null): void;
}

/** The rows of one step, by port, on their way out. */
export interface StepOutput {
  /** Rows that may still be answered in this step. */
  readonly room: number;
  /** A watermark behind the rows so far. */
  mark(watermark: bigint): void;
  /** Hands the rows of the step on. */
  emit(): void;
}

/** What the function may use; the same object for its whole life. */
export interface ProcessServices {
  readonly state: KeyedState;
  readonly broadcast: readonly BroadcastState[];
  readonly output: ProcessOutput;
  readonly watermark: bigint;
  readonly processingTime: bigint;
}

export interface ProcessFunction {
  /** Takes rows of the run in order while there is room; answers the position behind the last one. */
  processRows(run: RowRun): number;
  onTimer(timer: FiredTimer): void;
}

/** A function that looks at one row at a time. */
export interface RowFunction {
  /** `row`: physical row of the batch; `slot`: of its key; `timestamp`: null when it has none. */
  processRow(input: number, batch: Batch, row: number, slot: number, timestamp: bigint | null): void;
  onTimer(timer: FiredTimer): void;
}

export function rowByRow(services: ProcessServices, rows: RowFunction): ProcessFunction {
  return {
    processRows(run) {
      const { batch, input, to } = run;
      const { i32, i64 } = batch.memory;
      let at = run.from;
      for (; at < to && services.output.room > 0; at++) {
        const row = batch.selection === 0 ? at : i32[(batch.selection >>> 2) + at];
        const timestamp = batch.timestamps === 0 ? NO_TIMESTAMP : i64[(batch.timestamps >>> 3) + row];
        const slot = run.slots === 0 ? 0 : batch.memory.i32[(run.slots >>> 2) + at];
        rows.processRow(input, batch, row, slot, timestamp === NO_TIMESTAMP ? null : timestamp);
      }
      return at;
    },
    onTimer: (timer) => rows.onTimer(timer),
  };
}
