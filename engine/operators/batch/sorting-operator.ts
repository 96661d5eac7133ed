/**
 * Runs an operator as Flink does in a batch: it sees what is broadcast, then, when all of them are there, the rows of its keyed inputs key
 * by key and in the order of event time. Its time moves when they have been read: timers of event time fire, then those of the clock, and
 * what it remembers of the keys is forgotten. Rows beyond the memory they may take wait on disk.
 *
 * Where all rows fit into memory, so does what is remembered of them, and the operator has one life; otherwise it has one for every stretch
 * of whole keys: it forgets the keys of the last, or is made anew.
 */
import { assert } from '../../base/assert.ts';
import { EngineError } from '../../base/errors.ts';
import type { Batch } from '../../columnar/batch.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { resolveColumn } from '../../spec/column-path.ts';
import type { Schema } from '../../types/schema.ts';
import { countSpill } from '../count-spill.ts';
import type { Operator, OperatorContext, OperatorSpill, Progress, RestoredSection } from '../operator.ts';
import { WATERMARK_MAX } from '../operator.ts';
import { type KeptOrder, KeptRows } from './kept-rows.ts';
import type { RowCursor } from './row-cursor.ts';
import { compareKeys, compareRows, type OrderedRow } from './row-order.ts';

/** `first`: handed on at once, while the rows of the other inputs wait. */
export type InputOrder =
  | { readonly kind: 'by-key'; readonly keys: readonly string[] }
  | { readonly kind: 'as-they-come' }
  | { readonly kind: 'first' };

export interface SortingConfig {
  readonly inputs: readonly InputOrder[];
  readonly create: (context: OperatorContext) => Operator;
}

/** Rows are handed on in so many calls before others get their turn. */
const CALLS_MAX = 16;
/** Times to which the clock is set behind the rows of a life: timers that set the next ones would never end. */
const FIRINGS_MAX = 1_000_000;
/** An operator's tables double when they grow. */
const GROWTH = 3;

/** Rows come; inputs that are read first end; rows are handed on; behind those of a life time ends, timers of the clock fire, inputs end. */
type Stage = 'collecting' | 'first' | 'feeding' | 'watermark' | 'timers' | 'end' | 'done';

export class SortingOperator implements Operator {
  readonly watermarks = 'own';
  private readonly config: SortingConfig;
  private readonly context: OperatorContext;
  private readonly spill: OperatorSpill;
  /** Null: read first. */
  private readonly inputs: readonly (KeptRows | null)[];
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
  /** Times to which the clock was set in this life. */
  private firings = 0;
  /** What the clock shows while its timers fire; null: the time. */
  private clockMs: number | null = null;

  constructor(config: SortingConfig, spill: OperatorSpill, context: OperatorContext) {
    this.config = config;
    this.context = context;
    this.spill = spill;
    const share = { ...spill, memoryBytes: spill.memoryBytes / config.inputs.length };
    this.inputs = context.inputSchemas.map((schema, input) => {
      const order = config.inputs[input];
      return order.kind === 'first' ? null : new KeptRows(context, schema, keptOrder(schema, order), share);
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
    const kept = this.inputs[input];
    if (kept === null) return this.handOn(() => this.inner.processBatch(input, batch));
    kept.add(batch);
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
    for (const each of this.inputs) each?.finish();
    this.lifeRowsMax = this.countLifeRows();
    this.enter('first');
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
    for (const input of this.inputs) input?.close();
  }

  /** A call for an input that is read first, while the rows of the others are collected. */
  private handOn(call: () => Progress): Progress {
    this.more = call() === 'more';
    return this.isGoing() ? 'more' : 'done';
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
    else if (this.stage === 'first') this.enter('feeding');
    else if (this.stage === 'watermark') this.enter('timers');
    else this.endLife();
  }

  private enter(stage: Stage): void {
    this.stage = stage;
    this.next = 0;
  }

  private feed(): void {
    const heads = this.inputs.map((each) => each?.next() ?? null);
    const input = indexOfFirst(heads);
    const [head, kept] = [heads[input] ?? null, this.inputs[input] ?? null];
    if (head === null || kept === null || this.isBehindLife(head)) {
      this.enter('watermark');
      return;
    }
    const others = heads.map((each, at) => (at === input ? null : each));
    const other = indexOfFirst(others);
    const left = this.lifeRowsMax - this.lifeRows;
    const piece = kept.take({
      rowsMax: Math.min(this.context.batchRows, left > 0 ? left : Number.POSITIVE_INFINITY),
      before: others[other] ?? null,
      yields: other < input,
      goesOn: (row) => !this.isBehindLife(row),
    });
    this.lifeRows += piece.selectedCount;
    if (this.boundary === null && this.lifeRows >= this.lifeRowsMax) this.boundary = kept.copyOfLast();
    this.more = this.inner.processBatch(input, piece) === 'more';
  }

  private isBehindLife(row: OrderedRow): boolean {
    return this.boundary !== null && compareKeys(row, this.boundary) !== 0;
  }

  private tellInput(input: number): void {
    const isFirst = this.inputs[input] === null;
    if (this.stage === 'watermark') this.more = this.inner.processWatermark(input, WATERMARK_MAX) === 'more';
    else if (isFirst === (this.stage === 'first')) this.more = this.inner.endInput(input) === 'more';
  }

  private fireTimers(): void {
    const timeMs = this.timerAtMs;
    if (timeMs === Number.POSITIVE_INFINITY) {
      this.enter('end');
      return;
    }
    if (++this.firings > FIRINGS_MAX) throw neverEnds(this.context.nodeId);
    this.timerAtMs = Number.POSITIVE_INFINITY;
    this.clockMs = timeMs;
    this.more = this.inner.onProcessingTime(timeMs) === 'more';
  }

  private endLife(): void {
    this.clockMs = null;
    if (this.inputs.every((each) => each === null || each.next() === null)) {
      this.enter('done');
      return;
    }
    if (this.inner.forgetKeys === undefined) {
      this.inner.close();
      this.inner = this.config.create(this.innerContext);
      this.inner.open([]);
    } else this.inner.forgetKeys();
    this.lifeRows = 0;
    this.firings = 0;
    this.boundary = null;
    this.enter('feeding');
  }

  private countLifeRows(): number {
    const kept = this.inputs.flatMap((each) => each ?? []);
    // What was read first would be forgotten with the keys.
    const lasts = this.inner.forgetKeys === undefined && kept.length < this.inputs.length;
    if (this.restored || lasts || !kept.some(({ spilled }) => spilled)) return Number.POSITIVE_INFINITY;
    const rows = kept.reduce((sum, each) => sum + each.rows, 0);
    const bytes = kept.reduce((sum, each) => sum + each.bytes, 0);
    return Math.max(1, Math.floor((this.spill.memoryBytes * rows) / bytes / GROWTH));
  }

  private countState(): void {
    const { metrics } = this.context;
    metrics.stateBytes = this.inputs.reduce((sum, each) => sum + (each?.stateBytes ?? 0), 0);
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

/** Null: as they come. */
function keptOrder(schema: Schema, order: InputOrder): KeptOrder | null {
  if (order.kind !== 'by-key') return null;
  const time = schema.rowtime === undefined ? null : pathOf(schema, schema.rowtime);
  return { keys: order.keys.map((column) => pathOf(schema, column)), time };
}

function neverEnds(nodeId: string): EngineError {
  return new EngineError(
    'MR5019',
    `the input has ended, and timers of the clock set others for the ${FIRINGS_MAX}th time: they never end`,
    {
      domain: 'user',
      nodeId,
      remedy: 'let a timer that fires set no other for ever, or run the pipeline as a stream, which ends without them',
    },
  );
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
