/**
 * Windows of the general operator (with triggers, allowed lateness, dynamic gaps, rows that are kept): a row per window with what its
 * trigger remembers and its accumulators, a row per record that is kept, a row per timer.
 */
import type { ColumnValue } from '../../columnar/column-value.ts';
import { NANOS_PER_MILLI } from '../../columnar/column-value.ts';
import type { WindowsHeader } from '../../operators/windowing/keyed-windows-snapshot.ts';
import { writeStoredWindows } from '../../operators/windowing/keyed-windows-snapshot.ts';
import type { Timer } from '../../state/timer-queue.ts';
import { checkWindows } from './check-windows.ts';
import { keyAt, keyGroupsOf } from './join-parts.ts';
import type { PartContext, StatePart, StoredSectionContent, WrittenSection } from './state-part.ts';
import { asList, asLong, collectSections, firstOfSubtasks, rowsOfRange } from './state-part.ts';
import type { StateRow, StateTable } from './state-table.ts';
import type { StoredWindowsPlan } from './stored-windows.ts';
import { planStoredWindows, StoredWindows } from './stored-windows.ts';
import type { WindowTables } from './window-tables.ts';
import { DOMAINS, placeOf, windowNameOf, windowTables } from './window-tables.ts';

/** Null when what is stored is not told. */
export function openGeneralWindows(sections: readonly StoredSectionContent[], context: PartContext): StatePart | null {
  const header = sections[0].header as unknown as WindowsHeader;
  const plan = planStoredWindows(header);
  if (plan === null) return null;
  const stored = new StoredWindows(context.memory, plan);
  const same = stored.fits(header);
  stored.close();
  return same ? new GeneralWindowsPart(sections, plan, header, context) : null;
}

class GeneralWindowsPart implements StatePart {
  readonly tables: readonly StateTable[];
  private readonly own: WindowTables;
  private readonly sections: readonly StoredSectionContent[];
  private readonly plan: StoredWindowsPlan;
  private readonly header: WindowsHeader;
  private readonly context: PartContext;

  constructor(sections: readonly StoredSectionContent[], plan: StoredWindowsPlan, header: WindowsHeader, context: PartContext) {
    this.sections = sections;
    this.plan = plan;
    this.header = header;
    this.context = context;
    this.own = windowTables(plan);
    const { windows, records, timers } = this.own;
    this.tables = [windows, ...(records === null ? [] : [records]), timers];
  }

  rows(): readonly StateRow[] {
    const { memory, maxParallelism } = this.context;
    const stored = new StoredWindows(memory, this.plan);
    const owner = { nodeId: this.sections[0].nodeId, memory, maxParallelism, keyGroups: { start: 0, end: maxParallelism - 1 } };
    stored.restore(this.sections, owner, this.header.fingerprint);
    const live = stored.live();
    const windows = live.map((row) => this.windowRow(stored, row));
    const records = live.flatMap((row) => this.recordRows(stored, row));
    const timers = live.flatMap((row) => this.timerRows(stored, row, stored.timersOf(row)));
    stored.close();
    return [...windows, ...records, ...timers];
  }

  write(rows: readonly StateRow[]): readonly WrittenSection[] {
    const { context, plan, sections } = this;
    const checked = checkWindows(rows, this.rows(), this.own, plan, sections[0].nodeId);
    const scratch = new StoredWindows(context.memory, plan);
    const groups = keyGroupsOf(checked, plan.keyTypes, scratch.windows.keys.layout, context);
    scratch.close();
    return firstOfSubtasks(sections).flatMap((section) => {
      const stored = new StoredWindows(context.memory, plan);
      this.fill(stored, rowsOfRange(checked, groups, section.keyGroups));
      const written = collectSections(context.memory, section, (writer) =>
        writeStoredWindows(writer, stored.windows, stored.timers, this.header.fingerprint, plan.about),
      );
      stored.close();
      return written;
    });
  }

  /** Windows first: records and timers are theirs. */
  private fill(stored: StoredWindows, rows: readonly StateRow[]): void {
    const { windows, records, timers } = this.own;
    const opened = new Map<string, number>();
    for (const row of rows.filter(({ table }) => table === windows)) {
      const [key, start, end] = placeOf(row, this.plan);
      const window = stored.open(asList(key), start, end);
      opened.set(windowNameOf(row, this.own), window);
      stored.fill(window, row.values.slice(this.plan.about.global ? 1 : 3));
    }
    const windowOf = (row: StateRow): number => opened.get(windowNameOf(row, this.own)) ?? -1;
    const numbered = rows.filter(({ table }) => table === records);
    numbered.sort((left, right) => Number(asLong(left.values[this.own.placed]) > asLong(right.values[this.own.placed])) * 2 - 1);
    for (const row of numbered) {
      const [, time, values] = row.values.slice(this.own.placed);
      stored.addRecord(windowOf(row), time === null ? null : asLong(time), asList(values));
    }
    for (const row of rows.filter(({ table }) => table === timers)) {
      const [domain, time] = row.values.slice(this.own.placed);
      stored.addTimer(windowOf(row), domain === DOMAINS[0] ? 0 : 1, asLong(time));
    }
  }

  private place(stored: StoredWindows, row: number): readonly ColumnValue[] {
    const { windows } = stored;
    const key = keyAt(windows.keys, windows.slotOf(row), this.plan.keyTypes);
    if (this.plan.about.global) return [key];
    return [key, windows.startOf(row) * NANOS_PER_MILLI, windows.endOf(row) * NANOS_PER_MILLI];
  }

  private windowRow(stored: StoredWindows, row: number): StateRow {
    return { table: this.own.windows, values: [...this.place(stored, row), ...stored.contentsOf(row)] };
  }

  private recordRows(stored: StoredWindows, row: number): readonly StateRow[] {
    const { records, placed } = this.own;
    if (records === null) return [];
    const place = this.place(stored, row).slice(0, placed);
    return stored.recordsOf(row).map(({ time, values }, at) => ({ table: records, values: [...place, BigInt(at), time, values] }));
  }

  private timerRows(stored: StoredWindows, row: number, timers: readonly (readonly [0 | 1, Timer['time']])[]): readonly StateRow[] {
    const place = this.place(stored, row).slice(0, this.own.placed);
    return timers.map(([domain, time]) => ({ table: this.own.timers, values: [...place, DOMAINS[domain], time] }));
  }
}
