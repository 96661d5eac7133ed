/** Keyed state of value, list, map, reducing and aggregating states with its timers, read and written by the code that runs. */
import type { ColumnValue } from '../../columnar/column-value.ts';
import { KeyedState } from '../../state/keyed-state.ts';
import { restoreKeyedState, writeKeyedState } from '../../state/keyed-state-snapshot.ts';
import { ProbeRow } from '../../state/probe-row.ts';
import { keyGroupOfRow } from '../../state/row-key-group.ts';
import type { StoreHeader } from '../../state/row-store.ts';
import type { KeyedStateSpec, StateSpec } from '../../state/state-spec.ts';
import type { Timer } from '../../state/timer-queue.ts';
import type { ValueState } from '../../state/value-state.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { BIGINT, notNull, STRING } from '../../types/make-type.ts';
import type { PartContext, StatePart, StoredSectionContent, WrittenSection } from './state-part.ts';
import { asList, asLong, collectSections, firstOfSubtasks, rowsOfRange } from './state-part.ts';
import type { Member, StateRow, StateTable } from './state-table.ts';
import { parseKeyedSpec } from './stored-schema.ts';

/** Behind the names that operators give, which no blank begins. */
const TIMERS = '@timers';
const DOMAINS = ['event-time', 'processing-time'] as const;

interface Header {
  readonly spec: string;
  readonly meaning: string;
  readonly stores: readonly StoreHeader[];
}

/** Null when the declaration cannot be told from the snapshot. */
export function openKeyedState(sections: readonly StoredSectionContent[], context: PartContext): StatePart | null {
  const header = sections[0].header as unknown as Header;
  const spec = parseKeyedSpec(header.spec, header.stores);
  return spec === null ? null : new KeyedStatePart(sections, spec, header.meaning, context);
}

class KeyedStatePart implements StatePart {
  readonly tables: readonly StateTable[];
  private readonly sections: readonly StoredSectionContent[];
  private readonly spec: KeyedStateSpec;
  private readonly meaning: string;
  private readonly context: PartContext;

  constructor(sections: readonly StoredSectionContent[], spec: KeyedStateSpec, meaning: string, context: PartContext) {
    this.sections = sections;
    this.spec = spec;
    this.meaning = meaning;
    this.context = context;
    const key: Member = { name: 'key', shape: 'tuple', types: spec.keyTypes, identifies: true };
    const accessed = BigInt(Math.trunc(context.takenAtMs));
    this.tables = [...spec.states.map((state) => tableOf(state, key, accessed)), timersTable(key)];
  }

  rows(): readonly StateRow[] {
    const { memory, maxParallelism } = this.context;
    const state = new KeyedState(memory, this.spec);
    const owner = { nodeId: this.sections[0].nodeId, memory, maxParallelism, keyGroups: { start: 0, end: maxParallelism - 1 } };
    restoreKeyedState(this.sections, state, owner, this.meaning);
    const rows = [...state.slots().flatMap((slot) => this.rowsOf(state, slot)), ...this.timersOf(state)];
    state.close();
    return rows;
  }

  write(rows: readonly StateRow[]): readonly WrittenSection[] {
    const { memory } = this.context;
    const groups = this.keyGroupsOf(rows);
    return firstOfSubtasks(this.sections).flatMap((section) => {
      const state = new KeyedState(memory, this.spec);
      const probe = new ProbeRow(memory, this.spec.keyTypes);
      for (const row of rowsOfRange(rows, groups, section.keyGroups))
        this.put(state, probe.upsert(state.table, asList(row.values[0])), row);
      const written = collectSections(memory, section, (writer) => writeKeyedState(writer, state, this.meaning));
      probe.close();
      state.close();
      return written;
    });
  }

  private keyGroupsOf(rows: readonly StateRow[]): readonly number[] {
    const state = new KeyedState(this.context.memory, this.spec);
    const probe = new ProbeRow(this.context.memory, this.spec.keyTypes);
    const groups = rows.map(({ values }) =>
      keyGroupOfRow(state.table, probe.upsert(state.table, asList(values[0])), this.context.maxParallelism),
    );
    probe.close();
    state.close();
    return groups;
  }

  private rowsOf(state: KeyedState, slot: number): readonly StateRow[] {
    const key = state.keyOf(slot);
    return this.spec.states.flatMap((spec, at) => {
      const table = this.tables[at];
      if (spec.kind === 'list') {
        const list = state.list(spec.name);
        return list.isEmpty(slot)
          ? []
          : [{ table, values: [key, list.get(slot), ...(spec.ttl === null ? [] : [list.accessTimes(slot).map(toLong)])] }];
      }
      if (spec.kind === 'map') {
        const times = state.map(spec.name).accessTimes(slot);
        return state
          .map(spec.name)
          .entries(slot)
          .map((entry, place) => ({ table, values: [key, entry.key, entry.value, ...(spec.ttl === null ? [] : [toLong(times[place])])] }));
      }
      const kept = valueOf(state, spec);
      const value = kept.get(slot);
      return value === null ? [] : [{ table, values: [key, value, ...(spec.ttl === null ? [] : [toLong(kept.accessTime(slot) ?? 0)])] }];
    });
  }

  private timersOf(state: KeyedState): readonly StateRow[] {
    const table = this.tables[this.tables.length - 1];
    const timer: Timer = { slot: 0, start: 0n, end: 0n, time: 0n };
    return DOMAINS.flatMap((domain, at) => {
      const queue = state.timers.queues[at];
      const rows: StateRow[] = [];
      for (let row = 0; row < queue.table.rowCount; row++) {
        if (!queue.table.isLive(row)) continue;
        queue.read(row, timer);
        rows.push({ table, values: [state.keyOf(timer.slot), domain, timer.time] });
      }
      return rows;
    });
  }

  private put(state: KeyedState, slot: number, { table, values }: StateRow): void {
    const spec = this.spec.states.find(({ name }) => name === table.state);
    if (spec === undefined) {
      state.timers.register(values[1] === DOMAINS[0] ? 0 : 1, slot, asLong(values[2]));
      return;
    }
    const { takenAtMs } = this.context;
    if (spec.kind === 'list') {
      const times = spec.ttl === null ? [] : asList(values[2]);
      asList(values[1]).forEach((element, at) => {
        state.begin(Number(times[at] ?? takenAtMs));
        state.list(spec.name).add(slot, asList(element));
      });
      return;
    }
    state.begin(Number(values[spec.kind === 'map' ? 3 : 2] ?? takenAtMs));
    if (spec.kind === 'map') state.map(spec.name).put(slot, asList(values[1]), asList(values[2]));
    else valueOf(state, spec).set(slot, asList(values[1]));
  }
}

function valueOf(state: KeyedState, spec: StateSpec): ValueState {
  if (spec.kind === 'reducing') return state.reducing(spec.name).kept;
  return spec.kind === 'aggregating' ? state.aggregating(spec.name).kept : state.value(spec.name);
}

function tableOf(spec: StateSpec, key: Member, accessed: bigint): StateTable {
  const long = notNull(BIGINT);
  const access = (shape: 'one' | 'many', absent: ColumnValue): readonly Member[] =>
    spec.ttl === null ? [] : [{ name: 'accessed_ms', shape, types: [long], identifies: false, absent }];
  const values = (name: string, shape: Member['shape'], types: readonly LogicalType[]): Member => ({
    name,
    shape,
    types,
    identifies: false,
  });
  switch (spec.kind) {
    case 'list':
      return { state: spec.name, kind: spec.kind, members: [key, values('elements', 'tuples', spec.types), ...access('many', [])] };
    case 'map': {
      const entry: Member = { name: 'entry', shape: 'tuple', types: spec.keyTypes, identifies: true };
      return { state: spec.name, kind: spec.kind, members: [key, entry, values('value', 'tuple', spec.types), ...access('one', accessed)] };
    }
    default:
      return { state: spec.name, kind: spec.kind, members: [key, values('value', 'tuple', spec.types), ...access('one', accessed)] };
  }
}

function timersTable(key: Member): StateTable {
  return {
    state: TIMERS,
    kind: 'timers',
    members: [
      key,
      { name: 'domain', shape: 'one', types: [notNull(STRING)], identifies: true, oneOf: DOMAINS },
      { name: 'at_ms', shape: 'one', types: [notNull(BIGINT)], identifies: true },
    ],
  };
}

function toLong(milliseconds: number): bigint {
  return BigInt(Math.trunc(milliseconds));
}
