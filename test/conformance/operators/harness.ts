/** Runs production operators one step at a time, as the task does: one-row batches, drains, snapshots as bytes, restores by key group. */

import type { JsonValue } from '../../../engine/base/json.ts';
import { SeededRandom } from '../../../engine/base/random.ts';
import type { Storage } from '../../../engine/base/storage.ts';
import { Arena } from '../../../engine/columnar/arena.ts';
import type { Batch } from '../../../engine/columnar/batch.ts';
import { NO_TIMESTAMP } from '../../../engine/columnar/batch.ts';
import type { ColumnValue } from '../../../engine/columnar/column-value.ts';
import { JobMemory } from '../../../engine/columnar/job-memory.ts';
import type { ColumnPath } from '../../../engine/columnar/key-fields.ts';
import { keyGroupRangeOf, subtaskOfKeyGroup } from '../../../engine/columnar/key-groups.ts';
import { createKeyGroupAssigner } from '../../../engine/columnar/key-kernels.ts';
import { buildBatch } from '../../../engine/columnar/row-builder.ts';
import { readRow, readRowKind, selectedRows } from '../../../engine/columnar/row-reader.ts';
import type {
  FileRange,
  MemoryRange,
  Operator,
  OperatorContext,
  OperatorSpill,
  Progress,
  RestoredSection,
  SnapshotWriter,
  WatermarkPolicy,
} from '../../../engine/operators/operator.ts';
import { NORMAL_SPEED } from '../../../engine/operators/operator.ts';
import { NOBODY_WATCHES } from '../../../engine/operators/time/window-view.ts';
import { dealLists } from '../../../engine/runtime/checkpoints/deal-lists.ts';
import { isOperatorList } from '../../../engine/state/operator-list-state.ts';
import type { Schema } from '../../../engine/types/schema.ts';

/** What leaves an operator, in order. */
export type Emission =
  | {
      readonly kind: 'row';
      readonly port: number;
      readonly values: readonly ColumnValue[];
      readonly rowKind: number;
      readonly timestamp: bigint | null;
    }
  | { readonly kind: 'watermark'; readonly watermark: bigint }
  | { readonly kind: 'status'; readonly idle: boolean };

export type SubtaskEmission = Emission & { readonly subtask: number };
export type TestedOperator = Operator & Partial<WatermarkPolicy>;

export interface HarnessOptions {
  readonly create: (context: OperatorContext) => TestedOperator;
  readonly inputSchemas: readonly Schema[];
  readonly outputSchemas: readonly Schema[];
  /** Key columns, for the way of a row to its subtask. */
  readonly keys: readonly ColumnPath[];
  /** Inputs whose rows go to every subtask. */
  readonly broadcastInputs?: readonly number[];
  readonly timeZone?: string;
  readonly batchRows?: number;
  /** Where subtasks may keep state, asked for each of them; undefined: this one keeps it in memory. */
  readonly disk?: { readonly storage: Storage; next(): OperatorSpill | undefined };
}

const MAX_PARALLELISM = 128;
/** Small at first, so that growth is part of what is tested. */
const MEMORY_BYTES = 256 * 1024;

/** Sections of so many subtasks, and what a restore is given in their place. */
export type ChangeSections = (sections: readonly RestoredSection[], parallelism: number) => readonly RestoredSection[];

export class Harness {
  parallelism = 1;
  private readonly options: HarnessOptions;
  private clockMs = 0;
  private subtasks: Subtask[] = [];
  private readonly routing = new Arena(new JobMemory({ initialBytes: MEMORY_BYTES }));

  constructor(options: HarnessOptions) {
    this.options = options;
    this.start(1, []);
  }

  /** Rows of one batch; with several subtasks each gets its own. Marks need a single subtask. */
  element(
    rows: readonly (readonly ColumnValue[])[],
    timestamps: readonly (bigint | null)[],
    input = 0,
    marks: readonly { readonly row: number; readonly watermark: bigint }[] = [],
  ): SubtaskEmission[] {
    return this.subtasks.flatMap((subtask, index) => {
      const everywhere = this.parallelism === 1 || this.options.broadcastInputs?.includes(input) === true;
      const own = rows.map((_, at) => at).filter((at) => everywhere || this.subtaskOf(rows[at], input) === index);
      if (own.length === 0) return [];
      return this.label(
        index,
        subtask.batch(
          input,
          own.map((at) => rows[at]),
          own.map((at) => timestamps[at]),
          marks,
        ),
      );
    });
  }

  watermark(watermark: bigint, input = 0): SubtaskEmission[] {
    return this.subtasks.flatMap((subtask, index) => this.label(index, subtask.watermark(input, watermark)));
  }

  status(idle: boolean, input = 0): SubtaskEmission[] {
    return this.subtasks.flatMap((subtask, index) => this.label(index, subtask.status(input, idle)));
  }

  processingTime(nowMs: bigint): SubtaskEmission[] {
    this.clockMs = Number(nowMs);
    return this.subtasks.flatMap((subtask, index) => this.label(index, subtask.fireDue(this.clockMs)));
  }

  /** Snapshot of all subtasks as bytes, changed if asked to, then new operators from it. */
  restore(parallelism: number, change: ChangeSections = (sections) => sections): void {
    const sections = change(
      this.subtasks.flatMap((subtask) => subtask.snapshot()),
      this.parallelism,
    );
    for (const subtask of this.subtasks) subtask.operator.close();
    const lists = sections.filter((section) => section.distribution === 'list' && isOperatorList(section));
    this.start(
      parallelism,
      sections.filter((section) => !lists.includes(section)),
      parallelism === this.parallelism
        ? Array.from({ length: parallelism }, (_, at) => lists.filter((each) => each.subtaskIndex === at))
        : dealLists(lists, parallelism),
    );
  }

  close(): void {
    for (const subtask of this.subtasks) subtask.operator.close();
  }

  metrics(): OperatorContext['metrics'][] {
    return this.subtasks.map((subtask) => subtask.context.metrics);
  }

  private start(parallelism: number, sections: readonly RestoredSection[], lists: readonly (readonly RestoredSection[])[] = []): void {
    this.parallelism = parallelism;
    this.subtasks = Array.from({ length: parallelism }, (_, index) => new Subtask(this.options, index, parallelism, () => this.clockMs));
    this.subtasks.forEach((subtask, index) => {
      subtask.operator.open([...sectionsOf(sections, index, parallelism), ...(lists[index] ?? [])]);
    });
  }

  private label(subtask: number, emissions: readonly Emission[]): SubtaskEmission[] {
    return emissions.map((emission) => ({ ...emission, subtask }));
  }

  private subtaskOf(row: readonly ColumnValue[], input: number): number {
    const arena = this.routing;
    arena.reset();
    const schema = this.options.inputSchemas[input];
    const out = arena.allocate(4);
    createKeyGroupAssigner(schema, this.options.keys, MAX_PARALLELISM).assign(buildBatch(arena, schema, [row]), out);
    return subtaskOfKeyGroup(arena.memory.i32[out >>> 2], MAX_PARALLELISM, this.parallelism);
  }
}

/** Keyed sections go to every owner whose range overlaps, lists round robin, unions to all. */
function sectionsOf(sections: readonly RestoredSection[], subtask: number, parallelism: number): RestoredSection[] {
  const range = keyGroupRangeOf(subtask, MAX_PARALLELISM, parallelism);
  return sections.filter((section, at) => {
    if (section.distribution === 'keyed') return section.keyGroups.start <= range.end && section.keyGroups.end >= range.start;
    return section.distribution === 'union' || at % parallelism === subtask;
  });
}

class Subtask {
  readonly operator: TestedOperator;
  readonly context: OperatorContext;
  private readonly options: HarnessOptions;
  private readonly arena: Arena;
  private emissions: Emission[] = [];
  private readonly pending: { batches: Map<number, Batch>; watermark: bigint | null; active: boolean; idle: boolean };
  private timerAtMs = Number.POSITIVE_INFINITY;

  constructor(options: HarnessOptions, index: number, parallelism: number, now: () => number) {
    this.options = options;
    const memory = new JobMemory({ initialBytes: MEMORY_BYTES });
    this.arena = new Arena(memory);
    this.pending = { batches: new Map(), watermark: null, active: false, idle: false };
    this.context = this.createContext(options, index, parallelism, now);
    this.operator = options.create(this.context);
  }

  batch(
    input: number,
    rows: readonly (readonly ColumnValue[])[],
    timestamps: readonly (bigint | null)[],
    marks: readonly { readonly row: number; readonly watermark: bigint }[],
  ): Emission[] {
    const stamped = timestamps.some((timestamp) => timestamp !== null);
    return this.run(() => {
      const batch = buildBatch(this.arena, this.context.inputSchemas[input], rows, {
        ...(stamped ? { timestamps } : {}),
        ...(marks.length > 0 ? { marks } : {}),
      });
      return this.operator.processBatch(input, batch);
    });
  }

  watermark(input: number, watermark: bigint): Emission[] {
    const emissions = this.run(() => this.operator.processWatermark(input, watermark));
    return this.operator.watermarks === 'own' ? emissions : [...emissions, { kind: 'watermark', watermark }];
  }

  status(input: number, idle: boolean): Emission[] {
    const emissions = this.run(() => this.operator.processStatus(input, idle));
    return this.operator.watermarks === 'own' ? emissions : [...emissions, { kind: 'status', idle }];
  }

  fireDue(nowMs: number): Emission[] {
    const emissions: Emission[] = [];
    while (this.timerAtMs <= nowMs) {
      this.timerAtMs = Number.POSITIVE_INFINITY;
      emissions.push(...this.run(() => this.operator.onProcessingTime(nowMs)));
    }
    return emissions;
  }

  snapshot(): RestoredSection[] {
    const sections: RestoredSection[] = [];
    const { u8 } = this.context.memory;
    const writer: SnapshotWriter = {
      section: (name, distribution, header, parts) => {
        const bytes = parts.map((part) => {
          if (part instanceof Uint8Array) return part.slice();
          return 'file' in part ? readRange(this.options, part) : copyRange(u8, part);
        });
        const whole = new Uint8Array(bytes.reduce((sum, each) => sum + each.length, 0));
        bytes.reduce((offset, each) => {
          whole.set(each, offset);
          return offset + each.length;
        }, 0);
        const { keyGroups, subtaskIndex } = this.context;
        sections.push({
          name,
          distribution,
          header: JSON.parse(JSON.stringify(header)) as JsonValue,
          bytes: whole,
          keyGroups,
          subtaskIndex,
        });
      },
      syncBeforeComplete: () => {},
      committable: () => {},
    };
    this.operator.snapshot(1, writer);
    return sections;
  }

  /** One item: the call, then drains until done; what each of them emitted, in the order in which the task delivers it. */
  private run(call: () => Progress): Emission[] {
    this.emissions = [];
    const mark = this.arena.mark();
    let progress = call();
    this.deliver();
    while (progress === 'more') {
      progress = this.operator.drain();
      this.deliver();
    }
    this.arena.release(mark);
    return this.emissions;
  }

  private deliver(): void {
    const { pending } = this;
    let marked: bigint | null = null;
    if (pending.active) this.emissions.push({ kind: 'status', idle: false });
    for (const [port, batch] of pending.batches) marked = this.readBatch(port, batch, marked);
    if (pending.watermark !== null && (marked === null || pending.watermark > marked))
      this.emissions.push({ kind: 'watermark', watermark: pending.watermark });
    if (pending.idle) this.emissions.push({ kind: 'status', idle: true });
    pending.batches.clear();
    pending.watermark = null;
    pending.active = false;
    pending.idle = false;
  }

  /** Rows and the marks behind them; answers the last mark. */
  private readBatch(port: number, batch: Batch, before: bigint | null): bigint | null {
    const { i32, i64 } = batch.memory;
    let marked = before;
    let mark = 0;
    const marksUpTo = (row: number) => {
      for (; mark < batch.markCount && i32[(batch.markRows >>> 2) + mark] < row; mark++) {
        marked = i64[(batch.markWatermarks >>> 3) + mark];
        this.emissions.push({ kind: 'watermark', watermark: marked });
      }
    };
    for (const row of selectedRows(batch)) {
      marksUpTo(row);
      const stamp = batch.timestamps === 0 ? NO_TIMESTAMP : i64[(batch.timestamps >>> 3) + row];
      this.emissions.push({
        kind: 'row',
        port,
        values: readRow(batch, row),
        rowKind: readRowKind(batch, row),
        timestamp: batch.timestamps === 0 || (stamp === NO_TIMESTAMP && port === 0) ? null : stamp,
      });
    }
    marksUpTo(batch.rowCount);
    return marked;
  }

  private createContext(options: HarnessOptions, index: number, parallelism: number, now: () => number): OperatorContext {
    const { pending, arena } = this;
    const spill = options.disk?.next();
    return {
      ...(spill === undefined ? {} : { spill }),
      nodeId: 'vector',
      jobId: 'conformance',
      subtaskIndex: index,
      parallelism,
      maxParallelism: MAX_PARALLELISM,
      keyGroups: keyGroupRangeOf(index, MAX_PARALLELISM, parallelism),
      attempt: 1,
      memory: arena.memory,
      arena,
      clock: { now, monotonic: now },
      random: new SeededRandom(1),
      storage: NO_STORAGE,
      output: {
        emit: (port, batch) => {
          if (pending.batches.has(port)) throw new Error(`two batches on port ${port} in one step`);
          pending.batches.set(port, batch);
        },
        emitWatermark: (watermark) => {
          if (pending.watermark === null || watermark > pending.watermark) pending.watermark = watermark;
        },
        emitStatus: (idle) => {
          if (idle) pending.idle = true;
          else pending.active = true;
        },
      },
      metrics: { lateRecords: 0, partlyLateRecords: 0, behindRecords: 0, badRecords: 0, stateBytes: 0, stateKeys: 0 },
      observer: NOBODY_WATCHES,
      timeZone: options.timeZone ?? 'UTC',
      replay: NORMAL_SPEED,
      batchRows: options.batchRows ?? 4,
      inputSchemas: options.inputSchemas,
      outputSchemas: options.outputSchemas,
      baseDirectory: '.',
      log: () => {},
      requestProcessingTime: (timeMs) => {
        this.timerAtMs = Math.min(this.timerAtMs, timeMs);
      },
      publishRows: () => {},
      wake: () => {},
      requiredColumns: [],
    };
  }
}

function readRange({ disk }: HarnessOptions, { file, offset, bytes }: FileRange): Uint8Array {
  if (disk === undefined) throw new Error('an operator without a disk has nothing on it');
  const whole = new Uint8Array(bytes);
  const opened = disk.storage.open(file.path, 'read');
  opened.read(whole, 0, bytes, offset);
  opened.close();
  return whole;
}

function copyRange(u8: Uint8Array, range: MemoryRange): Uint8Array {
  return u8.slice(range.address, range.address + range.bytes);
}

/** Window operators touch no files. */
const NO_STORAGE = new Proxy({} as Storage, {
  get: () => {
    throw new Error('this operator has no business with files');
  },
});
