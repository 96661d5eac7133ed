/**
 * Keyed state as operators declare and use it. This comment is its story.
 *
 * An operator names its states once, with the types of what they hold, before the first row (`KeyedStateSpec`); `KeyedState`
 * (keyed-state.ts) lays them out: one row per key with the key, a count of timers, value, reducing and aggregating states in
 * place, and the heads of its lists and maps, whose entries are rows of their own. All of it lies in job memory as words, so a
 * snapshot is a copy of memory and a restore at another parallelism takes the keys of its own key groups.
 *
 * **Batch first.** A step goes: `state.begin(nowMs)`; `state.findKeys(columns, …)` turns the keys of a run of rows into
 * *slots* (row numbers of keys, one probe loop for the run); the operator works on slots; `state.releaseKeys(…)` forgets the
 * keys of the run that keep nothing. Nothing looks a key up again in between. State larger than memory (spill/keys-on-disk.ts)
 * loads what a run needs in `findKeys` and writes it back in `releaseKeys`; no operator knows.
 * A slot stays valid until the run's `releaseKeys`; between two steps it may be given to another key, unless the key keeps
 * something. Timers fire with the slot of their key and keep it.
 *
 * ```ts
 * const state = new KeyedState(memory, { keyTypes: [STRING], states: [value('sum', [BIGINT]), list('seen', [BIGINT])] });
 * const sum = state.value('sum');
 * // per run of rows: state.findKeys(keyColumns, batch.selection, from, to, slots), then for the slot of each row:
 * sum.set(slot, [((sum.get(slot)?.[0] ?? 0n) as bigint) + 1n]);
 * state.timers.registerEventTime(slot, 1000n);
 * // at the end of the run: state.releaseKeys(slots, from, to)
 * ```
 *
 * A value is a list of columns (often of one), as JavaScript values of columnar/column-value.ts. Code that is generated, or
 * that moves whole rows, goes below that: `table`, `elements` and `cells` say where things lie, `importRows` copies from batches.
 *
 * **Time to live** is Flink's, in processing time: a value, each list element and each map entry expires on its own when
 * `lastAccess + ttl <= now`; the time of the last access is stored with it, so expiry is exact across a restore.
 */
import type { ColumnValue } from '../columnar/column-value.ts';
import type { LogicalType } from '../types/logical-type.ts';

export interface TimeToLive {
  readonly ms: number;
  /** What counts as access. */
  readonly update: 'OnCreateAndWrite' | 'OnReadAndWrite';
  /** Whether a read may still see what has expired but is there. */
  readonly visibility: 'NeverReturnExpired' | 'ReturnExpiredIfNotCleanedUp';
  /** `background`: expired state is also looked for, little by little, and dropped; `access`: only what a read finds. */
  readonly cleanup: 'background' | 'access';
}

/** Columns of one value. */
export type StateValue = readonly ColumnValue[];

export interface ValueSpec {
  readonly kind: 'value';
  readonly name: string;
  readonly types: readonly LogicalType[];
  readonly ttl: TimeToLive | null;
}

export interface ListSpec {
  readonly kind: 'list';
  readonly name: string;
  readonly types: readonly LogicalType[];
  readonly ttl: TimeToLive | null;
}

export interface MapSpec {
  readonly kind: 'map';
  readonly name: string;
  /** Columns of an entry's key: scalars. */
  readonly keyTypes: readonly LogicalType[];
  readonly types: readonly LogicalType[];
  readonly ttl: TimeToLive | null;
}

export interface ReducingSpec {
  readonly kind: 'reducing';
  readonly name: string;
  readonly types: readonly LogicalType[];
  readonly reduce: (kept: StateValue, added: StateValue) => StateValue;
  readonly ttl: TimeToLive | null;
}

export interface AggregatingSpec {
  readonly kind: 'aggregating';
  readonly name: string;
  /** Columns of the accumulator. */
  readonly types: readonly LogicalType[];
  readonly create: () => StateValue;
  readonly add: (accumulator: StateValue, added: StateValue) => StateValue;
  readonly result: (accumulator: StateValue) => StateValue;
  readonly ttl: TimeToLive | null;
}

export type StateSpec = ValueSpec | ListSpec | MapSpec | ReducingSpec | AggregatingSpec;

export interface KeyedStateSpec {
  /** Columns of the key; none = one key. */
  readonly keyTypes: readonly LogicalType[];
  readonly states: readonly StateSpec[];
}

export function value(name: string, types: readonly LogicalType[], ttl: TimeToLive | null = null): ValueSpec {
  return { kind: 'value', name, types, ttl };
}

export function list(name: string, types: readonly LogicalType[], ttl: TimeToLive | null = null): ListSpec {
  return { kind: 'list', name, types, ttl };
}

export function map(name: string, keyTypes: readonly LogicalType[], types: readonly LogicalType[], ttl: TimeToLive | null = null): MapSpec {
  return { kind: 'map', name, keyTypes, types, ttl };
}

/** Kinds and types as one text: what a stored state must be that of. Names count, nullability does not. */
export function printSpec(spec: KeyedStateSpec): string {
  const states = spec.states.map((state) => {
    const key = state.kind === 'map' ? `${printTypes(state.keyTypes)} → ` : '';
    return `${state.kind} ${state.name} (${key}${printTypes(state.types)}${state.ttl === null ? '' : ', with expiry'})`;
  });
  return `keys (${printTypes(spec.keyTypes)}), ${states.join(', ')}`;
}

function printTypes(types: readonly LogicalType[]): string {
  return types.map(printKind).join(', ');
}

/** One type as above. */
export function printKind(type: LogicalType): string {
  if (type.kind === 'ROW') return `ROW<${type.fields.map((field) => printKind(field.type)).join(', ')}>`;
  return type.kind === 'DECIMAL' ? `DECIMAL(${type.precision}, ${type.scale})` : type.kind;
}
