/**
 * Sources that make their rows from the row's number alone: ranges of numbers are handed out in order, any number of
 * readers make them, and a position is a number. What is made never depends on how it was divided.
 */
import { assert } from '../../base/assert.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { Batch } from '../../columnar/batch.ts';
import type {
  OperatorContext,
  RestoredSection,
  SnapshotWriter,
  SourceOperator,
  SourceProgress,
  SplitEnumerator,
} from '../../operators/operator.ts';
import { Pace } from '../lines/pace.ts';

const PROGRESS: SourceProgress = { kind: 'progress' };
const SECTION = 'range';
/** Numbers per range when rows are made as fast as possible: small enough that readers stay close in event time. */
const RANGE_SIZE = 16_384;
/** With a set pace a range is this much of a second's rows, so that readers take turns several times a second. */
const PACED_RANGES_PER_SECOND = 20;

/** Numbers `[position, end)` are still to be made. */
interface NumberRange {
  position: number;
  readonly end: number;
}

export class RangeEnumerator implements SplitEnumerator {
  private next: number;
  private readonly end: number;
  private readonly size: number;

  /** `end` null: without end. */
  constructor(first: number, end: number | null, rowsPerSecond: number | null) {
    this.next = first;
    this.end = end ?? Number.MAX_SAFE_INTEGER;
    this.size = rowsPerSecond === null ? RANGE_SIZE : Math.max(1, Math.min(RANGE_SIZE, Math.ceil(rowsPerSecond / PACED_RANGES_PER_SECOND)));
  }

  open(restored: JsonValue | null): void {
    if (typeof restored === 'number') this.next = restored;
  }

  nextSplit(): ReturnType<SplitEnumerator['nextSplit']> {
    if (this.next >= this.end) return { kind: 'none' };
    const position = this.next;
    this.next = Math.min(this.end, position + this.size);
    return { kind: 'split', split: { position, end: this.next } };
  }

  snapshot(): JsonValue {
    return this.next;
  }

  close(): void {
    // Nothing is held.
  }
}

/** Makes rows for numbers from `first` up to `end`, at most `rowsMax`; tells how many numbers were used up. */
export interface RangeGenerator {
  generate(first: number, end: number, rowsMax: number): { readonly batch: Batch; readonly used: number };
  close(): void;
}

export class RangeReader implements SourceOperator {
  private readonly context: OperatorContext;
  private readonly generator: RangeGenerator;
  private readonly pace: Pace;
  private readonly ranges: NumberRange[] = [];
  private allAssigned = false;

  constructor(context: OperatorContext, generator: RangeGenerator, rowsPerSecond: number | null) {
    this.context = context;
    this.generator = generator;
    this.pace = new Pace(rowsPerSecond === null ? null : rowsPerSecond / context.parallelism, context.replay);
  }

  open(restored: readonly RestoredSection[]): void {
    for (const section of restored) if (section.name === SECTION) this.addSplit(section.header);
    this.ranges.sort((left, right) => left.position - right.position);
  }

  addSplit(split: JsonValue): void {
    const { position, end } = split as JsonObject;
    assert(typeof position === 'number' && typeof end === 'number', 'a split of numbers has a position and an end');
    this.ranges.push({ position, end });
  }

  noMoreSplits(): void {
    this.allAssigned = true;
  }

  poll(): SourceProgress {
    const { context, pace } = this;
    const [range] = this.ranges;
    if (range === undefined) return this.allAssigned ? { kind: 'end' } : { kind: 'need-split' };
    const nowMs = pace.limited ? context.clock.monotonic() : 0;
    const allowed = pace.allowed(nowMs);
    if (allowed === 0) return { kind: 'idle', wakeAfterMs: pace.waitMs(nowMs) };
    const { batch, used } = this.generator.generate(range.position, range.end, Math.min(context.batchRows, allowed));
    range.position += used;
    if (range.position >= range.end) this.ranges.shift();
    pace.passed(batch.rowCount, nowMs);
    if (batch.rowCount > 0) context.output.emit(0, batch);
    return PROGRESS;
  }

  snapshot(_checkpointId: number, writer: SnapshotWriter): void {
    for (const { position, end } of this.ranges) writer.section(SECTION, 'list', { position, end }, []);
  }

  notifyCheckpointComplete(): void {
    // Positions are all there is.
  }

  close(): void {
    this.generator.close();
  }
}
