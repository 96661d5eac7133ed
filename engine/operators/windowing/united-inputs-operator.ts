/**
 * Two inputs as one: an operator of one input runs over the union of both, whose rows have the columns of either side, those of the
 * other one null. Lanes are shared, never copied; the watermark of the union is that of both.
 */
import type { Batch, Column } from '../../columnar/batch.ts';
import { createBatch, createColumn } from '../../columnar/batch.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt } from '../../columnar/key-fields.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { Operator, OperatorContext, Output, Progress, RestoredSection, SnapshotWriter } from '../operator.ts';
import { CombinedEventTime } from '../time/combined-event-time.ts';
import type { WindowsView } from '../time/window-view.ts';

/** Where a column of the union comes from: a column of that input, the same INT in every row, or nowhere. */
export type UnitedSource =
  | { readonly kind: 'column'; readonly path: ColumnPath }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'null' };

export interface UnitedColumn {
  readonly name: string;
  readonly type: LogicalType;
  /** By input. */
  readonly sources: readonly [UnitedSource, UnitedSource];
}

export const NULL_SOURCE: UnitedSource = { kind: 'null' };
/** Where the inner operator sends late rows of the union. */
export const UNITED_LATE_PORT = 1;

export class UnitedInputsOperator implements Operator {
  readonly watermarks = 'own';
  /** There where the inner operator has windows to show. */
  readonly viewWindows?: (limit: number) => WindowsView;
  private readonly context: OperatorContext;
  private readonly columns: readonly UnitedColumn[];
  private readonly inner: Operator;
  private readonly union: Batch;
  private readonly time = new CombinedEventTime(2);
  private turnsIdle = false;
  /** Of which the union is made; it stays until the step has been drained. */
  private given: { readonly input: number; readonly batch: Batch } | null = null;

  /**
   * `create` is given the context with the union as its only input. `latePorts`: what the inner operator sends to its port 1, rows of
   * the union that came too late, leaves here by the port of their input, as they came.
   */
  constructor(
    columns: readonly UnitedColumn[],
    context: OperatorContext,
    create: (united: OperatorContext) => Operator,
    latePorts: readonly [number, number] | null = null,
  ) {
    const schema = { fields: columns.map(({ name, type }) => ({ name, type })) };
    this.columns = columns;
    this.context = context;
    this.union = createBatch(context.memory, schema);
    const inner = create({ ...context, inputSchemas: [schema], output: latePorts === null ? context.output : this.routeLate(latePorts) });
    this.inner = inner;
    const view = inner.viewWindows?.bind(inner);
    if (view !== undefined) this.viewWindows = view;
  }

  open(restored: readonly RestoredSection[]): void {
    this.inner.open(restored);
  }

  processBatch(input: number, batch: Batch): Progress {
    this.given = { input, batch };
    return this.inner.processBatch(0, this.unite(input, batch));
  }

  processWatermark(input: number, watermark: bigint): Progress {
    return this.time.onWatermark(input, watermark) ? this.inner.processWatermark(0, this.time.watermark) : 'done';
  }

  processStatus(input: number, idle: boolean): Progress {
    const before = this.time.idle;
    const advanced = this.time.onStatus(input, idle);
    if (this.time.idle !== before && !this.time.idle) this.context.output.emitStatus(false);
    this.turnsIdle = this.time.idle && !before;
    return this.afterStatus(advanced ? this.inner.processWatermark(0, this.time.watermark) : 'done');
  }

  onProcessingTime(nowMs: number): Progress {
    return this.inner.onProcessingTime(nowMs);
  }

  drain(): Progress {
    return this.afterStatus(this.inner.drain());
  }

  endInput(): Progress {
    return 'done';
  }

  snapshot(checkpointId: number, writer: SnapshotWriter): void {
    this.inner.snapshot(checkpointId, writer);
  }

  notifyCheckpointComplete(): void {}

  close(): void {
    this.inner.close();
  }

  /** Idleness leaves behind what the last watermark fired. */
  private afterStatus(progress: Progress): Progress {
    if (progress === 'done' && this.turnsIdle) {
      this.context.output.emitStatus(true);
      this.turnsIdle = false;
    }
    return progress;
  }

  private routeLate(latePorts: readonly [number, number]): Output {
    const { output } = this.context;
    return {
      emit: (port, batch) => {
        if (port !== UNITED_LATE_PORT) output.emit(port, batch);
        else if (this.given !== null) {
          const { selection, selectedCount } = batch;
          const rows = { selection, selectedCount, markCount: 0, markRows: 0, markWatermarks: 0 };
          output.emit(latePorts[this.given.input], { ...this.given.batch, ...rows });
        }
      },
      emitWatermark: (watermark) => output.emitWatermark(watermark),
      emitStatus: (idle) => output.emitStatus(idle),
    };
  }

  private unite(input: number, batch: Batch): Batch {
    const { union, context } = this;
    const { arena, memory } = context;
    const { rowCount } = batch;
    const rows = Math.max(rowCount, 1);
    const nulls = arena.allocate(rows);
    memory.u8.fill(0, nulls, nulls + rows);
    this.columns.forEach(({ type, sources }, at) => {
      union.columns[at] = this.columnFrom(sources[input], type, batch, nulls);
    });
    const { selection, selectedCount, timestamps } = batch;
    return { ...union, rowCount, selection, selectedCount, rowKinds: 0, timestamps, ...this.combineMarks(input, batch) };
  }

  private columnFrom(source: UnitedSource, type: LogicalType, batch: Batch, nulls: number): Column {
    if (source.kind === 'column') return columnAt(batch, source.path);
    if (source.kind === 'null') return { ...createColumn(type), validity: nulls };
    const { arena, memory } = this.context;
    const data = arena.allocate(Math.max(batch.rowCount, 1) * 4);
    memory.i32.fill(source.value, data >>> 2, (data >>> 2) + batch.rowCount);
    return { ...createColumn(type), data };
  }

  /** Marks are watermarks of one input; the union wants those of both. */
  private combineMarks(input: number, batch: Batch): Pick<Batch, 'markCount' | 'markRows' | 'markWatermarks'> {
    const { i32, i64 } = batch.memory;
    const markRows = this.context.arena.allocate(4 * Math.max(batch.markCount, 1));
    const markWatermarks = this.context.arena.allocate(8 * Math.max(batch.markCount, 1));
    let markCount = 0;
    for (let mark = 0; mark < batch.markCount; mark++) {
      if (!this.time.onWatermark(input, i64[(batch.markWatermarks >>> 3) + mark])) continue;
      i32[(markRows >>> 2) + markCount] = i32[(batch.markRows >>> 2) + mark];
      i64[(markWatermarks >>> 3) + markCount] = this.time.watermark;
      markCount++;
    }
    return { markCount, markRows, markWatermarks };
  }
}
