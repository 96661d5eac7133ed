/** The rows of the fault tests' workload: self-describing, made from a seed, with an order-independent fingerprint. */
import { mix32 } from '../../../engine/base/random.ts';
import { BIGINT, STRING, timestampType } from '../../../engine/types/make-type.ts';
import type { Schema } from '../../../engine/types/schema.ts';

export const EVENT_SCHEMA: Schema = {
  fields: [
    { name: 'id', type: BIGINT },
    { name: 'key', type: BIGINT },
    { name: 'value', type: BIGINT },
    { name: 'at', type: timestampType(3) },
    { name: 'note', type: STRING },
  ],
  rowtime: 'at',
};

export const RESULT_SCHEMA: Schema = {
  fields: [
    { name: 'key', type: BIGINT },
    { name: 'window', type: BIGINT },
    { name: 'count', type: BIGINT },
    { name: 'sum', type: BIGINT },
  ],
};

export interface WorkloadEvent {
  readonly id: number;
  readonly key: number;
  readonly value: number;
  readonly atMs: number;
  readonly note: string;
}

/** Milliseconds by which neighbours may be out of order; the watermark stays behind by as much. */
export const DISORDER_MS = 50;
const STEP_MS = 10;

export function eventOf(seed: number, id: number, keys: number): WorkloadEvent {
  const random = mix32(seed ^ mix32(id + 1));
  const noteLength = random % 64 === 0 ? 300 : random % 12;
  return {
    id,
    key: mix32(random) % keys,
    value: (mix32(random + 1) % 2000) - 1000,
    atMs: 1_000_000 + id * STEP_MS + (random % DISORDER_MS),
    note: 'é'.repeat(noteLength),
  };
}

/** No event behind `id` has a smaller time than this, and none may come at or below it. */
export function watermarkBehind(id: number): bigint {
  return BigInt(1_000_000 + (id + 1) * STEP_MS - 1);
}

/** What the windows must hold, by a plain computation: `key/window → [count, sum]`. */
export function expectedWindows(seed: number, events: number, keys: number, windowMs: number): string[] {
  const windows = new Map<string, [number, number]>();
  for (let id = 0; id < events; id++) {
    const event = eventOf(seed, id, keys);
    const name = `${event.key}/${Math.floor(event.atMs / windowMs) * windowMs}`;
    const sum = windows.get(name) ?? [0, 0];
    sum[0]++;
    sum[1] += event.value;
    windows.set(name, sum);
  }
  return [...windows].map(([name, [count, sum]]) => `${name}=${count},${sum}`).sort();
}
