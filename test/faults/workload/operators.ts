/** Small operators for the fault tests: they keep every promise of the contract and nothing else. */
import { assert } from '../../../engine/base/assert.ts';
import type { JsonObject } from '../../../engine/base/json.ts';
import type { Batch } from '../../../engine/columnar/batch.ts';
import { createKeyGroupAssigner } from '../../../engine/columnar/key-kernels.ts';
import { buildBatch } from '../../../engine/columnar/row-builder.ts';
import { readRows } from '../../../engine/columnar/row-reader.ts';
import type {
  Operator,
  OperatorContext,
  OperatorModule,
  Progress,
  RestoredSection,
  SnapshotWriter,
  SourceOperator,
  SourceProgress,
  SplitEnumerator,
} from '../../../engine/operators/operator.ts';
import { DISORDER_MS, EVENT_SCHEMA, eventOf, RESULT_SCHEMA, watermarkBehind } from './rows.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function jsonBytes(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

export function jsonOf<T>(section: RestoredSection): T {
  return JSON.parse(decoder.decode(section.bytes)) as T;
}

/** What most operators do about most things: nothing. */
export function quietOperator(parts: Partial<Operator>): Operator {
  const done = (): Progress => 'done';
  return {
    open: () => undefined,
    processBatch: done,
    processWatermark: done,
    processStatus: done,
    drain: done,
    onProcessingTime: done,
    endInput: done,
    snapshot: () => undefined,
    notifyCheckpointComplete: () => undefined,
    close: () => undefined,
    ...parts,
  };
}

export interface EventSourceConfig {
  readonly seed: number;
  readonly events: number;
  readonly keys: number;
  readonly splitEvents: number;
  /** Rest before a batch, now and then. */
  readonly pauses: boolean;
}

interface Split extends JsonObject {
  readonly from: number;
  readonly to: number;
}

/** Reads ranges of event numbers; with several splits open in several readers the watermark is that of the reader. */
function createEventSource(config: EventSourceConfig, context: OperatorContext): SourceOperator {
  let splits: { from: number; to: number }[] = [];
  let more = true;
  return {
    open(restored) {
      splits = restored.map((section) => jsonOf<{ from: number; to: number }>(section)).sort((a, b) => a.from - b.from);
    },
    addSplit(split) {
      const { from, to } = split as Split;
      splits.push({ from, to });
    },
    noMoreSplits() {
      more = false;
    },
    poll(): SourceProgress {
      if (splits.length === 0) return more ? { kind: 'need-split' } : { kind: 'end' };
      if (config.pauses && context.random.nextInt(4) === 0) return { kind: 'idle', wakeAfterMs: context.random.nextInt(8) };
      const split = splits[0];
      const take = Math.min(split.to - split.from, 1 + context.random.nextInt(context.batchRows));
      const events = Array.from({ length: take }, (_, index) => eventOf(config.seed, split.from + index, config.keys));
      const rows = events.map((event) => [
        BigInt(event.id),
        BigInt(event.key),
        BigInt(event.value),
        BigInt(event.atMs) * 1_000_000n,
        event.note,
      ]);
      const marks = events.map((event, row) => ({ row, watermark: watermarkBehind(event.id) }));
      context.output.emit(0, buildBatch(context.arena, EVENT_SCHEMA, rows, { marks }));
      split.from += take;
      if (split.from === split.to) splits.shift();
      return { kind: 'progress' };
    },
    snapshot(_checkpointId, writer) {
      for (const split of splits) writer.section('split', 'list', {}, [jsonBytes(split)]);
    },
    notifyCheckpointComplete: () => undefined,
    close: () => undefined,
  };
}

function createEventEnumerator(config: EventSourceConfig): SplitEnumerator {
  let next = 0;
  return {
    open(restored) {
      next = typeof restored === 'number' ? restored : 0;
    },
    nextSplit() {
      if (next >= config.events) return { kind: 'none' };
      const from = next;
      next = Math.min(config.events, next + config.splitEvents);
      return { kind: 'split', split: { from, to: next } };
    },
    snapshot: () => next,
    close: () => undefined,
  };
}

/** Hands batches on, marks included. */
function createPass(_config: unknown, context: OperatorContext): Operator {
  return quietOperator({
    processBatch(_input, batch) {
      context.output.emit(0, batch);
      return 'done';
    },
  });
}

/** Emits every row by itself, in as many steps. */
function createUnbundle(_config: unknown, context: OperatorContext): Operator {
  let rows: ReturnType<typeof readRows> = [];
  const next = (): Progress => {
    const row = rows.shift();
    if (row !== undefined) context.output.emit(0, buildBatch(context.arena, context.outputSchemas[0], [row]));
    return rows.length > 0 ? 'more' : 'done';
  };
  return quietOperator({
    processBatch(_input, batch) {
      rows = readRows(batch);
      return next();
    },
    drain: next,
  });
}

export interface WindowConfig {
  readonly windowMs: number;
}

interface WindowState {
  readonly group: number;
  readonly key: string;
  readonly window: string;
  count: number;
  sum: number;
}

/** Tumbling count and sum by key: fires in time order, a few rows a step. */
function createWindows(config: WindowConfig, context: OperatorContext): Operator {
  const states = new Map<string, WindowState>();
  const assigner = createKeyGroupAssigner(EVENT_SCHEMA, [[1]], context.maxParallelism);
  let watermark = -(2n ** 63n);
  let firing: WindowState[] = [];
  const add = (batch: Batch): void => {
    const groups = context.arena.allocate(4 * batch.selectedCount);
    assigner.assign(batch, groups);
    readRows(batch).forEach((row, index) => {
      const [, key, value, at] = row;
      const atMs = Number((at as bigint) / 1_000_000n);
      const window = Math.floor(atMs / config.windowMs) * config.windowMs;
      if (BigInt(window + config.windowMs - 1) <= watermark) {
        context.metrics.lateRecords++;
        return;
      }
      const name = `${key}/${window}`;
      const group = context.memory.i32[(groups >>> 2) + index];
      assert(group >= context.keyGroups.start && group <= context.keyGroups.end, `key ${String(key)} is in this subtask's key groups`);
      const state = states.get(name) ?? { group, key: String(key), window: String(window), count: 0, sum: 0 };
      state.count++;
      state.sum += Number(value);
      states.set(name, state);
    });
  };
  const advance = (to: bigint): void => {
    assert(to >= watermark, 'watermarks ascend');
    watermark = to;
    for (const [name, state] of states) {
      if (BigInt(Number(state.window) + config.windowMs - 1) > watermark) continue;
      firing.push(state);
      states.delete(name);
    }
    firing.sort((a, b) => Number(a.window) - Number(b.window) || Number(a.key) - Number(b.key));
  };
  const emit = (): Progress => {
    const some = firing.splice(0, Math.max(1, Math.min(context.batchRows, 3)));
    if (some.length > 0) {
      const rows = some.map((state) => [BigInt(state.key), BigInt(state.window), BigInt(state.count), BigInt(state.sum)]);
      context.output.emit(0, buildBatch(context.arena, RESULT_SCHEMA, rows));
    }
    return firing.length > 0 ? 'more' : 'done';
  };
  return quietOperator({
    open(restored) {
      firing = [];
      for (const section of restored) {
        for (const state of jsonOf<WindowState[]>(section)) {
          if (state.group >= context.keyGroups.start && state.group <= context.keyGroups.end)
            states.set(`${state.key}/${state.window}`, state);
        }
      }
    },
    processBatch(_input, batch) {
      add(batch);
      if (batch.markCount > 0) {
        const mark = batch.memory.i64[(batch.markWatermarks >>> 3) + batch.markCount - 1];
        if (mark > watermark) advance(mark);
      }
      return emit();
    },
    processWatermark(_input, to) {
      advance(to);
      return emit();
    },
    drain: emit,
    snapshot(_checkpointId: number, writer: SnapshotWriter) {
      assert(firing.length === 0, 'a barrier finds the operator drained');
      writer.section('windows', 'keyed', { layout: 1 }, [jsonBytes([...states.values()])]);
      context.metrics.stateKeys = states.size;
    },
  });
}

export const MODULES: Record<string, OperatorModule> = {
  events: { createSource: createEventSource, createEnumerator: createEventEnumerator },
  pass: { createOperator: createPass },
  unbundle: { createOperator: createUnbundle },
  windows: { createOperator: createWindows },
};

export { DISORDER_MS };
