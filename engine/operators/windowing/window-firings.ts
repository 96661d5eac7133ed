/** What a trigger's answer does to its window: the contents are emitted and evicted from, dropped, and the window with them. */
import { assert } from '../../base/assert.ts';
import { wrap } from '../time/long.ts';
import type { FiredWindow } from '../time/window-view.ts';
import { FiredWindows } from '../time/window-view.ts';
import { BufferedContents } from './buffered-contents.ts';
import type { Evictor } from './evictors.ts';
import type { KeyedWindows } from './keyed-windows.ts';
import type { TimeShift } from './time-shift.ts';
import type { TriggerResult as Result } from './triggers.ts';
import { TriggerResult } from './triggers.ts';
import type { WindowAssigner } from './window-assigners.ts';
import type { Firing, WindowEmitter } from './window-function.ts';

/** What becomes of a window when all has been emitted: it stays; it goes with its key, if that has no other; or only when nothing is left in it. */
export type Afterwards = 'keep' | 'drop' | 'drop-if-idle';

/** What firings ask of the operator. */
export interface FiringOwner {
  readonly currentWatermark: bigint;
  readonly processingTime: bigint;
  lastInstant(end: bigint): bigint;
}

export class WindowFirings {
  private readonly windows: KeyedWindows;
  private readonly emitter: WindowEmitter;
  private readonly owner: FiringOwner;
  private readonly evictor: Evictor | null;
  private readonly shift: TimeShift | null;
  private readonly assigner: WindowAssigner;
  private readonly fired = new FiredWindows();
  /** A firing whose output was full. */
  private unfinished: { readonly result: Result; readonly row: number; readonly afterwards: Afterwards } | null = null;

  constructor(
    config: { readonly evictor: Evictor | null; readonly shift: TimeShift | null; readonly assigner: WindowAssigner },
    windows: KeyedWindows,
    emitter: WindowEmitter,
    owner: FiringOwner,
  ) {
    this.windows = windows;
    this.emitter = emitter;
    this.owner = owner;
    this.evictor = config.evictor;
    this.shift = config.shift;
    this.assigner = config.assigner;
  }

  /** False when the output is full before all was emitted: `resume` in the next step goes on. */
  apply(result: Result, row: number, afterwards: Afterwards): boolean {
    if ((result & TriggerResult.fire) !== 0 && !this.windows.contents.isEmpty(row)) {
      this.evict(row, false);
      if (!this.emitter.fire(this.windows, this.firingOf(row))) {
        this.unfinished = { result, row, afterwards };
        return false;
      }
      this.evict(row, true);
    }
    this.settle(result, row, afterwards);
    return true;
  }

  resume(): boolean {
    if (this.unfinished === null) return true;
    if (!this.emitter.resume()) return false;
    const { result, row, afterwards } = this.unfinished;
    this.unfinished = null;
    this.evict(row, true);
    this.settle(result, row, afterwards);
    return true;
  }

  newestFirst(): readonly FiredWindow[] {
    return this.assigner.global ? [] : this.fired.newestFirst((end) => this.owner.lastInstant(end));
  }

  private settle(result: Result, row: number, afterwards: Afterwards): void {
    const { windows } = this;
    if ((result & TriggerResult.purge) !== 0) windows.contents.clear(row);
    if (afterwards === 'keep' || (afterwards === 'drop-if-idle' && !windows.isIdle(row))) return;
    const slot = windows.slotOf(row);
    windows.drop(row);
    windows.releaseKey(slot);
  }

  private evict(row: number, after: boolean): void {
    if (this.evictor === null || this.evictor.after !== after) return;
    const { contents } = this.windows;
    assert(contents instanceof BufferedContents, 'windows with an evictor keep their records');
    this.evictor.evict(contents, row);
  }

  private firingOf(row: number): Firing {
    const { windows, owner, shift } = this;
    const [start, end] = [windows.startOf(row), windows.endOf(row)];
    this.fired.add(start, end, 1);
    return {
      slot: windows.slotOf(row),
      row,
      start,
      end,
      maxTimestamp: owner.lastInstant(end),
      windowTime: shift === null ? wrap(end - 1n) : shift.toInstant(end - 1n),
      watermark: owner.currentWatermark,
      processingTime: owner.processingTime,
    };
  }
}
