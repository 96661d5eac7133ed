/** Emits every record of a fired window, with the window's bounds; a window of any size leaves in pieces. */
import type { Column } from '../../columnar/batch.ts';
import type { Schema } from '../../types/schema.ts';
import type { OperatorContext } from '../operator.ts';
import type { BufferedContents } from './buffered-contents.ts';
import type { KeyedWindows } from './keyed-windows.ts';
import { ResultBatch } from './result-batch.ts';
import type { Firing, WindowEmitter } from './window-function.ts';

/** Output columns by index; the kept columns come first, in their order. */
export interface ShownRows {
  readonly start: number | null;
  readonly end: number | null;
  readonly time: number | null;
}

export class RowsEmitter implements WindowEmitter {
  private readonly context: OperatorContext;
  private readonly contents: BufferedContents;
  private readonly results: ResultBatch;
  private readonly shown: ShownRows;
  private readonly keptColumns: readonly Column[];
  private firing: Firing | null = null;
  /** Next record of the window that is being emitted. */
  private record = 0;

  constructor(context: OperatorContext, schema: Schema, contents: BufferedContents, shown: ShownRows) {
    this.context = context;
    this.contents = contents;
    this.shown = shown;
    this.results = new ResultBatch(
      context.arena,
      schema,
      context.batchRows,
      schema.fields.map((field) => field.type.nullable),
      false,
    );
    this.keptColumns = this.results.batch.columns.slice(0, contents.kept.length);
  }

  get room(): number {
    return this.results.room;
  }

  fire(_windows: KeyedWindows, firing: Firing): boolean {
    this.firing = firing;
    this.record = this.contents.firstOf(firing.row);
    return this.resume();
  }

  resume(): boolean {
    const { results, firing, context } = this;
    if (firing === null) return true;
    while (this.record !== 0) {
      if (results.room <= 0) return false;
      const target = results.nextRow();
      const list = context.arena.allocate(results.room * 4);
      const { next, written } = this.contents.exportRun(this.record, results.room, list, this.keptColumns, target);
      this.fill(this.shown.start, firing.start, target, written);
      this.fill(this.shown.end, firing.end, target, written);
      this.fill(this.shown.time, firing.windowTime, target, written);
      results.advance(written);
      this.record = next;
    }
    this.firing = null;
    return true;
  }

  mark(watermark: bigint): void {
    this.results.mark(watermark);
  }

  take() {
    return this.results.take();
  }

  reset(): void {
    this.results.reset();
  }

  close(): void {
    // Everything lies in the arena.
  }

  private fill(column: number | null, value: bigint, target: number, count: number): void {
    if (column === null) return;
    const { batch } = this.results;
    const lane = (batch.columns[column].data >>> 3) + target;
    batch.memory.i64.fill(value, lane, lane + count);
  }
}
