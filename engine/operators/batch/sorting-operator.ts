/**
 * Runs a keyed operator as Flink does in a batch: it sees its rows when all of them are there, key by key and in the order of event
 * time, and its time moves when they have been read: timers of event time fire, then those of the clock, and what it remembers of the
 * keys is forgotten. Rows beyond the memory they may take wait on disk.
 *
 * Where all rows fit into memory, so does what is remembered of them, and the operator lives once; otherwise it lives anew for every
 * stretch of whole keys.
 */
import { assert } from '../../base/assert.ts';
import type { Batch } from '../../columnar/batch.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { resolveColumn } from '../../spec/column-path.ts';
import type { Schema } from '../../types/schema.ts';
import { countSpill } from '../count-spill.ts';
import type { Operator, OperatorContext, OperatorSpill, Progress, RestoredSection } from '../operator.ts';
import { WATERMARK_MAX } from '../operator.ts';
import { KeptRows } from './kept-rows.ts';
import type { RowCursor } from './row-cursor.ts';
import { compareKeys, compareRows, type OrderedRow } from './row-order.ts';

export interface SortingConfig {
  /** Key columns by input. */
  readonly keys: readonly (readonly string[])[];
  readonly create: (context: OperatorContext) => Operator;
}

/** Rows are handed on in so many calls before others get their turn. */
const CALLS_MAX = 16;
/** An operator's tables double when they grow. */
const GROWTH = 3;

/** Rows come; they are handed on; then of every life: event time ends, timers of the clock fire, the input ends. */
type Stage = 'collecting' | 'feeding' | 'watermark' | 'timers' | 'end' | 'done';

export class SortingOperator implements Operator {
  readonly watermarks = 'own';
  private readonly config: SortingConfig;
  private readonly context: OperatorContext;
  private readonly spill: OperatorSpill;
  private readonly inputs: readonly KeptRows[];
  private readonly ended: boolean[];
  private readonly innerContext: OperatorContext;
  private inner: Operator;
  private stage: Stage = 'collecting';
  /** Input that is told next. */
  private next = 0;
  private more = false;
  private emitted = false;
  private restored = false;
  /** Rows of the present life, and how many it may have. */
  private lifeRows = 0;
  private lifeRowsMax = Number.POSITIVE_INFINITY;
  /** A row of the last key of the present life, once that is known. */
  private boundary: OrderedRow | null = null;
  private timerAtMs = Number.POSITIVE_INFINITY;
  /** What the clock shows while its timers fire; null: the time. */
  private clockMs: number | null = null;

  constructor(config: SortingConfig, spill: OperatorSpill, context: OperatorContext) {
    this.config = config;
    this.context = context;
    this.spill = spill;
    const share = { ...spill, memoryBytes: spill.memoryBytes / config.keys.length };
    this.inputs = context.inputSchemas.map((schema, input) => {
      const keys = config.keys[input].map((column) => pathOf(schema, column));
      const time = schema.rowtime === undefined ? null : pathOf(schema, schema.rowtime);
      return new KeptRows(context, schema, { keys, time }, share);
    });
    this.ended = this.inputs.map(() => false);
    this.innerContext = this.createInnerContext();
    this.inner = config.create(this.innerContext);
  }

  /** What a stream has left behind belongs to keys that may come at any time: then the operator lives once. */
  open(restored: readonly RestoredSection[]): void {
    this.restored = restored.length > 0;
    this.inner.open(restored);
  }

  processBatch(input: number, batch: Batch): Progress {
    this.inputs[input].add(batch);
    this.countState();
    return 'done';
  }

  processWatermark(input: number, watermark: bigint): Progress {
    return watermark === WATERMARK_MAX ? this.endInput(input) : 'done';
  }

  processStatus(): Progress {
    return 'done';
  }

  onProcessingTime(): Progress {
    return 'done';
  }

  endInput(input: number): Progress {
    this.ended[input] = true;
    if (this.stage !== 'collecting' || this.ended.includes(false)) return 'done';
    for (const each of this.inputs) each.finish();
    this.lifeRowsMax = this.countLifeRows();
    this.stage = 'feeding';
    return this.drain();
  }

  drain(): Progress {
    this.emitted = false;
    for (let call = 0; call < CALLS_MAX && !this.emitted && this.isGoing(); call++) this.step();
    return this.isGoing() ? 'more' : 'done';
  }

  /** A batch leaves nothing behind to go on from. */
  snapshot(): void {}

  notifyCheckpointComplete(): void {}

  close(): void {
    this.inner.close();
    for (const input of this.inputs) input.close();
  }

  private isGoing(): boolean {
    return this.more || (this.stage !== 'collecting' && this.stage !== 'done');
  }

  /** One call of the operator, which may hand on one batch per port. */
  private step(): void {
    if (this.more) this.more = this.inner.drain() === 'more';
    else if (this.stage === 'feeding') this.feed();
    else if (this.stage === 'timers') this.fireTimers();
    else if (this.next < this.inputs.length) this.tellInput(this.next++);
    else if (this.stage === 'watermark') this.enter('timers');
    else this.endLife();
  }

  private enter(stage: Stage): void {
    this.stage = stage;
    this.next = 0;
  }

  private feed(): void {
    const heads = this.inputs.map((each) => each.next());
    const input = indexOfFirst(heads);
    const head = heads[input];
    if (head === undefined || head === null || this.isBehindLife(head)) {
      this.enter('watermark');
      return;
    }
    const others = heads.map((each, at) => (at === input ? null : each));
    const other = indexOfFirst(others);
    const left = this.lifeRowsMax - this.lifeRows;
    const piece = this.inputs[input].take({
      rowsMax: Math.min(this.context.batchRows, left > 0 ? left : Number.POSITIVE_INFINITY),
      before: others[other] ?? null,
      yields: other < input,
      goesOn: (row) => !this.isBehindLife(row),
    });
    this.lifeRows += piece.selectedCount;
    if (this.boundary === null && this.lifeRows >= this.lifeRowsMax) this.boundary = this.inputs[input].copyOfLast();
    this.more = this.inner.processBatch(input, piece) === 'more';
  }

  private isBehindLife(row: OrderedRow): boolean {
    return this.boundary !== null && compareKeys(row, this.boundary) !== 0;
  }

  private tellInput(input: number): void {
    const progress = this.stage === 'watermark' ? this.inner.processWatermark(input, WATERMARK_MAX) : this.inner.endInput(input);
    this.more = progress === 'more';
  }

  private fireTimers(): void {
    const timeMs = this.timerAtMs;
    if (timeMs === Number.POSITIVE_INFINITY) {
      this.enter('end');
      return;
    }
    this.timerAtMs = Number.POSITIVE_INFINITY;
    this.clockMs = timeMs;
    this.more = this.inner.onProcessingTime(timeMs) === 'more';
  }

  private endLife(): void {
    this.clockMs = null;
    if (this.inputs.every((each) => each.next() === null)) {
      this.enter('done');
      return;
    }
    this.inner.close();
    this.inner = this.config.create(this.innerContext);
    this.inner.open([]);
    this.lifeRows = 0;
    this.boundary = null;
    this.enter('feeding');
  }

  private countLifeRows(): number {
    if (this.restored || !this.inputs.some(({ spilled }) => spilled)) return Number.POSITIVE_INFINITY;
    const rows = this.inputs.reduce((sum, each) => sum + each.rows, 0);
    const bytes = this.inputs.reduce((sum, each) => sum + each.bytes, 0);
    return Math.max(1, Math.floor((this.spill.memoryBytes * rows) / bytes / GROWTH));
  }

  private countState(): void {
    const { metrics } = this.context;
    metrics.stateBytes = this.inputs.reduce((sum, { stateBytes }) => sum + stateBytes, 0);
    countSpill(metrics, this.spill);
  }

  /** Event time and the clock are those of the life; what leaves are rows alone. */
  private createInnerContext(): OperatorContext {
    const { context } = this;
    return {
      ...context,
      clock: { now: () => this.clockMs ?? context.clock.now(), monotonic: () => context.clock.monotonic() },
      output: {
        emit: (port, batch) => {
          this.emitted = true;
          context.output.emit(port, batch);
        },
        emitWatermark: () => undefined,
        emitStatus: () => undefined,
      },
      requestProcessingTime: (timeMs) => {
        if (timeMs < this.timerAtMs) this.timerAtMs = timeMs;
      },
    };
  }
}

/** -1: there is none. */
function indexOfFirst(heads: readonly (RowCursor | null)[]): number {
  let found = -1;
  heads.forEach((head, at) => {
    const before = heads[found] ?? null;
    if (head !== null && (before === null || compareRows(head, before) < 0)) found = at;
  });
  return found;
}

function pathOf(schema: Schema, column: string): ColumnPath {
  const resolved = resolveColumn(schema, column);
  assert(resolved !== null, `column '${column}' is in the schema`);
  return resolved.path;
}
