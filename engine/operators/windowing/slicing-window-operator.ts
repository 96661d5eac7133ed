/**
 * SQL windows over event time (TUMBLE, HOP, CUMULATE) with GROUP BY: one table of groups per slice, every window emitted once, when the
 * watermark passes its end. A row counts in those of its windows that have not fired; a row all of whose windows have fired is late.
 * The operator keeps its watermark in its state and never goes back behind it.
 */
import type { Batch, Column } from '../../columnar/batch.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt } from '../../columnar/key-fields.ts';
import { RetiredRegions } from '../../state/retired-regions.ts';
import type { AggregateCall } from '../aggregating/aggregate-call.ts';
import type { GroupPlan } from '../aggregating/group-state.ts';
import { createGroupPlan, GroupState } from '../aggregating/group-state.ts';
import type { GroupParts } from '../aggregating/spilled-groups.ts';
import { countSpill } from '../count-spill.ts';
import type { Operator, OperatorContext, Progress, RestoredSection, SnapshotWriter } from '../operator.ts';
import { LONG_MIN, wrap } from '../time/long.ts';
import { countRowsBehind, tellRowsBehind } from '../time/rows-behind.ts';
import type { ShownWindow, WindowsView } from '../time/window-view.ts';
import { FiredWindows } from '../time/window-view.ts';
import { LateRows } from './late-rows.ts';
import type { SlicedWindow } from './slice-geometry.ts';
import { SliceGeometry } from './slice-geometry.ts';
import { SliceRouter } from './slice-router.ts';
import type { SliceSharing } from './slice-sharing.ts';
import { createSliceSharing } from './slice-sharing.ts';
import { restoreSlices, writeSlices } from './slice-snapshot.ts';
import { spillAbove } from './spill-slices.ts';
import { stateFingerprint } from './state-fingerprint.ts';
import { createTimeShift } from './time-shift.ts';
import type { WindowColumns } from './window-output.ts';
import { WindowOutput } from './window-output.ts';
import { restoreProgress, writeProgress } from './window-progress.ts';

export interface SlicingWindowConfig {
  readonly window: SlicedWindow;
  readonly rowtime: ColumnPath;
  /** Zone whose wall clock windows follow; null = UTC (TIMESTAMP). */
  readonly timeZone: string | null;
  readonly keys: readonly ColumnPath[];
  readonly keyTypes: GroupPlan['keyTypes'];
  readonly calls: readonly AggregateCall[];
  readonly shown: WindowColumns;
  /** Output port of late rows; null = drop them. */
  readonly latePort: number | null;
}

/** A window that is being emitted: its next part and the next row of that. */
interface FiringWindow {
  readonly end: bigint;
  readonly parts: GroupParts;
  state: GroupState | null;
  row: number;
  written: number;
}

export class SlicingWindowOperator implements Operator {
  readonly watermarks = 'own';
  private readonly config: SlicingWindowConfig;
  private readonly context: OperatorContext;
  private readonly plan: GroupPlan;
  private readonly geometry: SliceGeometry;
  private readonly fingerprint: string;
  private readonly sharing: SliceSharing;
  private readonly router: SliceRouter;
  private readonly output: WindowOutput;
  private readonly retired: RetiredRegions;
  private readonly keyColumns: Column[];
  private readonly valueColumns: (Column | null)[];

  private progress = LONG_MIN;
  /** End of the first window that has not fired. */
  private unfired = LONG_MIN;
  /** Watermark being advanced to; null when all its windows have been emitted. */
  private advancing: bigint | null = null;
  private firing: FiringWindow | null = null;
  /** Batch being worked on: the next selected row and the next mark. */
  private batch: Batch | null = null;
  private position = 0;
  private mark = 0;
  private readonly late: LateRows;
  private readonly fired = new FiredWindows();
  /** Made once: states are counted behind every batch. */
  private readonly countOne = (state: GroupState): void => {
    const { metrics } = this.context;
    metrics.stateBytes += state.stateBytes;
    metrics.stateKeys += state.keysAtLeast;
  };

  constructor(config: SlicingWindowConfig, context: OperatorContext) {
    const { memory } = context;
    this.config = config;
    this.context = context;
    this.late = new LateRows(context, config.latePort);
    this.plan = createGroupPlan(config.keyTypes, config.calls);
    const { kind, size, step, offset } = config.window;
    this.fingerprint = stateFingerprint(`${kind} windows (${size}, ${step}, ${offset}) ms`, config.keyTypes, config.calls);
    this.retired = new RetiredRegions(memory);
    this.geometry = new SliceGeometry(config.window, config.timeZone === null ? null : createTimeShift(config.timeZone));
    this.sharing = createSliceSharing(this.geometry, () => new GroupState(memory, this.plan, this.retired), context.spill?.folder ?? null);
    this.router = new SliceRouter(this.geometry);
    this.output = new WindowOutput(context, context.outputSchemas[0], this.plan, config.shown);
    this.keyColumns = new Array(config.keys.length);
    this.valueColumns = new Array(config.calls.length).fill(null);
  }

  open(restored: readonly RestoredSection[]): void {
    this.progress = restoreProgress(restored);
    this.unfired = this.geometry.firstUnfired(this.progress);
    if (restored.length > 0) this.output.keyAscii.fill(false);
    restoreSlices(restored, this.sharing, this.plan, this.context, this.fingerprint);
    this.countState();
  }

  processBatch(_input: number, batch: Batch): Progress {
    this.batch = batch;
    this.position = 0;
    this.mark = 0;
    for (let at = 0; at < this.config.keys.length; at++) {
      this.keyColumns[at] = columnAt(batch, this.config.keys[at]);
      if (!this.keyColumns[at].ascii) this.output.keyAscii[at] = false;
    }
    this.config.calls.forEach((call, at) => {
      this.valueColumns[at] = call.argument === null ? null : columnAt(batch, call.argument);
    });
    this.countBehind(batch);
    return this.drain();
  }

  processWatermark(_input: number, watermark: bigint): Progress {
    if (watermark > this.progress) this.advancing = watermark;
    return this.drain();
  }

  processStatus(_input: number, idle: boolean): Progress {
    this.context.output.emitStatus(idle);
    return 'done';
  }

  drain(): Progress {
    this.retired.release();
    this.output.results.reset();
    this.late.reset();
    let finished = this.advance();
    while (finished && this.batch !== null && this.nextSegment(this.batch)) finished = this.advance();
    this.emit();
    if (!finished) return 'more';
    if (this.batch === null || this.batch.markCount > 0) this.context.output.emitWatermark(this.progress);
    this.batch = null;
    this.countState();
    return 'done';
  }

  onProcessingTime(): Progress {
    return 'done';
  }

  endInput(): Progress {
    return 'done';
  }

  snapshot(_checkpointId: number, writer: SnapshotWriter): void {
    writeProgress(writer, this.progress);
    writeSlices(writer, this.sharing, this.fingerprint);
  }

  notifyCheckpointComplete(): void {}

  viewWindows(limit: number): WindowsView {
    const windows: ShownWindow[] = [];
    let more = 0;
    const { step, size } = this.config.window;
    const slices = this.sharing.entries();
    const last = slices.reduce(
      (end, slice) => (this.geometry.lastWindowEnd(slice.end) > end ? this.geometry.lastWindowEnd(slice.end) : end),
      LONG_MIN,
    );
    let end = this.sharing.nextWindow(this.unfired);
    for (; end !== null && end <= last; end += step) {
      const start = this.geometry.windowStartOf(end);
      const parts = slices.filter(
        (slice) => slice.end > start && (slice.role === 'base' ? slice.end - size === start : slice.end <= (end ?? start)),
      );
      if (parts.length === 0) continue;
      const keys = Math.max(...parts.map((slice) => slice.state.keysAtLeast));
      const exactKeys = parts.length === 1 && parts[0].state.runs.length === 0;
      if (windows.length < limit) windows.push({ start, end, firesAt: this.geometry.firesAt(end), keys, exactKeys });
      else more++;
    }
    const fired = this.fired.newestFirst((fired) => this.geometry.firesAt(fired));
    return { watermark: this.progress, allowedLateness: 0n, windows, more, complete: true, fired };
  }

  close(): void {
    this.sharing.close();
    this.retired.release();
  }

  /** Fires what the new watermark passes; false when the output is full before the end. */
  private advance(): boolean {
    if (this.advancing === null) return true;
    for (;;) {
      if (this.firing === null) {
        const end = this.sharing.nextWindow(this.unfired);
        if (end === null || this.geometry.firesAt(end) > this.advancing) break;
        const parts = this.sharing.openWindow(end);
        this.firing = { end, parts, state: parts.next(), row: 0, written: 0 };
      }
      if (!this.emitWindow(this.firing)) return false;
      const { end, written } = this.firing;
      this.fired.add(this.geometry.windowStartOf(end), end, written);
      this.sharing.closeWindow(end);
      this.unfired = end + this.config.window.step;
      this.firing = null;
    }
    this.progress = this.advancing;
    this.unfired = this.geometry.firstUnfired(this.progress);
    this.output.results.mark(this.progress);
    this.advancing = null;
    return true;
  }

  private emitWindow(firing: FiringWindow): boolean {
    const { end } = firing;
    const last = wrap(end - 1n);
    const time = this.geometry.shift === null ? last : this.geometry.shift.toInstant(last);
    while (firing.state !== null) {
      const from = firing.row;
      firing.row = this.output.write(firing.state, from, this.geometry.windowStartOf(end), end, time);
      firing.written += firing.row - from;
      if (firing.row < firing.state.table.rowCount) return false;
      firing.state = firing.parts.next();
      firing.row = 0;
    }
    return true;
  }

  /** Takes in the rows up to the next mark that changes anything and sets `advancing` to it; false when the batch is used up. */
  private nextSegment(batch: Batch): boolean {
    const { memory } = batch;
    const boundary = this.progress === LONG_MIN ? LONG_MIN + 1n : this.geometry.firesAt(this.unfired);
    const marks = batch.markWatermarks >>> 3;
    let low = this.mark;
    let high = batch.markCount;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (memory.i64[marks + middle] >= boundary) high = middle;
      else low = middle + 1;
    }
    const hasMark = low < batch.markCount;
    const to = hasMark ? selectedUpTo(batch, memory.i32[(batch.markRows >>> 2) + low], this.position) : batch.selectedCount;
    this.takeRows(batch, this.position, to);
    this.position = to;
    this.mark = low + 1;
    if (hasMark) {
      this.advancing = memory.i64[marks + low];
    } else if (batch.markCount > 0) {
      const last = memory.i64[marks + batch.markCount - 1];
      if (last > this.progress) this.progress = last;
    }
    return hasMark;
  }

  private takeRows(batch: Batch, from: number, to: number): void {
    const { router, context } = this;
    const { arena, metrics } = context;
    router.route(batch, columnAt(batch, this.config.rowtime), from, to, arena);
    metrics.badRecords += router.dropped;
    for (let at = 0; at < router.count; at++) {
      const part = router.parts[at];
      const state = this.sharing.target(part.end, this.unfired);
      if (state === null) {
        this.late.addRun(batch, part.rows, part.from, part.to);
        continue;
      }
      if (part.end < this.unfired) metrics.partlyLateRecords += part.to - part.from;
      state.accumulate(this.keyColumns, this.valueColumns, part.rows, part.from, part.to, batch.rowCount, arena);
    }
    if (context.spill !== undefined) spillAbove(this.sharing, context.spill);
  }

  private countBehind(batch: Batch): void {
    const { metrics, observer } = this.context;
    const time = columnAt(batch, this.config.rowtime);
    const behind = countRowsBehind(batch, time, this.progress);
    metrics.behindRecords += behind;
    if (behind === 0 || !observer.watching) return;
    tellRowsBehind(batch, time, this.progress, observer, (eventTime, watermark) => {
      const first = this.geometry.sliceEnd(eventTime);
      const last = this.geometry.lastWindowEnd(first);
      const { step } = this.config.window;
      const windows = Number((last - first) / step) + 1;
      let missed = 0;
      for (let end = first; end <= last && this.geometry.firesAt(end) <= watermark; end += step) missed++;
      return { windows, missed, outcome: missed === 0 ? 'counted' : missed < windows ? 'missed-some' : 'late' };
    });
  }

  private emit(): void {
    const results = this.output.results.take();
    if (results !== null) this.context.output.emit(0, results);
    this.late.emit();
  }

  private countState(): void {
    const { metrics } = this.context;
    metrics.stateBytes = 0;
    metrics.stateKeys = 0;
    this.sharing.visitStates(this.countOne);
    if (this.context.spill !== undefined) countSpill(metrics, this.context.spill);
  }
}

/** The first selected position behind physical row `row`, searched from `from` on. */
function selectedUpTo(batch: Batch, row: number, from: number): number {
  if (batch.selection === 0) return Math.max(from, row + 1);
  const { i32 } = batch.memory;
  const list = batch.selection >>> 2;
  let low = from;
  let high = batch.selectedCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (i32[list + middle] > row) high = middle;
    else low = middle + 1;
  }
  return low;
}
