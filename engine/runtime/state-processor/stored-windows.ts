/** Windows of the general operator in memory, without the node that made them: as a snapshot says of itself what they hold. */
import { NO_TIMESTAMP } from '../../columnar/batch.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import { aggregateResultType } from '../../expressions/aggregates.ts';
import type { AggregateCall } from '../../operators/aggregating/aggregate-call.ts';
import type { RestoredSection } from '../../operators/operator.ts';
import { LONG_MAX, wrap } from '../../operators/time/long.ts';
import { AggregateContents, aggregateContents } from '../../operators/windowing/aggregate-contents.ts';
import { BufferedContents, bufferedContents, RECORD_COLUMNS_AT } from '../../operators/windowing/buffered-contents.ts';
import { KeyedWindows } from '../../operators/windowing/keyed-windows.ts';
import type { WindowsAbout, WindowsHeader } from '../../operators/windowing/keyed-windows-snapshot.ts';
import { restoreKeyedWindows } from '../../operators/windowing/keyed-windows-snapshot.ts';
import { printCall } from '../../operators/windowing/state-fingerprint.ts';
import type { TimeShift } from '../../operators/windowing/time-shift.ts';
import { createTimeShift } from '../../operators/windowing/time-shift.ts';
import { longsOf } from '../../operators/windowing/triggers.ts';
import { cleanupTime } from '../../operators/windowing/window-time.ts';
import type { StateOwner } from '../../state/keyed-state-snapshot.ts';
import { ProbeRow } from '../../state/probe-row.ts';
import { RetiredRegions } from '../../state/retired-regions.ts';
import { StoredValues } from '../../state/stored-values.ts';
import type { Timer } from '../../state/timer-queue.ts';
import { TimerQueue } from '../../state/timer-queue.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { callMembers, cellTypesOf } from './accumulator-members.ts';
import type { Member } from './state-table.ts';
import { parsePrinted } from './stored-schema.ts';
import { WindowAccumulators } from './window-accumulators.ts';

/** Cells of a window before its bounds, its trigger's longs and its contents: links and flags. */
const LINK_CELLS = 3;
const BOUND_CELLS = 2;

export interface StoredWindowsPlan {
  readonly about: WindowsAbout;
  readonly keyTypes: readonly LogicalType[];
  readonly calls: readonly AggregateCall[];
  readonly cellTypes: readonly (readonly LogicalType[])[];
  readonly callMembers: readonly Member[];
  /** Of records that are kept; null where accumulators are. */
  readonly columns: readonly LogicalType[] | null;
  readonly allowedLateness: bigint;
  readonly shift: TimeShift | null;
}

/** Null: a snapshot of before, or of a window function that keeps state of its own. */
export function planStoredWindows({ about }: WindowsHeader): StoredWindowsPlan | null {
  if (about === undefined || about.functionLongs.some((longs) => longs > 0)) return null;
  const keyTypes = parsePrinted(about.keyTypes);
  const columns = about.columns === null ? null : parsePrinted(about.columns);
  const calls = (about.calls ?? []).map(([name, type]): AggregateCall | null => {
    const argumentType = type === null ? null : (parsePrinted([type])?.at(0) ?? null);
    const resultType = aggregateResultType(name, argumentType);
    return 'kind' in resultType ? { function: name, argument: argumentType === null ? null : [0], argumentType, resultType } : null;
  });
  const known = calls.filter((call) => call !== null);
  if (keyTypes === null || (about.columns !== null && columns === null) || known.length < calls.length) return null;
  const cellTypes = cellTypesOf(known);
  return {
    about,
    keyTypes,
    calls: known,
    cellTypes,
    callMembers: callMembers(known, known.map(printCall), cellTypes),
    columns,
    allowedLateness: BigInt(about.allowedLateness),
    shift: about.timeZone === null ? null : createTimeShift(about.timeZone),
  };
}

interface KeptRecord {
  readonly time: bigint | null;
  readonly values: readonly ColumnValue[];
}

export class StoredWindows {
  readonly windows: KeyedWindows;
  readonly timers: readonly [TimerQueue, TimerQueue];
  private readonly memory: JobMemory;
  private readonly plan: StoredWindowsPlan;
  private readonly retired: RetiredRegions;
  private readonly probe: ProbeRow;
  private readonly accumulators: { readonly contents: AggregateContents; readonly cells: WindowAccumulators } | null = null;
  private readonly records: { readonly contents: BufferedContents; readonly values: StoredValues } | null = null;
  /** Timers by window row, made when they are first asked for. */
  private timersByWindow: Map<number, [0 | 1, bigint][]> | null = null;

  constructor(memory: JobMemory, plan: StoredWindowsPlan) {
    const { about, keyTypes, calls, columns } = plan;
    const retired = new RetiredRegions(memory);
    const kept = (columns ?? []).map((type, at) => ({ path: [at], type }));
    const contents = columns === null ? aggregateContents(calls, retired) : bufferedContents(kept, null, retired);
    const windowLongs = longsOf(about.trigger);
    const tables = { keyTypes, windowLongs, keyLongs: 0, merging: about.merging, places: 0, contents };
    this.memory = memory;
    this.plan = plan;
    this.retired = retired;
    this.windows = new KeyedWindows(memory, tables, retired, (made) => made);
    this.timers = [new TimerQueue(memory), new TimerQueue(memory)];
    this.probe = new ProbeRow(memory, keyTypes);
    const made = this.windows.contents;
    if (made instanceof AggregateContents) {
      const distinct = calls.filter((call) => call.function === 'COUNT_DISTINCT').length;
      const first = LINK_CELLS + (about.merging ? BOUND_CELLS : 0) + windowLongs + 1 + distinct;
      this.accumulators = {
        contents: made,
        cells: new WindowAccumulators(memory, this.windows.windows, made, calls, plan.cellTypes, first),
      };
    } else if (made instanceof BufferedContents) {
      this.records = { contents: made, values: new StoredValues(made.records, columns ?? [], RECORD_COLUMNS_AT) };
    }
  }

  /** Whether what the snapshot says is what lies in memory. */
  fits({ keys, windows, contents }: WindowsHeader): boolean {
    const stores = [this.windows.keys, this.windows.windows, ...this.windows.contents.stores()];
    return [keys, windows, ...contents].every(({ layout }, at) => layout === stores[at]?.layout.fingerprint);
  }

  restore(sections: readonly RestoredSection[], owner: StateOwner, fingerprint: string): void {
    restoreKeyedWindows(sections, this.windows, this.timers, owner, fingerprint);
  }

  /** Rows of the live windows. */
  live(): readonly number[] {
    const { windows } = this.windows;
    return Array.from({ length: windows.rowCount }, (_, row) => row).filter((row) => windows.isLive(row));
  }

  open(key: readonly ColumnValue[], start: bigint, end: bigint): number {
    const slot = this.probe.upsert(this.windows.keys, key);
    return this.plan.about.merging ? this.windows.open(slot, start, end) : this.windows.openAt(slot, start, end);
  }

  /** What the trigger remembers, then the number of records and the accumulators. */
  contentsOf(row: number): readonly ColumnValue[] {
    const remembered = this.triggerLongs().map(([{ form }, at]): ColumnValue => {
      if (form === 'count') return this.windows.windowLong(row, at);
      if (this.windows.windowLong(row, at) === 0n) return null;
      return form === 'double' ? this.memory.f64[this.windows.windowLongWord(row, at + 1) >>> 1] : this.windows.windowLong(row, at + 1);
    });
    const { accumulators } = this;
    if (accumulators === null) return remembered;
    return [...remembered, accumulators.contents.countOf(row), ...accumulators.cells.read(row)];
  }

  /** The other way, of a new window. */
  fill(row: number, values: readonly ColumnValue[]): void {
    const longs = this.triggerLongs();
    for (const [at, [{ form }, index]] of longs.entries()) {
      const value = values[at];
      if (form === 'count') this.windows.setWindowLong(row, index, BigInt(Number(value)));
      if (form === 'count' || value === null) continue;
      this.windows.setWindowLong(row, index, 1n);
      if (form === 'double') this.memory.f64[this.windows.windowLongWord(row, index + 1) >>> 1] = Number(value);
      else this.windows.setWindowLong(row, index + 1, typeof value === 'bigint' ? value : 0n);
    }
    if (this.accumulators === null) return;
    const [count, ...accumulators] = values.slice(longs.length);
    this.accumulators.contents.setCount(row, typeof count === 'bigint' ? count : 0n);
    this.accumulators.cells.write(row, accumulators);
  }

  /** In order of arrival. */
  recordsOf(row: number): readonly KeptRecord[] {
    if (this.records === null) return [];
    const { contents, values } = this.records;
    const found: KeptRecord[] = [];
    for (let record = contents.firstOf(row); record !== 0; record = contents.after(record)) {
      const time = contents.timeOf(record);
      found.push({ time: time === NO_TIMESTAMP ? null : time, values: values.read(record - 1) });
    }
    return found;
  }

  addRecord(row: number, time: bigint | null, values: readonly ColumnValue[]): void {
    this.records?.values.write(this.records.contents.addRecord(row, time ?? NO_TIMESTAMP), values);
  }

  /** Timers of a window where they belong: those of a session that has grown stand at an older end until they come. */
  timersOf(row: number): readonly (readonly [0 | 1, bigint])[] {
    this.timersByWindow ??= this.readTimers();
    const timers = [...(this.timersByWindow.get(row) ?? [])];
    const { about } = this.plan;
    const add = (domain: 0 | 1, time: bigint): void => {
      if (!timers.some(([each, at]) => each === domain && at === time)) timers.push([domain, time]);
    };
    if (about.merging) {
      const end = this.windows.endOf(row);
      for (const domain of [0, 1] as const) if (this.windows.hasEndTimer(row, domain)) add(domain, lastInstant(this.plan, end));
      if (this.windows.hasCleanupTimer(row) && cleanupOf(this.plan, end) !== LONG_MAX)
        add(about.eventTime ? 0 : 1, cleanupOf(this.plan, end));
    }
    return timers.sort(([left, early], [right, late]) => left - right || (early < late ? -1 : 1));
  }

  addTimer(row: number, domain: 0 | 1, time: bigint): void {
    const { windows } = this;
    const [slot, start, end] = [windows.slotOf(row), windows.startOf(row), windows.endOf(row)];
    this.timers[domain].register(slot, start, end, time);
    // What a window knows of its timers saves asking for them again.
    if (time === lastInstant(this.plan, end)) windows.noteEndTimer(row, domain);
    if (domain === (this.plan.about.eventTime ? 0 : 1) && time === cleanupOf(this.plan, end)) windows.noteCleanupTimer(row);
  }

  close(): void {
    this.windows.close();
    for (const queue of this.timers) queue.close();
    this.probe.close();
    this.retired.release();
  }

  /** Each state of the trigger with its first long. */
  private triggerLongs() {
    const { trigger } = this.plan.about;
    return trigger.map((state, at) => [state, longsOf(trigger.slice(0, at))] as const);
  }

  private readTimers(): Map<number, [0 | 1, bigint][]> {
    const found = new Map<number, [0 | 1, bigint][]>();
    const timer: Timer = { slot: 0, start: 0n, end: 0n, time: 0n };
    for (const domain of [0, 1] as const) {
      const { table } = this.timers[domain];
      for (let at = 0; at < table.rowCount; at++) {
        if (!table.isLive(at)) continue;
        this.timers[domain].read(at, timer);
        const row = this.windows.find(timer.slot, timer.start, timer.end);
        if (row >= 0) found.set(row, [...(found.get(row) ?? []), [domain, timer.time]]);
      }
    }
    return found;
  }
}

/** Instant of the last millisecond of a window that ends there. */
export function lastInstant({ shift }: StoredWindowsPlan, end: bigint): bigint {
  const last = wrap(end - 1n);
  return shift === null ? last : shift.timerInstant(last);
}

/** When the window is forgotten. */
export function cleanupOf(plan: StoredWindowsPlan, end: bigint): bigint {
  const last = lastInstant(plan, end);
  return plan.about.eventTime ? cleanupTime(last, plan.allowedLateness) : last;
}
