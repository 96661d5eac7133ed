/** State handles for generated code: one value of one column each, in the form in which custom code sees it. */
import { assert } from '../../base/assert.ts';
import type { CodeState } from '../../spec/custom-code/code-types.ts';
import type { BroadcastState } from '../../state/broadcast-state.ts';
import type { KeyedState } from '../../state/keyed-state.ts';
import { OperatorListState } from '../../state/operator-list-state.ts';
import type { AggregatingState, ReducingState } from '../../state/value-state.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { ProcessServices } from '../process/process-function.ts';
import { fromCode, toCode } from './code-values.ts';

type Handle = { readonly [method: string]: (slot: number, ...given: unknown[]) => unknown };

/** By the name of the state. */
export type OperatorLists = ReadonlyMap<string, OperatorListState>;

export function createOperatorLists(states: readonly CodeState[]): OperatorLists {
  return new Map(
    states.flatMap(({ name, type, redistribution }) =>
      redistribution === undefined ? [] : [[name, new OperatorListState({ name, type, redistribution })] as const],
    ),
  );
}

/** Of code without keys. */
export function createListHandles(states: readonly CodeState[], lists: OperatorLists): readonly Handle[] {
  return states.map((state) => operatorListHandle(lists, state, `state "${state.name}"`));
}

export function createStateHandles(
  states: readonly CodeState[],
  { state: keyed, broadcast }: Pick<ProcessServices, 'state' | 'broadcast'>,
  lists: OperatorLists,
): readonly Handle[] {
  return states.map((state) => {
    const what = `state "${state.name}"`;
    if (state.kind === 'operator-list') return operatorListHandle(lists, state, what);
    if (state.kind === 'broadcast') return broadcastHandle(broadcast, state, what);
    if (state.kind === 'list') return listHandle(keyed, state, what);
    if (state.kind === 'reducing') return madeHandle(keyed.reducing(state.name), state.type, state.type, what);
    if (state.aggregate !== null) return madeHandle(keyed.aggregating(state.name), state.aggregate.added, state.aggregate.result, what);
    return state.keyType === null ? valueHandle(keyed, state, what) : mapHandle(keyed, state, state.keyType, what);
  });
}

/** Of states that are made of many values. */
function madeHandle(state: ReducingState | AggregatingState, added: LogicalType, result: LogicalType, what: string): Handle {
  return {
    get(slot) {
      const value = state.get(slot);
      return value === null ? null : toCode(result, value[0]);
    },
    add: (slot, value) => state.add(slot, [fromCode(added, value, `what is added to ${what}`)]),
    clear: (slot) => state.clear(slot),
  };
}

function valueHandle(keyed: KeyedState, { name, type }: CodeState, what: string): Handle {
  const state = keyed.value(name);
  return {
    get(slot) {
      const value = state.get(slot);
      return value === null ? null : toCode(type, value[0]);
    },
    set: (slot, value) => state.set(slot, [fromCode(type, value, what)]),
    clear: (slot) => state.clear(slot),
  };
}

function listHandle(keyed: KeyedState, { name, type }: CodeState, what: string): Handle {
  const state = keyed.list(name);
  return {
    get: (slot) => state.get(slot).map((value) => toCode(type, value[0])),
    add: (slot, value) => state.add(slot, [fromCode(type, value, what)]),
    update(slot, values) {
      if (!Array.isArray(values)) throw new TypeError(`${what} is updated with an array of values`);
      state.update(
        slot,
        values.map((value) => [fromCode(type, value, what)]),
      );
    },
    clear: (slot) => state.clear(slot),
  };
}

function operatorListHandle(lists: OperatorLists, { name, type }: CodeState, what: string): Handle {
  const state = lists.get(name);
  assert(state !== undefined, `list '${name}' was declared`);
  return {
    get: () => state.values.map((value) => toCode(type, value)),
    add: (_slot, value) => state.values.push(fromCode(type, value, what)),
    update(_slot, values) {
      if (!Array.isArray(values)) throw new TypeError(`${what} is updated with an array of values`);
      state.values = values.map((value) => fromCode(type, value, what));
    },
    clear() {
      state.values = [];
    },
  };
}

function broadcastHandle(broadcast: readonly BroadcastState[], { name, type, keyType }: CodeState, what: string): Handle {
  const state = broadcast.find((each) => each.name === name);
  assert(state !== undefined && keyType !== null, `broadcast state '${name}' was declared`);
  const keyOf = (key: unknown) => [fromCode(keyType, key, `the key of ${what}`)];
  return {
    get(_slot, key) {
      const value = state.get(keyOf(key));
      return value === null ? null : toCode(type, value[0]);
    },
    has: (_slot, key) => state.get(keyOf(key)) !== null,
    put: (_slot, key, value) => state.put(keyOf(key), [fromCode(type, value, what)]),
    remove: (_slot, key) => state.remove(keyOf(key)),
    entries: () => state.entries().map(({ key, value }) => [toCode(keyType, key[0]), toCode(type, value[0])]),
    isEmpty: () => state.rows().length === 0,
    clear: () => state.clear(),
  };
}

function mapHandle(keyed: KeyedState, { name, type }: CodeState, keyType: LogicalType, what: string): Handle {
  const state = keyed.map(name);
  const keyOf = (key: unknown) => [fromCode(keyType, key, `the key of ${what}`)];
  return {
    get(slot, key) {
      const value = state.get(slot, keyOf(key));
      return value === null ? null : toCode(type, value[0]);
    },
    has: (slot, key) => state.contains(slot, keyOf(key)),
    put: (slot, key, value) => state.put(slot, keyOf(key), [fromCode(type, value, what)]),
    remove: (slot, key) => state.remove(slot, keyOf(key)),
    entries: (slot) => state.entries(slot).map(({ key, value }) => [toCode(keyType, key[0]), toCode(type, value[0])]),
    isEmpty: (slot) => state.isEmpty(slot),
    clear: (slot) => state.clear(slot),
  };
}
