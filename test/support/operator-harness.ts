/** Runs one source or sink without a job: a context that collects what is emitted, snapshots that are handed to a successor. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../engine/base/clock.ts';
import type { JsonValue } from '../../engine/base/json.ts';
import { createNodeStorage } from '../../engine/base/node-storage.ts';
import { SeededRandom } from '../../engine/base/random.ts';
import type { Storage } from '../../engine/base/storage.ts';
import { Arena } from '../../engine/columnar/arena.ts';
import type { Batch } from '../../engine/columnar/batch.ts';
import type { ColumnValue } from '../../engine/columnar/column-value.ts';
import { JobMemory } from '../../engine/columnar/job-memory.ts';
import { readRows } from '../../engine/columnar/row-reader.ts';
import type {
  CoordinatorEnvironment,
  OperatorContext,
  RestoredSection,
  SnapshotWriter,
  SourceOperator,
  SplitEnumerator,
} from '../../engine/operators/operator.ts';
import { NORMAL_SPEED } from '../../engine/operators/operator.ts';
import { NOBODY_WATCHES } from '../../engine/operators/time/window-view.ts';
import type { Text } from '../../engine/spec/text.ts';
import type { Schema } from '../../engine/types/schema.ts';

export interface HarnessOptions {
  readonly outputSchemas?: readonly Schema[];
  readonly inputSchemas?: readonly Schema[];
  readonly subtaskIndex?: number;
  readonly parallelism?: number;
  readonly attempt?: number;
  readonly batchRows?: number;
  readonly storage?: Storage;
  readonly baseDirectory?: string;
  readonly jobId?: string;
  /** Shared between harnesses that come and go in one test. */
  readonly arena?: Arena;
  readonly requiredColumns?: readonly (readonly string[] | null)[];
}

/** A clock that tests move. */
export class TestClock implements Clock {
  nowMs = 1_700_000_000_000;

  now(): number {
    return this.nowMs;
  }

  monotonic(): number {
    return this.nowMs;
  }
}

export class OperatorHarness {
  readonly clock = new TestClock();
  readonly arena: Arena;
  readonly context: OperatorContext;
  readonly environment: CoordinatorEnvironment;
  /** Rows emitted, by port. */
  readonly rows: ColumnValue[][][] = [[], [], []];
  /** Rows of each batch emitted at port 0. */
  readonly batchRows: number[] = [];
  readonly logs: string[] = [];
  readonly published: string[] = [];
  readonly statuses: boolean[] = [];
  onBatch: ((port: number, batch: Batch) => void) | null = null;

  constructor(options: HarnessOptions = {}) {
    this.arena = options.arena ?? new Arena(new JobMemory());
    const { memory } = this.arena;
    const shared = {
      nodeId: 'node',
      jobId: options.jobId ?? 'job',
      parallelism: options.parallelism ?? 1,
      attempt: options.attempt ?? 1,
      clock: this.clock,
      random: new SeededRandom(1),
      storage: options.storage ?? createNodeStorage(),
      baseDirectory: options.baseDirectory ?? '/',
      log: (level: string, _code: string, words: Text) => {
        this.logs.push(`${level}: ${words.en}`);
      },
    };
    this.environment = shared;
    this.context = {
      ...shared,
      subtaskIndex: options.subtaskIndex ?? 0,
      maxParallelism: 128,
      keyGroups: { start: 0, end: 127 },
      memory,
      arena: this.arena,
      metrics: { lateRecords: 0, partlyLateRecords: 0, behindRecords: 0, badRecords: 0, stateBytes: 0, stateKeys: 0 },
      observer: NOBODY_WATCHES,
      timeZone: 'UTC',
      replay: NORMAL_SPEED,
      batchRows: options.batchRows ?? 4096,
      inputSchemas: options.inputSchemas ?? [],
      outputSchemas: options.outputSchemas ?? [],
      requiredColumns: options.requiredColumns ?? [],
      output: {
        emit: (port, batch) => {
          this.rows[port].push(...readRows(batch));
          if (port === 0) this.batchRows.push(batch.rowCount);
          this.onBatch?.(port, batch);
        },
        emitWatermark: () => undefined,
        emitStatus: (idle) => {
          this.statuses.push(idle);
        },
      },
      requestProcessingTime: () => undefined,
      publishRows: (lines) => {
        this.published.push(...lines);
      },
      wake: () => undefined,
    };
  }

  /** One poll; the arena is released afterwards, as the task does. */
  poll(source: SourceOperator): string {
    const mark = this.arena.mark();
    const progress = source.poll();
    this.arena.release(mark);
    return progress.kind;
  }

  /** Polls until the source ends, idles `idlesMax` times in a row, or `stop` says so; splits come from the enumerator. */
  run(source: SourceOperator, enumerator: SplitEnumerator | null, stop: () => boolean = () => false, idlesMax = 1): string {
    let idles = 0;
    for (;;) {
      if (stop()) return 'stopped';
      const kind = this.poll(source);
      if (kind === 'end') return kind;
      idles = kind === 'idle' ? idles + 1 : 0;
      if (idles >= idlesMax) return kind;
      if (kind !== 'need-split') continue;
      const answer = enumerator?.nextSplit(this.context.subtaskIndex) ?? { kind: 'none' as const };
      if (answer.kind === 'split') source.addSplit(JSON.parse(JSON.stringify(answer.split)) as JsonValue);
      else if (answer.kind === 'none') source.noMoreSplits();
      else return 'wait';
    }
  }
}

export interface Snapshot {
  readonly sections: readonly RestoredSection[];
  readonly syncPaths: readonly string[];
  readonly committables: readonly JsonValue[];
}

/** Takes a snapshot the way a checkpoint file would keep it: as JSON and bytes. */
export function takeSnapshot(
  operator: { snapshot(checkpointId: number, writer: SnapshotWriter): void },
  checkpointId = 1,
  subtaskIndex = 0,
): Snapshot {
  const sections: RestoredSection[] = [];
  const syncPaths: string[] = [];
  const committables: JsonValue[] = [];
  operator.snapshot(checkpointId, {
    section: (name, distribution, header) => {
      const copy = JSON.parse(JSON.stringify(header)) as JsonValue;
      sections.push({ name, distribution, header: copy, bytes: new Uint8Array(0), keyGroups: { start: 0, end: 127 }, subtaskIndex });
    },
    syncBeforeComplete: (paths) => {
      syncPaths.push(...paths);
    },
    committable: (value) => {
      committables.push(JSON.parse(JSON.stringify(value)) as JsonValue);
    },
  });
  return { sections, syncPaths, committables };
}

/** Runs `body` with a fresh folder that is removed afterwards. */
export function inTemporaryFolder<T>(body: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-'));
  try {
    return body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
