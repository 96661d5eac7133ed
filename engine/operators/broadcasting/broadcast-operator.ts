/**
 * Broadcast state as an enrichment: every subtask keeps all rules, by rule key; each row of the main input meets the rules that are
 * there when it comes, in one of its subtasks. As in Flink nothing orders the two inputs, unless rows are to wait for the rules' end.
 *
 * A batch goes in as a whole: its rows are copied aside, the rules that may match are looked up; then pairs are decided a chunk at a
 * time, with the marks in between. The rules of one row may fill several batches of output and go on where they stood.
 */
import { assert } from '../../base/assert.ts';
import type { Batch } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import { ChainKernel } from '../../expressions/compile/chain-kernel.ts';
import type { TypedExpression } from '../../expressions/typed-expression.ts';
import { createRowLayout } from '../../state/row-layout.ts';
import { NO_ROW, RowStore } from '../../state/row-store.ts';
import { storedCells } from '../../state/stored-columns.ts';
import { StoredValues } from '../../state/stored-values.ts';
import type { Schema } from '../../types/schema.ts';
import { PairOutput } from '../joining/pair-output.ts';
import type { Operator, OperatorContext, Progress, RestoredSection, SnapshotWriter } from '../operator.ts';
import { endOfSegment } from '../process/process-operator.ts';
import { CombinedEventTime } from '../time/combined-event-time.ts';
import { CandidatePairs } from './candidate-pairs.ts';
import type { RuleKeys } from './rule-set.ts';
import { RuleSet } from './rule-set.ts';
import { WaitingRows } from './waiting-rows.ts';

export interface BroadcastConfig {
  readonly keys: RuleKeys;
  /** Over the columns of rows and rules side by side; null = equality is enough. */
  readonly condition: { readonly schema: Schema; readonly expression: TypedExpression } | null;
  /** Over a rule: TRUE takes the rule with its key away. */
  readonly removes: TypedExpression | null;
  /** Columns of the rule that are added to the row. */
  readonly added: readonly number[];
  readonly keepsUnmatched: boolean;
  /** Rows wait until all rules have come. */
  readonly waits: boolean;
  /** The rules hold event time back as well. */
  readonly rulesHaveTime: boolean;
}

export const ROWS = 0;
export const RULES = 1;

export class BroadcastOperator implements Operator {
  readonly watermarks = 'own';
  private readonly config: BroadcastConfig;
  private readonly context: OperatorContext;
  private readonly rules: RuleSet;
  private readonly removal: ChainKernel | null;
  private readonly waiting: WaitingRows;
  /** Rows of the batch that is under way, by position. */
  private readonly rows: RowStore;
  private readonly rowValues: StoredValues;
  private readonly pairs: CandidatePairs | null;
  private readonly output: PairOutput;
  private readonly time: CombinedEventTime;
  private readonly timedInputs: number;
  private rulesEnded = false;
  private batch: Batch | null = null;
  /** Of the batch: where the search of each row begins; of a chunk: rows, rules, positions to decide (i32), answers (u8). */
  private lists: Address = 0;
  private capacity = 0;
  private position = 0;
  private candidate = 0;
  private matched = false;
  private mark = 0;
  private segmentEnd = 0;
  private advanced = false;
  private turnsIdle = false;

  constructor(config: BroadcastConfig, context: OperatorContext) {
    const { memory, inputSchemas } = context;
    this.config = config;
    this.context = context;
    this.rules = new RuleSet(config.keys, context);
    this.waiting = new WaitingRows(context);
    const types = inputSchemas[ROWS].fields.map((field) => field.type);
    this.rows = new RowStore(memory, createRowLayout([], storedCells(types)));
    this.rowValues = new StoredValues(this.rows, types, 0);
    const { table, values } = this.rules.state;
    this.pairs =
      config.condition === null
        ? null
        : new CandidatePairs(context, config.condition.schema, config.condition.expression, [
            { store: this.rows, cells: this.rowValues.cells },
            { store: table, cells: values.cells },
          ]);
    const ruleTypes = inputSchemas[RULES].fields.map((field) => field.type);
    const cellsBefore = (column: number) => storedCells(ruleTypes.slice(0, column)).length;
    this.output = new PairOutput(
      context,
      [
        { store: this.rows, cells: this.rowValues.cells, firstColumn: 0, columnCount: types.length },
        {
          store: table,
          cells: config.added.flatMap((column) => values.cells.slice(cellsBefore(column), cellsBefore(column + 1))),
          firstColumn: types.length,
          columnCount: config.added.length,
        },
      ],
      0,
      false,
    );
    this.removal = config.removes === null ? null : this.kernelOf(config.removes);
    this.timedInputs = config.rulesHaveTime ? 2 : 1;
    this.time = new CombinedEventTime(this.timedInputs);
  }

  open(restored: readonly RestoredSection[]): void {
    this.rules.open(restored);
    this.waiting.open(restored);
    this.countState();
  }

  processBatch(input: number, batch: Batch): Progress {
    if (input === RULES) this.takeRules(batch);
    else if (this.holds) this.holdBack(batch);
    else this.begin(batch);
    return this.resume();
  }

  processWatermark(input: number, watermark: bigint): Progress {
    if (input < this.timedInputs && this.time.onWatermark(input, watermark)) this.advanced = true;
    return this.resume();
  }

  processStatus(input: number, idle: boolean): Progress {
    if (input >= this.timedInputs) return this.resume();
    const before = this.time.idle;
    if (this.time.onStatus(input, idle)) this.advanced = true;
    if (this.time.idle !== before) {
      if (this.time.idle) this.turnsIdle = true;
      else this.context.output.emitStatus(false);
    }
    return this.resume();
  }

  onProcessingTime(): Progress {
    return 'done';
  }

  drain(): Progress {
    return this.resume();
  }

  endInput(input: number): Progress {
    if (input === RULES) this.rulesEnded = true;
    return this.resume();
  }

  snapshot(_checkpointId: number, writer: SnapshotWriter): void {
    this.rules.snapshot(writer);
    this.waiting.snapshot(writer);
  }

  notifyCheckpointComplete(): void {}

  close(): void {
    this.rules.close();
    this.waiting.close();
    this.rows.close();
    this.pairs?.close();
    this.removal?.close();
    this.output.close();
    if (this.capacity > 0) this.context.memory.freeRegion(this.lists, this.capacity * 4);
  }

  private get holds(): boolean {
    return this.config.waits && !this.rulesEnded;
  }

  private kernelOf(expression: TypedExpression): ChainKernel {
    const { context } = this;
    return new ChainKernel({
      input: context.inputSchemas[RULES],
      stages: [{ kind: 'project', nodeId: context.nodeId, columns: [{ name: 'removes', expression }] }],
      memory: context.memory,
      arena: context.arena,
      runtime: { timeZone: context.timeZone, now: () => context.clock.now() },
    });
  }

  private takeRules(batch: Batch): void {
    const { i32, i64, u8 } = batch.memory;
    const removes = this.removal?.process(batch).columns[0];
    for (let at = 0; at < batch.selectedCount; at++) {
      const row = batch.selection === 0 ? at : i32[(batch.selection >>> 2) + at];
      const removed = removes !== undefined && u8[removes.data + row] === 1 && (removes.validity === 0 || u8[removes.validity + row] !== 0);
      if (removed) this.rules.remove(batch, row);
      else this.rules.put(batch, row);
    }
    if (batch.markCount === 0) return;
    const watermark = i64[(batch.markWatermarks >>> 3) + batch.markCount - 1];
    if (this.config.rulesHaveTime && this.time.onWatermark(RULES, watermark)) this.advanced = true;
  }

  private holdBack(batch: Batch): void {
    this.waiting.add(batch);
    if (batch.markCount === 0) return;
    const watermark = batch.memory.i64[(batch.markWatermarks >>> 3) + batch.markCount - 1];
    if (this.time.onWatermark(ROWS, watermark)) this.advanced = true;
  }

  /** Copies the rows of a batch aside and looks up who may match. */
  private begin(batch: Batch): void {
    assert(this.batch === null, 'a batch comes when the one before is done');
    const { selectedCount } = batch;
    this.reserve(selectedCount);
    this.rows.clear();
    this.rows.reserveRows(selectedCount);
    const targets = this.list(1);
    for (let at = 0; at < selectedCount; at++) {
      const row = this.rows.allocateRow();
      this.context.memory.i32[(targets >>> 2) + at] = row;
    }
    this.rowValues.importRows(batch.columns, batch.selection, 0, selectedCount, targets);
    this.rules.find(batch, this.list(0));
    this.batch = batch;
    this.position = 0;
    this.candidate = 0;
    this.matched = false;
    this.mark = 0;
    this.segmentEnd = 0;
  }

  private resume(): Progress {
    let finished = this.takeBatch();
    if (!this.holds) {
      this.waiting.forgetReleased();
      while (finished && this.batch === null && this.waiting.count > 0 && this.output.count === 0) {
        const mark = this.context.arena.mark();
        this.begin(this.waiting.release());
        this.context.arena.release(mark);
        finished = this.takeBatch();
      }
      if (this.waiting.count > 0) finished = false;
    }
    this.output.emit(null);
    this.countState();
    if (!finished) return 'more';
    if (this.holds) return 'done';
    if (this.advanced) this.context.output.emitWatermark(this.time.watermark);
    if (this.turnsIdle) this.context.output.emitStatus(true);
    this.advanced = false;
    this.turnsIdle = false;
    return 'done';
  }

  private takeBatch(): boolean {
    const { batch } = this;
    if (batch === null) return true;
    for (;;) {
      if (this.position === this.segmentEnd) {
        if (this.position === batch.selectedCount && this.mark >= batch.markCount) break;
        this.segmentEnd = endOfSegment(batch, this.position, this.mark);
      }
      if (!this.pairRows()) return false;
      if (this.mark >= batch.markCount) continue;
      if (!this.time.onWatermark(ROWS, batch.memory.i64[(batch.markWatermarks >>> 3) + this.mark++])) continue;
      this.advanced = true;
      this.output.mark(this.time.watermark);
    }
    this.batch = null;
    return true;
  }

  /** Rows up to the end of the segment meet their rules; false when the output is full. */
  private pairRows(): boolean {
    while (this.position < this.segmentEnd) {
      const count = this.gather(this.output.room);
      if (count === 0) return this.position === this.segmentEnd;
      this.decide(count);
    }
    return true;
  }

  /** Pairs that may match, and an entry without a rule behind each row's last when it may leave alone: none gives more than one row. */
  private gather(room: number): number {
    const { i32 } = this.context.memory;
    const [slots, rows, rules] = [this.list(0) >>> 2, this.list(1) >>> 2, this.list(2) >>> 2];
    const most = Math.min(room, this.capacityOfList);
    const { keepsUnmatched } = this.config;
    let count = 0;
    while (this.position < this.segmentEnd) {
      const candidates = this.rules.candidates(i32[slots + this.position]);
      for (; this.candidate < candidates.length && count < most; this.candidate++) {
        i32[rows + count] = this.position;
        i32[rules + count++] = candidates[this.candidate];
      }
      if (this.candidate < candidates.length || (keepsUnmatched && count === most)) return count;
      if (keepsUnmatched) {
        i32[rows + count] = this.position;
        i32[rules + count++] = NO_ROW;
      }
      this.position++;
      this.candidate = 0;
    }
    return count;
  }

  private decide(count: number): void {
    const { i32, u8 } = this.context.memory;
    const [rows, rules, answers] = [this.list(1), this.list(2), this.list(4)];
    if (this.pairs !== null) {
      const chosen = this.list(3);
      let chosenCount = 0;
      for (let at = 0; at < count; at++) if (i32[(rules >>> 2) + at] !== NO_ROW) i32[(chosen >>> 2) + chosenCount++] = at;
      if (chosenCount > 0) this.pairs.decide(rows, rules, count, chosen, chosenCount, answers);
    }
    for (let at = 0; at < count; at++) {
      const row = i32[(rows >>> 2) + at];
      const rule = i32[(rules >>> 2) + at];
      if (rule === NO_ROW) {
        if (!this.matched) this.output.add(row, NO_ROW);
        this.matched = false;
      } else if (this.pairs === null || u8[answers + at] === 1) {
        this.output.add(row, rule);
        this.matched = true;
      }
    }
  }

  private list(at: number): Address {
    return this.lists + at * this.capacityOfList * 4;
  }

  private get capacityOfList(): number {
    return this.capacity / 5;
  }

  private reserve(rows: number): void {
    if (rows <= this.capacityOfList) return;
    if (this.capacity > 0) this.context.memory.freeRegion(this.lists, this.capacity * 4);
    this.capacity = Math.max(rows, this.context.batchRows) * 5;
    this.lists = this.context.memory.allocateRegion(this.capacity * 4);
  }

  private countState(): void {
    const { metrics } = this.context;
    metrics.stateBytes = this.rules.stateBytes + this.waiting.stateBytes;
    metrics.stateKeys = this.rules.count;
  }
}
