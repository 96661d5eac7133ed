/** Decides a condition over pairs of a row and a rule: the columns it reads are laid side by side, a chunk at a time. */
import type { Batch, Column } from '../../columnar/batch.ts';
import { createBatch } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import { allocateNullableLanes } from '../../columnar/lanes.ts';
import { ChainKernel } from '../../expressions/compile/chain-kernel.ts';
import type { TypedExpression } from '../../expressions/typed-expression.ts';
import type { ExportKernel } from '../../state/row-export.ts';
import { exportKernel } from '../../state/row-export.ts';
import type { Cell } from '../../state/row-layout.ts';
import type { RowStore } from '../../state/row-store.ts';
import { columnLeaves, storedCells } from '../../state/stored-columns.ts';
import type { Schema } from '../../types/schema.ts';
import type { OperatorContext } from '../operator.ts';

/** Stored rows of one side and the cells of all its columns. */
export interface CandidateSide {
  readonly store: RowStore;
  readonly cells: readonly Cell[];
}

interface SideColumns {
  readonly store: RowStore;
  readonly columns: readonly Column[];
  readonly kernel: ExportKernel;
}

export class CandidatePairs {
  private readonly context: OperatorContext;
  private readonly kernel: ChainKernel;
  private readonly batch: Batch;
  private readonly sides: readonly SideColumns[];
  private readonly leaves: Column[] = [];

  /** `schema`: the columns of the rows, then those of the rules. */
  constructor(context: OperatorContext, schema: Schema, condition: TypedExpression, sides: readonly [CandidateSide, CandidateSide]) {
    this.context = context;
    this.kernel = new ChainKernel({
      input: schema,
      stages: [{ kind: 'project', nodeId: context.nodeId, columns: [{ name: 'matches', expression: condition }] }],
      memory: context.memory,
      arena: context.arena,
      runtime: { timeZone: context.timeZone, now: () => context.clock.now() },
    });
    this.batch = createBatch(context.memory, schema);
    const read = new Set(this.kernel.sourceIndexes());
    const [rows] = context.inputSchemas;
    const bounds = [0, rows.fields.length, schema.fields.length];
    this.sides = sides.map((side, at) => this.columnsOf(side, schema, bounds[at], bounds[at + 1], read));
  }

  /**
   * Keeps those of the `count` pairs at `rows` and `rules` (i32 row numbers) for which the condition is TRUE: writes 1 or 0 per pair to
   * `answers` (u8). Pairs that `selection` (i32 positions) does not name are left out.
   */
  decide(rows: Address, rules: Address, count: number, selection: Address, selectedCount: number, answers: Address): void {
    const { arena, memory } = this.context;
    const { batch } = this;
    const mark = arena.mark();
    const lists = [rows, rules];
    this.sides.forEach(({ store, columns, kernel }, at) => {
      for (const column of columns) allocateNullableLanes(arena, column, count);
      kernel(store, memory, lists[at], 0, count, columnLeaves(columns, this.leaves), 0);
    });
    batch.rowCount = count;
    batch.selection = selection;
    batch.selectedCount = selectedCount;
    const [{ data, validity }] = this.kernel.process(batch).columns;
    const { u8, i32 } = memory;
    for (let at = 0; at < selectedCount; at++) {
      const pair = i32[(selection >>> 2) + at];
      u8[answers + pair] = u8[data + pair] === 1 && (validity === 0 || u8[validity + pair] !== 0) ? 1 : 0;
    }
    arena.release(mark);
  }

  close(): void {
    this.kernel.close();
  }

  private columnsOf(side: CandidateSide, schema: Schema, from: number, to: number, read: ReadonlySet<number>): SideColumns {
    const columns: Column[] = [];
    const cells: Cell[] = [];
    let cell = 0;
    for (let column = from; column < to; column++) {
      const count = storedCells([schema.fields[column].type]).length;
      if (read.has(column)) {
        columns.push(this.batch.columns[column]);
        cells.push(...side.cells.slice(cell, cell + count));
      }
      cell += count;
    }
    return { store: side.store, columns, kernel: exportKernel(side.store.layout, cells, true) };
  }
}
