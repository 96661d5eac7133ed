/** Several values of a row as rows of their own, one below the other. */
import type { Batch, Column } from '../../columnar/batch.ts';
import { createBatch, createColumn } from '../../columnar/batch.ts';
import { gatherColumn } from '../../columnar/gather.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import { pickColumn } from '../../columnar/pick.ts';
import { ChainKernel } from '../../expressions/compile/chain-kernel.ts';
import type { TypedExpression } from '../../expressions/typed-expression.ts';
import { encodeUtf8 } from '../../expressions/utf8.ts';
import { INT } from '../../types/make-type.ts';
import type { OperatorContext, Progress } from '../operator.ts';
import { StatelessOperator } from '../stateless-operator.ts';
import { lanesOfPieces, marksOfPieces } from './piece-lanes.ts';

export interface UnpivotConfig {
  /** All of one type, scalar; each with the name it goes by. */
  readonly values: readonly { readonly name: string; readonly expression: TypedExpression }[];
  /** Columns of the input that go on. */
  readonly kept: readonly number[];
  /** A column with the value's name stands before it. */
  readonly named: boolean;
  /** A column with the value's number stands behind it. */
  readonly numbered: boolean;
  readonly leavesOutNulls: boolean;
}

/** So many rows of a batch are taken at a time that their values fill one. */
export class UnpivotOperator extends StatelessOperator {
  private readonly config: UnpivotConfig;
  private readonly context: OperatorContext;
  private readonly kernel: ChainKernel;
  private readonly piece: Batch;
  private readonly output: Batch;
  private readonly names: readonly { readonly address: Address; readonly length: number }[];
  private readonly nameBytes: number;
  private readonly namesAscii: boolean;
  private batch: Batch | null = null;
  private taken = 0;
  private mark = 0;

  constructor(config: UnpivotConfig, context: OperatorContext) {
    super();
    const { memory, arena, inputSchemas } = context;
    this.config = config;
    this.context = context;
    this.kernel = new ChainKernel({
      input: inputSchemas[0],
      stages: [{ kind: 'project', nodeId: context.nodeId, columns: config.values }],
      memory,
      arena,
      runtime: { timeZone: context.timeZone, now: () => context.clock.now() },
    });
    this.piece = createBatch(memory, inputSchemas[0]);
    this.output = createBatch(memory, context.outputSchemas[0]);
    const names = config.values.map(({ name }) => encodeUtf8(name));
    this.nameBytes = names.reduce((sum, name) => sum + name.length, 1);
    this.namesAscii = names.every((name) => name.every((byte) => byte < 0x80));
    let address = memory.allocateRegion(this.nameBytes);
    this.names = names.map((name) => {
      memory.u8.set(name, address);
      const placed = { address, length: name.length };
      address += name.length;
      return placed;
    });
  }

  override processBatch(_input: number, batch: Batch): Progress {
    this.batch = batch;
    this.taken = 0;
    this.mark = 0;
    return this.drain();
  }

  override drain(): Progress {
    const { batch, context, config } = this;
    if (batch === null) return 'done';
    const count = Math.min(batch.selectedCount - this.taken, Math.max(1, Math.floor(context.batchRows / config.values.length)));
    if (count > 0) this.emit(batch, this.rowsFrom(batch, count), count);
    this.taken += count;
    if (this.taken < batch.selectedCount) return 'more';
    this.batch = null;
    return 'done';
  }

  override close(): void {
    this.kernel.close();
    const [first] = this.names;
    if (first !== undefined) this.context.memory.freeRegion(first.address, this.nameBytes);
  }

  /** Physical row numbers of the next rows. */
  private rowsFrom(batch: Batch, count: number): Address {
    if (batch.selection !== 0) return batch.selection + 4 * this.taken;
    const { arena } = this.context;
    const rows = arena.allocate(4 * count);
    const { i32 } = arena.memory;
    for (let at = 0; at < count; at++) i32[(rows >>> 2) + at] = this.taken + at;
    return rows;
  }

  private emit(batch: Batch, rows: Address, rowCount: number): void {
    const { config, context, output } = this;
    const { arena, memory } = context;
    const values = this.kernel.process(
      Object.assign(this.piece, batch, { selection: rows, selectedCount: rowCount, markCount: 0 }),
    ).columns;
    const most = rowCount * values.length;
    const [sources, which] = [arena.allocate(4 * most), arena.allocate(4 * most)];
    const count = choose(memory, values, config.leavesOutNulls, rows, rowCount, sources, which);
    const isLast = this.taken + rowCount === batch.selectedCount;
    const marks = marksOfPieces(arena, batch, this.mark, sources, count, isLast);
    if (count === 0) return;
    this.mark += marks.markCount;
    const list = { address: sources, count };
    const columns = config.kept.map((column) => gatherColumn(arena, batch.columns[column], list));
    if (config.named) columns.push(this.nameColumn(which, count));
    columns.push(pickColumn(arena, values, which, sources, count));
    if (config.numbered) columns.push(this.numberColumn(which, count));
    columns.forEach((column, at) => {
      output.columns[at] = column;
    });
    Object.assign(output, lanesOfPieces(arena, batch, sources, count), marks, { rowCount: count, selectedCount: count });
    context.output.emit(0, output);
  }

  private nameColumn(which: Address, count: number): Column {
    const { arena } = this.context;
    const column = createColumn(this.context.outputSchemas[0].fields[this.config.kept.length].type);
    column.data = arena.allocate(8 * count);
    column.ascii = this.namesAscii;
    const { i32, u32 } = arena.memory;
    for (let at = 0; at < count; at++) {
      const { address, length } = this.names[i32[(which >>> 2) + at]];
      u32[(column.data >>> 2) + 2 * at] = address;
      u32[(column.data >>> 2) + 2 * at + 1] = length;
    }
    return column;
  }

  private numberColumn(which: Address, count: number): Column {
    const { arena } = this.context;
    const column = createColumn(INT);
    column.data = arena.allocate(4 * count);
    const { i32 } = arena.memory;
    for (let at = 0; at < count; at++) i32[(column.data >>> 2) + at] = i32[(which >>> 2) + at] + 1;
    return column;
  }
}

/** Writes row and value of every piece, in order; returns how many there are. */
function choose(
  memory: JobMemory,
  values: readonly Column[],
  leavesOutNulls: boolean,
  rows: Address,
  rowCount: number,
  sources: Address,
  which: Address,
): number {
  const { i32, u8 } = memory;
  let count = 0;
  for (let at = 0; at < rowCount; at++) {
    const row = i32[(rows >>> 2) + at];
    for (let value = 0; value < values.length; value++) {
      const { validity } = values[value];
      if (leavesOutNulls && validity !== 0 && u8[validity + row] === 0) continue;
      i32[(sources >>> 2) + count] = row;
      i32[(which >>> 2) + count++] = value;
    }
  }
  return count;
}
