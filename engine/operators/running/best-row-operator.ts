/** A row for every row: of its key the one with the least or greatest value so far, whole. */
import type { Batch, Column } from '../../columnar/batch.ts';
import { createBatch } from '../../columnar/batch.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt } from '../../columnar/key-fields.ts';
import { allocateLanes, allocateValidity } from '../../columnar/lanes.ts';
import type { ExportKernel } from '../../state/row-export.ts';
import { exportKernel } from '../../state/row-export.ts';
import { cellOfColumn, columnLeaves } from '../../state/stored-columns.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { printType } from '../../types/print-type.ts';
import type { BetterKernel } from '../aggregating/better-row.ts';
import { betterRow } from '../aggregating/better-row.ts';
import type { OperatorContext, Progress, RestoredSection, SnapshotWriter } from '../operator.ts';
import { StatelessOperator } from '../stateless-operator.ts';
import type { RunningKeys } from './running-state.ts';
import { RunningState } from './running-state.ts';

export interface BestRowConfig extends RunningKeys {
  /** Column of the row itself or inside a ROW, and its type. */
  readonly by: ColumnPath;
  readonly byType: LogicalType;
  readonly best: 'least' | 'greatest';
  /** Of rows with equal values. */
  readonly ties: 'first' | 'last';
}

export class BestRowOperator extends StatelessOperator {
  private readonly config: BestRowConfig;
  private readonly context: OperatorContext;
  private readonly running: RunningState;
  private readonly isBetter: BetterKernel;
  private readonly exportRow: ExportKernel;
  private readonly batch: Batch;
  private readonly leaves: Column[] = [];

  constructor(config: BestRowConfig, context: OperatorContext) {
    super();
    this.config = config;
    this.context = context;
    const types = context.inputSchemas[0].fields.map((field) => field.type);
    const meaning = `the row with the ${config.best} value of column ${config.by.join('.')} of (${types.map(printType).join(', ')})`;
    this.running = new RunningState(config, context, 'best', types, meaning);
    const { state, kept } = this.running;
    const { layout } = state.table;
    const sign = config.best === 'least' ? '<' : '>';
    this.isBetter = betterRow(
      layout,
      kept.values.cells[cellOfColumn(types, config.by)],
      config.byType,
      config.ties === 'first' ? sign : `${sign}=`,
    );
    this.exportRow = exportKernel(layout, kept.values.cells);
    this.batch = createBatch(context.memory, context.outputSchemas[0]);
  }

  override open(restored: readonly RestoredSection[]): void {
    this.running.open(restored);
  }

  override processBatch(_input: number, batch: Batch): Progress {
    const { context, running } = this;
    const slots = running.find(batch);
    const { columns } = this.batch;
    for (const column of columns) {
      allocateLanes(context.arena, column, batch.rowCount);
      allocateNulls(context, column, batch.rowCount);
    }
    this.answer(batch, columnLeaves(columns, this.leaves), slots);
    running.release(slots, batch.selectedCount);
    const out = Object.assign(this.batch, batch, { schema: this.batch.schema, columns });
    if (batch.selectedCount > 0 || batch.markCount > 0) context.output.emit(0, out);
    return 'done';
  }

  override snapshot(_checkpointId: number, writer: SnapshotWriter): void {
    this.running.snapshot(writer);
  }

  override close(): void {
    this.running.close();
  }

  /** Row after row: the next one of a key is compared with what this one left. Texts that are replaced stay where the output points to. */
  private answer(batch: Batch, leaves: readonly Column[], slots: number): void {
    const { memory, arena } = this.context;
    const { kept, state } = this.running;
    const { table } = state;
    const by = columnAt(batch, this.config.by);
    const own = arena.allocate(8);
    for (let at = 0; at < batch.selectedCount; at++) {
      const row = batch.selection === 0 ? at : memory.i32[(batch.selection >>> 2) + at];
      const slot = memory.i32[(slots >>> 2) + at];
      memory.i32[own >>> 2] = row;
      memory.i32[(own >>> 2) + 1] = slot;
      if (!kept.has(slot) || this.isBetter(table, memory, by, row, slot)) {
        kept.begin(slot);
        kept.values.importRows(batch.columns, own, 0, 1, own + 4);
      } else {
        kept.touch(slot);
      }
      this.exportRow(table, memory, own + 4, 0, 1, leaves, row);
    }
  }
}

/** Fields of a ROW have lanes of their own for what is null. */
function allocateNulls(context: OperatorContext, column: Column, rows: number): void {
  allocateValidity(context.arena, column, rows);
  for (const child of column.children) allocateNulls(context, child, rows);
}
