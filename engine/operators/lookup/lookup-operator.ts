/**
 * Brings each row together with what a server answers to a question made of it, as Flink's asynchronous I/O does: at most `capacity` rows
 * are under way; rows leave in order, or as they are answered but never past a watermark. What is under way is in the checkpoint as input
 * rows, which are asked for again.
 *
 * Answers come on the event loop and are only noted there; rows leave in the operator's own calls. A batch that finds no room waits.
 */
import { EngineError } from '../../base/errors.ts';
import type { Batch, Column } from '../../columnar/batch.ts';
import { createBatch, NO_TIMESTAMP } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import { clearBatch } from '../../columnar/lanes.ts';
import { buildBatch } from '../../columnar/row-builder.ts';
import { readRow } from '../../columnar/row-reader.ts';
import { ChainKernel } from '../../expressions/compile/chain-kernel.ts';
import type { TypedExpression } from '../../expressions/typed-expression.ts';
import { fillText, text } from '../../spec/text.ts';
import { STRING } from '../../types/make-type.ts';
import type { Schema } from '../../types/schema.ts';
import type { Operator, OperatorContext, Progress, RestoredSection, SnapshotWriter } from '../operator.ts';
import { WATERMARK_MAX } from '../operator.ts';
import { endOfSegment } from '../process/process-operator.ts';
import { lastPerRow, type RowMark } from '../process/row-collector.ts';
import type { AnswerCache } from './answer-cache.ts';
import type { LookupQueue, PendingRow, RowAnswer } from './lookup-queue.ts';
import { OrderedQueue, UnorderedQueue } from './lookup-queue.ts';
import { PendingStore } from './pending-store.ts';

/** Where answers come from; they come later, on the event loop, each once and never after `close`. */
export interface AnswerService {
  ask(question: string, answered: (answer: RowAnswer) => void): void;
  close(): void;
}

export interface LookupConfig {
  /** Over the input, STRING each: the values a question is made of. NULL in one of them: there is no question, and no answer. */
  readonly keys: readonly TypedExpression[];
  question(values: readonly string[]): string;
  /** Over `RESULT_SCHEMA` of the same length: the result columns. */
  readonly results: readonly TypedExpression[];
  readonly ordered: boolean;
  readonly capacity: number;
  readonly keepsMissing: boolean;
  /** With `side` a second port takes the rows that failed, with the reason. */
  readonly onFailure: 'fail' | 'nulls' | 'side';
  readonly cache: AnswerCache | null;
}

/** What the results are computed of: texts as they came. */
export function resultSchema(count: number): Schema {
  return { fields: Array.from({ length: count }, (_, at) => ({ name: `r${at}`, type: STRING })) };
}

const [MAIN, FAILED] = [0, 1];
const NO_QUESTION: RowAnswer = { kind: 'missing' };
const FAILURE = text({ en: 'no answer for {question}: {reason}', zh: '{question} 没有应答：{reason}' });

export class LookupOperator implements Operator {
  readonly watermarks = 'own';
  private readonly config: LookupConfig;
  private readonly context: OperatorContext;
  private readonly service: AnswerService;
  private readonly store: PendingStore;
  private readonly queue: LookupQueue;
  private readonly keys: ChainKernel | null;
  private readonly results: ChainKernel;
  private readonly piece: Batch;
  private readonly outputs: readonly Batch[];
  /** Rows that wait for their turn to be asked for: more were restored than may be under way. */
  private unasked: { readonly pending: PendingRow; readonly question: string }[] = [];
  private restored: PendingRow[] = [];
  private asking = 0;
  private batch: Batch | null = null;
  private position = 0;
  private segmentEnd = 0;
  private mark = 0;
  private closing = false;
  private turnsIdle = false;
  private closed = false;

  constructor(config: LookupConfig, service: AnswerService, context: OperatorContext) {
    const { memory, arena, nodeId, inputSchemas, outputSchemas } = context;
    const runtime = { timeZone: context.timeZone, now: () => context.clock.now() };
    const columns = (expressions: readonly TypedExpression[]) => expressions.map((expression, at) => ({ name: `c${at}`, expression }));
    this.config = config;
    this.context = context;
    this.service = service;
    this.store = new PendingStore(context);
    this.queue = config.ordered ? new OrderedQueue() : new UnorderedQueue();
    this.piece = createBatch(memory, inputSchemas[0]);
    this.outputs = outputSchemas.map((schema) => createBatch(memory, schema));
    const stage = (expressions: readonly TypedExpression[]) => [{ kind: 'project' as const, nodeId, columns: columns(expressions) }];
    this.keys =
      config.keys.length === 0 ? null : new ChainKernel({ input: inputSchemas[0], stages: stage(config.keys), memory, arena, runtime });
    this.results = new ChainKernel({ input: resultSchema(config.results.length), stages: stage(config.results), memory, arena, runtime });
  }

  open(restored: readonly RestoredSection[]): void {
    this.restored = this.store.restore(restored);
    for (const pending of this.restored) this.queue.add(pending);
    if (this.restored.length > 0) this.context.wake();
  }

  processBatch(_input: number, batch: Batch): Progress {
    this.batch = batch;
    this.position = 0;
    this.segmentEnd = 0;
    this.mark = 0;
    return this.drain();
  }

  processWatermark(_input: number, watermark: bigint): Progress {
    // Nothing is left behind at the end of event time, which passes by itself.
    if (watermark === WATERMARK_MAX) this.closing = true;
    else this.queue.addWatermark(watermark);
    return this.drain();
  }

  processStatus(_input: number, idle: boolean): Progress {
    if (!idle && !this.turnsIdle) this.context.output.emitStatus(false);
    this.turnsIdle = idle;
    return this.drain();
  }

  onProcessingTime(): Progress {
    return this.drain();
  }

  endInput(): Progress {
    this.closing = true;
    return this.drain();
  }

  drain(): Progress {
    this.askRestored();
    this.takeRows();
    this.askMore();
    const full = this.emit();
    this.context.metrics.stateBytes = this.store.usedBytes;
    if (full || this.batch !== null || (this.closing && this.queue.size > 0)) return 'more';
    if (this.turnsIdle && this.queue.size === 0) {
      this.context.output.emitStatus(true);
      this.turnsIdle = false;
    }
    return 'done';
  }

  snapshot(_checkpointId: number, writer: SnapshotWriter): void {
    this.store.snapshot(this.queue.rows(), writer);
  }

  notifyCheckpointComplete(): void {}

  close(): void {
    this.closed = true;
    this.service.close();
    this.store.close();
    this.keys?.close();
    this.results.close();
  }

  private askRestored(): void {
    if (this.restored.length === 0) return;
    const { batchRows } = this.context;
    for (const rows = this.restored.splice(0); rows.length > 0; ) {
      const some = rows.splice(0, batchRows);
      clearBatch(this.piece);
      this.store.export(
        some.map(({ row }) => row),
        this.piece.columns,
      );
      Object.assign(this.piece, { rowCount: some.length, selectedCount: some.length });
      const list = some.map((_, at) => at);
      this.ask(some, this.keyValues(this.piece, list));
    }
  }

  private takeRows(): void {
    const { batch } = this;
    while (batch !== null) {
      if (this.position === this.segmentEnd) {
        if (this.mark < batch.markCount && this.segmentEnd === endOfSegment(batch, this.position, this.mark)) {
          this.queue.addWatermark(batch.memory.i64[(batch.markWatermarks >>> 3) + this.mark++]);
          continue;
        }
        if (this.position === batch.selectedCount) {
          this.batch = null;
          return;
        }
        this.segmentEnd = endOfSegment(batch, this.position, this.mark);
      }
      const count = Math.min(this.segmentEnd - this.position, this.config.capacity - this.queue.size);
      if (count <= 0) return;
      this.take(batch, count);
      this.position += count;
    }
  }

  private take(batch: Batch, count: number): void {
    const { i32, i64 } = batch.memory;
    const rows = Array.from({ length: count }, (_, at) =>
      batch.selection === 0 ? this.position + at : i32[(batch.selection >>> 2) + this.position + at],
    );
    const list = this.listOf(rows);
    const numbers = this.store.add(batch, list, count);
    const some = rows.map((row, at): PendingRow => {
      const timestamp = batch.timestamps === 0 ? NO_TIMESTAMP : i64[(batch.timestamps >>> 3) + row];
      return { row: numbers[at], timestamp: timestamp === NO_TIMESTAMP ? null : timestamp, answer: null };
    });
    for (const pending of some) this.queue.add(pending);
    const piece = Object.assign(this.piece, batch, { selection: list, selectedCount: count, markCount: 0 });
    this.ask(some, this.keyValues(piece, rows));
  }

  /** Of each of the rows the values its question is made of; null where one of them is NULL. */
  private keyValues(piece: Batch, rows: readonly number[]): (readonly string[] | null)[] {
    if (this.keys === null) return rows.map(() => []);
    const found = this.keys.process(piece);
    return rows.map((row) => {
      const values = readRow(found, row);
      return values.includes(null) ? null : values.map(String);
    });
  }

  private ask(some: readonly PendingRow[], values: readonly (readonly string[] | null)[]): void {
    some.forEach((pending, at) => {
      const own = values[at];
      if (own === null) this.note(pending, NO_QUESTION);
      else this.unasked.push({ pending, question: this.config.question(own) });
    });
    this.askMore();
  }

  private askMore(): void {
    const { cache, capacity } = this.config;
    while (this.asking < capacity) {
      const next = this.unasked.shift();
      if (next === undefined) return;
      const { pending, question } = next;
      const known = cache?.get(question, this.context.clock.now()) ?? null;
      if (known !== null) {
        this.note(pending, known);
        continue;
      }
      this.asking++;
      this.service.ask(question, (answer) => {
        if (this.closed) return;
        this.asking--;
        cache?.put(question, answer, this.context.clock.now());
        if (answer.kind === 'failed') this.context.log('warning', 'no-answer', fillText(FAILURE, { question, reason: answer.reason }));
        this.note(pending, answer);
        this.context.wake();
      });
    }
  }

  private note(pending: PendingRow, answer: RowAnswer): void {
    pending.answer = answer;
    this.queue.answered(pending);
  }

  /** Everything that may leave, at most a batch; true: there may be more. */
  private emit(): boolean {
    const { batchRows, output } = this.context;
    const main: PendingRow[] = [];
    const failed: PendingRow[] = [];
    const left: PendingRow[] = [];
    const marks: RowMark[] = [];
    let watermark: bigint | null = null;
    while (left.length < batchRows) {
      const next = this.queue.next();
      if (next === null) break;
      if ('watermark' in next) {
        watermark = next.watermark;
        if (main.length > 0) marks.push({ row: main.length - 1, watermark });
        continue;
      }
      left.push(next.pending);
      const port = this.portOf(next.pending.answer);
      if (port === MAIN) main.push(next.pending);
      else if (port === FAILED) failed.push(next.pending);
    }
    if (main.length > 0) this.emitMain(main, marks);
    if (failed.length > 0) this.emitFailed(failed);
    if (watermark !== null) output.emitWatermark(watermark);
    for (const { row } of left) this.store.release(row);
    return left.length >= batchRows;
  }

  /** Null: the row leaves by no port. */
  private portOf(answer: RowAnswer | null): number | null {
    if (answer?.kind === 'missing') return this.config.keepsMissing ? MAIN : null;
    if (answer?.kind !== 'failed') return MAIN;
    this.context.metrics.badRecords++;
    if (this.config.onFailure === 'nulls') return MAIN;
    if (this.config.onFailure === 'side') return FAILED;
    throw new EngineError('MR4040', `the lookup of a row failed: ${answer.reason}`, {
      domain: 'external',
      field: 'url',
      remedy:
        'start the server or correct the address, allow more retries or time, or let such rows leave with NULLs or by a port of their own',
      retryable: true,
    });
  }

  private emitMain(rows: readonly PendingRow[], marks: readonly RowMark[]): void {
    const { arena } = this.context;
    const { length } = this.config.results;
    const texts = rows.map(({ answer }) => (answer?.kind === 'found' ? answer.values : new Array<null>(length).fill(null)));
    const results = this.results.process(buildBatch(arena, resultSchema(length), texts));
    this.emitRows(MAIN, rows, results.columns, marks);
  }

  private emitFailed(rows: readonly PendingRow[]): void {
    const reasons = rows.map(({ answer }) => [answer?.kind === 'failed' ? answer.reason : '']);
    this.emitRows(FAILED, rows, buildBatch(this.context.arena, resultSchema(1), reasons).columns, []);
  }

  /** The rows with columns of their own behind those of the input. */
  private emitRows(port: number, rows: readonly PendingRow[], added: readonly Column[], marks: readonly RowMark[]): void {
    const { arena, memory, output, inputSchemas } = this.context;
    const out = this.outputs[port];
    const { length } = inputSchemas[0].fields;
    clearBatch(out);
    this.store.export(
      rows.map(({ row }) => row),
      out.columns.slice(0, length),
    );
    added.forEach((column, at) => {
      out.columns[length + at] = column;
    });
    out.rowCount = rows.length;
    out.selectedCount = rows.length;
    out.timestamps = arena.allocate(8 * rows.length);
    const times = out.timestamps >>> 3;
    rows.forEach(({ timestamp }, at) => {
      memory.i64[times + at] = timestamp ?? NO_TIMESTAMP;
    });
    const kept = lastPerRow(marks);
    out.markCount = kept.length;
    out.markRows = this.listOf(kept.map(({ row }) => row));
    out.markWatermarks = arena.allocate(8 * Math.max(kept.length, 1));
    kept.forEach(({ watermark }, at) => {
      memory.i64[(out.markWatermarks >>> 3) + at] = watermark;
    });
    output.emit(port, out);
  }

  private listOf(numbers: readonly number[]): Address {
    const { arena, memory } = this.context;
    const list = arena.allocate(4 * Math.max(numbers.length, 1));
    memory.i32.set(numbers, list >>> 2);
    return list;
  }
}
