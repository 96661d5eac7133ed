/**
 * Flink's co-group: one window operator over the union of two inputs, whose function sees the rows of a key and window by
 * input, one-sided windows too. A window join is the co-group that answers the pairs.
 */
import { assert } from '../../base/assert.ts';
import type { Batch, Column } from '../../columnar/batch.ts';
import { createBatch, createColumn } from '../../columnar/batch.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt } from '../../columnar/key-fields.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { INT, notNull, withNullable } from '../../types/make-type.ts';
import type { Schema } from '../../types/schema.ts';
import type { Operator, OperatorContext, Progress, RestoredSection, SnapshotWriter } from '../operator.ts';
import { CombinedEventTime } from '../time/combined-event-time.ts';
import type { GeneralWindowPlan } from '../windowing/create-general-window.ts';
import { createProcessingWindow } from '../windowing/create-general-window.ts';
import type { GeneralWindowOperator } from '../windowing/general-window-operator.ts';
import type { ProcessContext } from '../windowing/process-emitter.ts';

type Rows = readonly (readonly ColumnValue[])[];

/** Rows of one key and window, in order of arrival. */
export type CoGroupFunction = (context: ProcessContext, left: Rows, right: Rows) => Rows;

export interface CoGroupConfig {
  /** Window, trigger and lateness; keys are columns of the union, which is this operator's business. */
  readonly window: Omit<GeneralWindowPlan, 'keys' | 'keyTypes' | 'rowtime' | 'latePort'>;
  readonly keys: readonly [readonly ColumnPath[], readonly ColumnPath[]];
  readonly keyTypes: readonly LogicalType[];
  readonly function: CoGroupFunction;
}

/** The pairs of a window: every left row with every right one. */
export function pairs(pair: (left: readonly ColumnValue[], right: readonly ColumnValue[]) => readonly ColumnValue[]): CoGroupFunction {
  return (_context, left, right) => left.flatMap((one) => right.map((other) => pair(one, other)));
}

export class CoGroupOperator implements Operator {
  readonly watermarks = 'own';
  private readonly context: OperatorContext;
  private readonly keys: CoGroupConfig['keys'];
  private readonly windows: GeneralWindowOperator;
  /** Side, keys, columns of the left input, columns of the right one. */
  private readonly union: Batch;
  private readonly keyColumns: number;
  private readonly time = new CombinedEventTime(2);
  private turnsIdle = false;

  constructor(config: CoGroupConfig, context: OperatorContext) {
    this.context = context;
    this.keys = config.keys;
    this.keyColumns = config.keyTypes.length;
    const schema = unionSchema(config.keyTypes, context.inputSchemas);
    this.union = createBatch(context.memory, schema);
    const [left, right] = context.inputSchemas.map((input) => input.fields.length);
    const first = 1 + this.keyColumns;
    this.windows = createProcessingWindow(
      { ...config.window, keys: config.keyTypes.map((_, at) => [1 + at]), keyTypes: config.keyTypes, rowtime: null, latePort: null },
      { ...context, inputSchemas: [schema] },
      { kind: 'records' },
      (call, records) =>
        config.function(
          call,
          records.filter(([side]) => side === 0).map((record) => record.slice(first, first + left)),
          records.filter(([side]) => side === 1).map((record) => record.slice(first + left, first + left + right)),
        ),
      { windowLongs: 0, keyLongs: 0 },
    );
  }

  open(restored: readonly RestoredSection[]): void {
    this.windows.open(restored);
  }

  processBatch(input: number, batch: Batch): Progress {
    return this.windows.processBatch(0, this.unite(input, batch));
  }

  processWatermark(input: number, watermark: bigint): Progress {
    return this.time.onWatermark(input, watermark) ? this.windows.processWatermark(0, this.time.watermark) : 'done';
  }

  processStatus(input: number, idle: boolean): Progress {
    const before = this.time.idle;
    const advanced = this.time.onStatus(input, idle);
    if (this.time.idle !== before && !this.time.idle) this.context.output.emitStatus(false);
    this.turnsIdle = this.time.idle && !before;
    return this.afterStatus(advanced ? this.windows.processWatermark(0, this.time.watermark) : 'done');
  }

  onProcessingTime(nowMs: number): Progress {
    return this.windows.onProcessingTime(nowMs);
  }

  drain(): Progress {
    return this.afterStatus(this.windows.drain());
  }

  endInput(): Progress {
    return 'done';
  }

  snapshot(checkpointId: number, writer: SnapshotWriter): void {
    this.windows.snapshot(checkpointId, writer);
  }

  notifyCheckpointComplete(): void {}

  close(): void {
    this.windows.close();
  }

  /** Idleness leaves behind what the last watermark fired. */
  private afterStatus(progress: Progress): Progress {
    if (progress === 'done' && this.turnsIdle) {
      this.context.output.emitStatus(true);
      this.turnsIdle = false;
    }
    return progress;
  }

  /** The batch as rows of the union: its lanes are shared, the other input's columns are null throughout. */
  private unite(input: number, batch: Batch): Batch {
    const { union, context } = this;
    const { arena, memory } = context;
    const { rowCount } = batch;
    const rows = Math.max(rowCount, 1);
    const nulls = arena.allocate(rows);
    const side = arena.allocate(rows * 4);
    memory.u8.fill(0, nulls, nulls + rows);
    memory.i32.fill(input, side >>> 2, (side >>> 2) + rows);
    const own = 1 + this.keyColumns + (input === 0 ? 0 : context.inputSchemas[0].fields.length);
    union.columns.forEach((column, at) => {
      const mine = at > this.keyColumns ? batch.columns[at - own] : at > 0 ? columnAt(batch, this.keys[input][at - 1]) : undefined;
      union.columns[at] = at === 0 ? { ...column, data: side } : (mine ?? absent(column.type, nulls));
    });
    const { selection, selectedCount, timestamps } = batch;
    return { ...union, rowCount, selection, selectedCount, rowKinds: 0, timestamps, ...this.combineMarks(input, batch) };
  }

  /** Marks are watermarks of one input; the windows want those of both. */
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

function unionSchema(keyTypes: readonly LogicalType[], inputs: readonly Schema[]): Schema {
  assert(inputs.length === 2, 'a co-group has two inputs');
  const names = ['l', 'r'];
  const columns = inputs.flatMap((input, at) =>
    input.fields.map((field) => ({ name: `${names[at]}_${field.name}`, type: withNullable(field.type, true) })),
  );
  const keys = keyTypes.map((type, at) => ({ name: `key_${at}`, type }));
  return { fields: [{ name: 'side', type: notNull(INT) }, ...keys, ...columns] };
}

function absent(type: LogicalType, nulls: number): Column {
  return { ...createColumn(type), validity: nulls };
}
