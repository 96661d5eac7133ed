/** The accumulators in the rows of windows, as members of rows and back. */
import type { ColumnValue } from '../../columnar/column-value.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import type { AggregateCall } from '../../operators/aggregating/aggregate-call.ts';
import type { AggregateContents } from '../../operators/windowing/aggregate-contents.ts';
import { ProbeRow } from '../../state/probe-row.ts';
import type { RowStore } from '../../state/row-store.ts';
import { readCell, StoredValues } from '../../state/stored-values.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { INT, notNull } from '../../types/make-type.ts';
import { joinCells, splitCells } from './accumulator-members.ts';

export class WindowAccumulators {
  private readonly memory: JobMemory;
  private readonly contents: AggregateContents;
  private readonly calls: readonly AggregateCall[];
  private readonly cellTypes: readonly (readonly LogicalType[])[];
  private readonly values: StoredValues;

  /** `firstCell`: that of the first accumulator in the layout of the windows' rows. */
  constructor(
    memory: JobMemory,
    windows: RowStore,
    contents: AggregateContents,
    calls: readonly AggregateCall[],
    cellTypes: readonly (readonly LogicalType[])[],
    firstCell: number,
  ) {
    this.memory = memory;
    this.contents = contents;
    this.calls = calls;
    this.cellTypes = cellTypes;
    this.values = new StoredValues(windows, cellTypes.flat(), firstCell);
  }

  read(windowRow: number): readonly ColumnValue[] {
    return joinCells(this.values.read(windowRow), this.cellTypes, (call) => this.readSeen(windowRow, call));
  }

  /** Fills a new window. */
  write(windowRow: number, values: readonly ColumnValue[]): void {
    const cells = splitCells(values, this.cellTypes, (call, seen) => this.writeSeen(windowRow, call, seen));
    this.values.write(windowRow, cells);
  }

  private readSeen(windowRow: number, call: number): ColumnValue[] | null {
    const table = this.contents.seenTable(call);
    const type = this.calls[call].argumentType;
    if (table === null || type === null) return null;
    const cell = table.layout.keyCells[1];
    return this.contents.seenBy(windowRow, call).map((entry) => readCell(table, entry, cell, type));
  }

  private writeSeen(windowRow: number, call: number, values: readonly ColumnValue[]): bigint | null {
    const table = this.contents.seenTable(call);
    const type = this.calls[call].argumentType;
    if (table === null || type === null) return null;
    const probe = new ProbeRow(this.memory, [notNull(INT), notNull(type)]);
    let count = 0n;
    for (const value of values) {
      const before = table.liveCount;
      const entry = probe.upsert(table, [windowRow, value]);
      if (table.liveCount === before) continue;
      this.contents.noteSeen(windowRow, call, entry);
      count++;
    }
    probe.close();
    return count;
  }
}
