/** A chain of stages made runnable: one generated function per column types, batches in, batches out. */
import { EngineError } from '../../base/errors.ts';
import type { Arena } from '../../columnar/arena.ts';
import type { Batch, Column } from '../../columnar/batch.ts';
import { createBatch, entryBytes } from '../../columnar/batch.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import type { Schema } from '../../types/schema.ts';
import type { FunctionRuntime } from '../functions/define-function.ts';
import type { ChainOutput, ChainSource } from './chain-source.ts';
import { writeChain } from './chain-source.ts';
import { TextConstant } from './emit-memory.ts';
import { KernelSupport } from './kernel-support.ts';
import type { Stage } from './stage.ts';
import { stageOutputSchema } from './stage.ts';

/** What a kernel keeps between batches. */
interface KernelState {
  /** Highest watermark so far. */
  watermark: bigint;
  marks: number;
}

type Kernel = (
  a: number[],
  boxes: readonly (unknown[] | null)[],
  o: number[],
  outputBoxes: readonly (unknown[] | null)[],
  selection: Address,
  selectedCount: number,
  selectionOut: Address,
  markRows: Address,
  markTimes: Address,
  state: KernelState,
) => number;

const WATERMARK_MIN = -(2n ** 63n);
const BAILED = -1;
/** After a value left the range of the fast kernel this many batches go straight to the exact one; doubles while it lasts. */
const EXACT_BATCHES_FIRST = 8;
const EXACT_BATCHES_MAX = 1024;

export interface ChainKernelOptions {
  readonly input: Schema;
  readonly stages: readonly Stage[];
  readonly runtime: FunctionRuntime;
  readonly memory: JobMemory;
  readonly arena: Arena;
  /** Columns keep nanoseconds that their type has no lane for, as values inside one Flink operator do. */
  readonly keepNanos?: boolean;
}

export class ChainKernel {
  readonly outputSchema: Schema;
  /** True when the chain sets event time: watermarks from upstream end here. */
  readonly setsWatermarks: boolean;
  private readonly options: ChainKernelOptions;
  private readonly support: KernelSupport;
  private readonly output: Batch;
  private readonly outputColumns: (Column | null)[];
  private readonly state: KernelState = { watermark: WATERMARK_MIN, marks: 0 };
  private readonly fast: LoadedKernel | null;
  private exact: LoadedKernel | null = null;
  private exactBatches = 0;
  private exactNext = EXACT_BATCHES_FIRST;

  constructor(options: ChainKernelOptions) {
    this.options = options;
    this.outputSchema = options.stages.reduce((schema: Schema, stage) => stageOutputSchema(stage, schema), options.input);
    this.setsWatermarks = options.stages.some((stage) => stage.kind === 'watermark');
    this.support = new KernelSupport(options.memory, options.arena);
    this.output = createBatch(options.memory, this.outputSchema);
    this.outputColumns = this.output.columns.slice();
    const fast = writeChain(options, false);
    this.fast = fast.writer.exactOnly ? null : this.load(fast);
  }

  /** The batch stays valid until the arena's step ends; it shares untouched columns with `input`. */
  process(input: Batch): Batch {
    if (this.fast !== null && this.exactBatches === 0) {
      const mark = this.options.arena.mark();
      const done = this.run(this.fast, input);
      if (done !== null) {
        this.exactNext = EXACT_BATCHES_FIRST;
        return done;
      }
      this.options.arena.release(mark);
      this.exactBatches = this.exactNext;
      this.exactNext = Math.min(this.exactNext * 2, EXACT_BATCHES_MAX);
    }
    if (this.exactBatches > 0) this.exactBatches--;
    this.exact ??= this.load(writeChain(this.options, true));
    const done = this.run(this.exact, input);
    if (done === null) throw new Error('an exact kernel never bails out');
    return done;
  }

  /** Columns of the input that are read or passed on; what is not here need not be produced. */
  sourceIndexes(): readonly number[] {
    const used = new Set<number>();
    const source = (this.fast ?? this.load(writeChain(this.options, true))).source;
    for (const column of source.writer.sources) used.add(column.path[0]);
    for (const output of source.outputs) if (output.passed !== null) used.add(output.passed[0]);
    return [...used].sort((a, b) => a - b);
  }

  close(): void {
    for (const kernel of [this.fast, this.exact]) kernel?.close(this.options.memory);
  }

  private load(source: ChainSource): LoadedKernel {
    return new LoadedKernel(source, this.options.memory, this.support);
  }

  private run(kernel: LoadedKernel, input: Batch): Batch | null {
    const { arena } = this.options;
    const { source, inputs, boxes, lanes, laneBoxes } = kernel;
    source.writer.sources.forEach((column, k) => {
      const found = columnOf(input, column.path);
      inputs[4 * k] = found.data;
      inputs[4 * k + 1] = found.validity;
      inputs[4 * k + 2] = found.nanos;
      inputs[4 * k + 3] = found.ascii ? 1 : 0;
      boxes[k] = found.boxed;
    });
    for (const [index, output] of source.outputs.entries())
      if (output.passed === null) this.allocate(index, output, input.rowCount, lanes, laneBoxes);
    const selectionOut = source.filters ? arena.allocate(Math.max(4 * input.selectedCount, 4)) : 0;
    const marked = this.setsWatermarks;
    const markRows = marked ? arena.allocate(Math.max(4 * input.selectedCount, 4)) : 0;
    const markTimes = marked ? arena.allocate(Math.max(8 * input.selectedCount, 8)) : 0;
    const kept = kernel.run(
      inputs,
      boxes,
      lanes,
      laneBoxes,
      input.selection,
      input.selectedCount,
      selectionOut,
      markRows,
      markTimes,
      this.state,
    );
    if (kept === BAILED) return null;
    this.describe(kernel, input, kept, selectionOut);
    if (marked) this.describeMarks(markRows, markTimes);
    return this.output;
  }

  private allocate(index: number, output: ChainOutput, rows: number, lanes: number[], laneBoxes: (unknown[] | null)[]): void {
    const { arena, keepNanos } = this.options;
    const { type } = this.outputSchema.fields[index];
    const at = 4 * output.lane;
    const bytes = entryBytes(type);
    const wantsNanos = 'precision' in type && (type.precision > 3 || (keepNanos === true && output.nanos));
    const hasNanos = (type.kind === 'TIMESTAMP' || type.kind === 'TIMESTAMP_LTZ') && wantsNanos;
    lanes[at] = bytes === 0 ? 0 : arena.allocate(Math.max(bytes * rows, 16));
    lanes[at + 1] = output.nullable ? arena.allocate(Math.max(rows, 1)) : 0;
    lanes[at + 2] = hasNanos ? arena.allocate(Math.max(4 * rows, 4)) : 0;
    laneBoxes[output.lane] = bytes === 0 ? new Array<unknown>(rows).fill(null) : null;
  }

  private describe(kernel: LoadedKernel, input: Batch, kept: number, selectionOut: Address): void {
    const { output } = this;
    for (const [index, planned] of kernel.source.outputs.entries()) {
      if (planned.passed !== null) {
        output.columns[index] = columnOf(input, planned.passed);
        continue;
      }
      const column = this.outputColumns[index];
      if (column === null) continue;
      const at = 4 * planned.lane;
      column.data = kernel.lanes[at];
      column.validity = kernel.lanes[at + 1];
      column.nanos = kernel.lanes[at + 2];
      column.ascii = kernel.lanes[at + 3] === 1;
      column.boxed = kernel.laneBoxes[planned.lane];
      output.columns[index] = column;
    }
    output.rowCount = input.rowCount;
    const filters = kernel.source.filters;
    output.selectedCount = filters ? kept : input.selectedCount;
    output.selection = filters ? (kept === input.rowCount ? 0 : selectionOut) : input.selection;
    output.rowKinds = input.rowKinds;
    output.timestamps = kernel.source.rowtime >= 0 && this.setsWatermarks ? output.columns[kernel.source.rowtime].data : input.timestamps;
    output.markCount = input.markCount;
    output.markRows = input.markRows;
    output.markWatermarks = input.markWatermarks;
  }

  private describeMarks(markRows: Address, markTimes: Address): void {
    this.output.markCount = this.state.marks;
    this.output.markRows = markRows;
    this.output.markWatermarks = markTimes;
  }
}

/** A compiled source with its arguments and its constants in memory. */
class LoadedKernel {
  readonly source: ChainSource;
  readonly run: Kernel;
  readonly inputs: number[];
  readonly boxes: (unknown[] | null)[];
  readonly lanes: number[];
  readonly laneBoxes: (unknown[] | null)[];
  private readonly constants: { readonly address: Address; readonly bytes: number }[] = [];

  constructor(source: ChainSource, memory: JobMemory, support: KernelSupport) {
    this.source = source;
    const { writer, outputs } = source;
    this.inputs = new Array<number>(4 * writer.sources.length).fill(0);
    this.boxes = new Array<unknown[] | null>(writer.sources.length).fill(null);
    const lanes = outputs.filter((output) => output.passed === null).length;
    this.lanes = new Array<number>(4 * lanes).fill(0);
    this.laneBoxes = new Array<unknown[] | null>(lanes).fill(null);
    this.placeConstants(memory);
    this.run = compile(source, memory, support);
  }

  close(memory: JobMemory): void {
    for (const { address, bytes } of this.constants) memory.freeRegion(address, bytes);
    this.constants.length = 0;
  }

  /** All text constants share one region. */
  private placeConstants(memory: JobMemory): void {
    const texts = this.source.writer.bindings.filter((binding): binding is TextConstant => binding instanceof TextConstant);
    if (texts.length === 0) return;
    const bytes = texts.reduce((sum, text) => sum + text.bytes.length, 1);
    const address = memory.allocateRegion(bytes);
    this.constants.push({ address, bytes });
    let at = address;
    for (const text of texts) {
      text.address = at;
      memory.u8.set(text.bytes, at);
      at += text.bytes.length;
    }
  }
}

function compile(source: ChainSource, memory: JobMemory, support: KernelSupport): Kernel {
  const { writer } = source;
  const names = writer.bindings.map((_binding, index) => `c${index}`);
  const parameters = 'a, boxes, o, outputBoxes, selection, selectedCount, selectionOut, markRows, markTimes, state';
  const body = `"use strict";\nreturn function kernel(${parameters}) {\n${source.text}\n};`;
  const factory = new Function('memory', 'support', 'sites', 'noTime', ...names, body) as (...values: unknown[]) => Kernel;
  return factory(memory, support, writer.sites, noEventTime, ...writer.bindings);
}

function noEventTime(row: number, nodeId: string): EngineError {
  return new EngineError('MR3004', `the event time of row ${row} of the batch is NULL`, {
    domain: 'user',
    nodeId,
    field: 'time',
    remedy: 'filter out rows without a time before the watermark, or give them one with COALESCE',
  });
}

function columnOf(batch: Batch, path: readonly number[]): Column {
  let column = batch.columns[path[0]];
  for (let depth = 1; depth < path.length; depth++) column = column.children[path[depth]];
  return column;
}
