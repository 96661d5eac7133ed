/**
 * Does the same to rows again and again, until a condition holds for a row or it has had its rounds. All rows of a piece of a batch go
 * round together, as columns; those that are done are left out of the next round. Nothing goes round between batches, so there is
 * nothing for a checkpoint to lose (in Flink's iterate what is on the way back is lost).
 *
 * A piece is so small that all its rounds fit into a little memory, where they stay until the rows have left: in the order they came, the
 * rounds of a row one after the other.
 */
import { Arena } from '../../columnar/arena.ts';
import type { Batch, Column } from '../../columnar/batch.ts';
import { createBatch, createColumn, entryBytes } from '../../columnar/batch.ts';
import { gatherColumn } from '../../columnar/gather.ts';
import type { Address } from '../../columnar/job-memory.ts';
import { clearBatch } from '../../columnar/lanes.ts';
import { pickColumn } from '../../columnar/pick.ts';
import { ChainKernel } from '../../expressions/compile/chain-kernel.ts';
import type { TypedExpression } from '../../expressions/typed-expression.ts';
import { INT } from '../../types/make-type.ts';
import type { Schema } from '../../types/schema.ts';
import { lanesOfPieces, marksOfPieces } from '../flattening/piece-lanes.ts';
import type { OperatorContext, Progress } from '../operator.ts';
import { StatelessOperator } from '../stateless-operator.ts';

export interface IterateConfig {
  /** Over `schema`: what columns of these numbers become, all at once; each of the column's own type, scalar. */
  readonly assignments: readonly { readonly column: number; readonly expression: TypedExpression }[];
  /** Over `schema`, BOOLEAN: looked at behind each round. */
  readonly until: TypedExpression;
  /** The columns of the rows, those that are assigned nullable. */
  readonly schema: Schema;
  readonly rounds: number;
  readonly emitsEach: boolean;
  /** A column with the number of the round stands behind the others. */
  readonly numbered: boolean;
  /** Rows that are not done when they have had their rounds leave by the second port. */
  readonly apart: boolean;
}

const DONE = 'millrace_done';
/** Memory that the rounds of a piece may take, and rows it has at least. */
const PIECE_BYTES = 16 * 1024 * 1024;
const PIECE_ROWS_MIN = 64;
/** When fewer than this part of the rows goes on, they are moved together. */
const SPARSE = 0.5;

/** Rows that leave by one port: of each the row of the piece, the round (from 0) and its row there. */
interface Leaving {
  readonly rows: number[];
  readonly rounds: number[];
  readonly places: number[];
  /** So many have left. */
  left: number;
}

export class IterateOperator extends StatelessOperator {
  private readonly config: IterateConfig;
  private readonly context: OperatorContext;
  private readonly work: Arena;
  private readonly kernel: ChainKernel;
  private readonly going: Batch;
  private readonly outputs: readonly Batch[];
  private readonly pieceRows: number;
  private batch: Batch | null = null;
  private taken = 0;
  private mark = 0;
  /** Rows of the batch that the piece under way consists of, by position in the piece (i32). */
  private piece: Address = 0;
  /** By round, the columns that are assigned. */
  private rounds: Column[][] = [];
  private ports: Leaving[] = [];

  constructor(config: IterateConfig, context: OperatorContext) {
    super();
    const { memory, nodeId } = context;
    this.config = config;
    this.context = context;
    this.work = new Arena(memory);
    this.going = createBatch(memory, config.schema);
    this.outputs = context.outputSchemas.map((schema) => createBatch(memory, schema));
    const bytes = config.assignments.reduce((sum, { column }) => sum + entryBytes(config.schema.fields[column].type) + 1, 2);
    this.pieceRows = Math.max(PIECE_ROWS_MIN, Math.min(context.batchRows, Math.floor(PIECE_BYTES / (bytes * config.rounds))));
    const assigned = new Map(config.assignments.map(({ column, expression }) => [column, expression]));
    const columns = config.schema.fields.map(({ name, type }, column) => ({
      name,
      expression: assigned.get(column) ?? bare(column, name, type),
    }));
    const kept = config.schema.fields.map(({ name, type }, column) => ({ name, expression: bare(column, name, type) }));
    this.kernel = new ChainKernel({
      input: config.schema,
      stages: [
        { kind: 'project', nodeId, columns },
        { kind: 'project', nodeId, columns: [...kept, { name: DONE, expression: config.until }] },
      ],
      memory,
      arena: this.work,
      runtime: { timeZone: context.timeZone, now: () => context.clock.now() },
    });
  }

  override processBatch(_input: number, batch: Batch): Progress {
    this.batch = batch;
    this.taken = 0;
    this.mark = 0;
    this.ports = [];
    return this.drain();
  }

  override drain(): Progress {
    const { batch } = this;
    if (batch === null) return 'done';
    if (this.ports.every(hasLeft) && this.taken < batch.selectedCount) this.takePiece(batch);
    this.emit(batch);
    if (!this.ports.every(hasLeft) || this.taken < batch.selectedCount) return 'more';
    this.batch = null;
    return 'done';
  }

  override close(): void {
    this.kernel.close();
    this.work.close();
  }

  private takePiece(batch: Batch): void {
    const { work } = this;
    work.reset();
    const count = Math.min(this.pieceRows, batch.selectedCount - this.taken);
    this.piece = work.allocate(4 * count);
    const { i32 } = work.memory;
    for (let at = 0; at < count; at++)
      i32[(this.piece >>> 2) + at] = batch.selection === 0 ? this.taken + at : i32[(batch.selection >>> 2) + this.taken + at];
    this.taken += count;
    this.line(this.goRound(batch, count), count);
  }

  /** Runs the rounds; answers of every row of the piece the round it was done in, from 0, and whether it was. */
  private goRound(batch: Batch, count: number): { readonly last: Int32Array; readonly done: Uint8Array; readonly places: Int32Array[] } {
    const { work, going, config } = this;
    const last = new Int32Array(count).fill(-1);
    const done = new Uint8Array(count);
    const places: Int32Array[] = [];
    this.rounds = [];
    clearBatch(going);
    const whole = { address: this.piece, count };
    let columns = batch.columns.map((column) => gatherColumn(work, column, whole));
    /** Row of the piece by physical row, and the physical rows that go on. */
    let ids = Array.from({ length: count }, (_, at) => at);
    let goesOn = ids;
    let rowCount = count;
    for (let round = 0; round < config.rounds && goesOn.length > 0; round++) {
      const isSparse = goesOn.length < rowCount * SPARSE;
      const list = goesOn.length === rowCount ? 0 : this.listOf(goesOn);
      if (isSparse) {
        const some = { address: list, count: goesOn.length };
        columns = columns.map((column) => gatherColumn(work, column, some));
        ids = goesOn.map((row) => ids[row]);
        goesOn = ids.map((_, at) => at);
        rowCount = goesOn.length;
      }
      columns.forEach((column, at) => {
        going.columns[at] = column;
      });
      Object.assign(going, { rowCount, selection: isSparse ? 0 : list, selectedCount: goesOn.length });
      // The kernel uses its columns again in the next round.
      columns = this.kernel.process(going).columns.map((column) => ({ ...column }));
      const [decided] = columns.splice(config.schema.fields.length);
      this.rounds.push(config.assignments.map(({ column }) => columns[column]));
      const place = new Int32Array(count);
      const { u8 } = work.memory;
      const rest: number[] = [];
      for (const row of goesOn) {
        const id = ids[row];
        place[id] = row;
        last[id] = round;
        if (u8[decided.data + row] === 1 && (decided.validity === 0 || u8[decided.validity + row] !== 0)) done[id] = 1;
        else rest.push(row);
      }
      places.push(place);
      goesOn = rest;
    }
    return { last, done, places };
  }

  /** Puts rows and rounds in the order they leave in. */
  private line({ last, done, places }: ReturnType<IterateOperator['goRound']>, count: number): void {
    const { emitsEach, apart } = this.config;
    const ports = this.outputs.map((): Leaving => ({ rows: [], rounds: [], places: [], left: 0 }));
    for (let row = 0; row < count; row++) {
      const end = last[row];
      for (let round = emitsEach ? 0 : end; round <= end; round++) {
        const port = ports[apart && round === end && done[row] === 0 ? 1 : 0];
        port.rows.push(row);
        port.rounds.push(round);
        port.places.push(places[round][row]);
      }
    }
    this.ports = ports;
  }

  private emit(batch: Batch): void {
    this.ports.forEach((leaving, port) => {
      const count = Math.min(leaving.rows.length - leaving.left, this.context.batchRows);
      if (count > 0) this.emitPort(batch, leaving, port, count);
    });
  }

  private emitPort(batch: Batch, leaving: Leaving, port: number, count: number): void {
    const { config, context } = this;
    const { arena, memory, output } = context;
    const { left } = leaving;
    const out = this.outputs[port];
    const slice = (numbers: readonly number[]) => numbers.slice(left, left + count);
    const [rounds, places] = [slice(leaving.rounds), slice(leaving.places)].map((numbers) => this.listOf(numbers, arena));
    const { i32 } = memory;
    const sources = this.listOf(
      slice(leaving.rows).map((row) => i32[(this.piece >>> 2) + row]),
      arena,
    );
    const list = { address: sources, count };
    const assigned = new Map(config.assignments.map(({ column }, at) => [column, at]));
    batch.columns.forEach((column, index) => {
      const at = assigned.get(index);
      const made = at === undefined ? [] : this.rounds.map((columns) => columns[at]);
      out.columns[index] = at === undefined ? gatherColumn(arena, column, list) : pickColumn(arena, made, rounds, places, count);
    });
    if (config.numbered) {
      const column = createColumn(INT);
      column.data = this.listOf(
        slice(leaving.rounds).map((round) => round + 1),
        arena,
      );
      out.columns[batch.columns.length] = column;
    }
    const isLast = this.taken === batch.selectedCount && left + count === leaving.rows.length;
    // Of the other port the watermark follows the batch.
    const marks = marksOfPieces(arena, batch, port === 0 ? this.mark : batch.markCount, sources, count, isLast);
    if (port === 0) this.mark += marks.markCount;
    Object.assign(out, lanesOfPieces(arena, batch, sources, count), marks, { rowCount: count, selectedCount: count });
    leaving.left += count;
    output.emit(port, out);
  }

  private listOf(numbers: readonly number[], arena = this.work): Address {
    const list = arena.allocate(Math.max(4 * numbers.length, 4));
    arena.memory.i32.set(numbers, list >>> 2);
    return list;
  }
}

function hasLeft({ rows, left }: Leaving): boolean {
  return left === rows.length;
}

function bare(column: number, name: string, type: TypedExpression['type']): TypedExpression {
  return { kind: 'column', path: [column], name, type, span: { start: 0, end: 0 } };
}
