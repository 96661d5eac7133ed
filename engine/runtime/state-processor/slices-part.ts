/** Groups of windows that share slices (tumbling, sliding, cumulative): a row per key and slice, the accumulators as they are kept. */
import type { ColumnValue } from '../../columnar/column-value.ts';
import { floorMillis, NANOS_PER_MILLI } from '../../columnar/column-value.ts';
import type { AggregateCall } from '../../operators/aggregating/aggregate-call.ts';
import type { GroupHeader, GroupPlan } from '../../operators/aggregating/group-state.ts';
import { createGroupPlan, GroupState } from '../../operators/aggregating/group-state.ts';
import type { SlicedWindow } from '../../operators/windowing/slice-geometry.ts';
import { SliceGeometry } from '../../operators/windowing/slice-geometry.ts';
import type { SliceEntry, SliceSharing } from '../../operators/windowing/slice-sharing.ts';
import { createSliceSharing } from '../../operators/windowing/slice-sharing.ts';
import { writeSlices } from '../../operators/windowing/slice-snapshot.ts';
import type { KeyedTable } from '../../state/keyed-table.ts';
import { ProbeRow } from '../../state/probe-row.ts';
import { keyGroupOfRow } from '../../state/row-key-group.ts';
import { parseFingerprint } from '../../state/row-layout.ts';
import { readCell, StoredValues } from '../../state/stored-values.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { INT, notNull, STRING, timestampType } from '../../types/make-type.ts';
import { callMembers, callTexts, cellTypesOf, fitCalls, joinCells, parseCalls, splitCells } from './accumulator-members.ts';
import type { PartContext, StatePart, StoredSectionContent, WrittenSection } from './state-part.ts';
import { asList, asLong, collectSections, firstOfSubtasks, refuseFirstRow, rowsOfRange } from './state-part.ts';
import type { Member, StateRow, StateTable } from './state-table.ts';
import { refuseRowValue } from './state-table.ts';
import { fitKeyTypes, parseTypeNames } from './stored-schema.ts';

const ROLES = ['slice', 'base'] as const;
/** Members before those of the aggregates: key, role, end. */
const FIRST_CALL = 3;

interface Header {
  readonly fingerprint: string;
  readonly slices: readonly (GroupHeader & { readonly role: (typeof ROLES)[number]; readonly end: string })[];
}

/** What the text says: `tumbling windows (10000, 10000, 0) ms by (VARCHAR) of COUNT(*), SUM(INTEGER)`. */
interface SliceWindow extends SlicedWindow {
  /** Some slice is stored, and with it how a key lies in memory. */
  readonly isKnown: boolean;
}

/** Null when the text does not tell what is stored. */
export function openSlices(sections: readonly StoredSectionContent[], context: PartContext): StatePart | null {
  const headers = sections.map((section) => section.header as unknown as Header);
  const [{ fingerprint }] = headers;
  const match = /^(tumbling|hopping|cumulative) windows \((\d+), (\d+), (-?\d+)\) ms by \((.*?)\) of (.*)$/.exec(fingerprint);
  if (match === null) return null;
  const [, kind, size, step, offset, keys, calls] = match;
  const known = parseCalls(calls);
  const names = parseTypeNames(keys);
  if (names === null || known === null) return null;
  const stored = headers.flatMap(({ slices }) => slices).at(0);
  const plan =
    stored === undefined
      ? createGroupPlan(names, known)
      : createGroupPlan(fitKeyTypes(stored.groups.layout, names), fitStored(known, stored));
  if (stored !== undefined && plan.layout.fingerprint !== stored.groups.layout) return null;
  const window = {
    kind: kind as SlicedWindow['kind'],
    size: BigInt(size),
    step: BigInt(step),
    offset: BigInt(offset),
    isKnown: stored !== undefined,
  };
  return new SlicesPart(sections, plan, fingerprint, window, context);
}

function fitStored(calls: readonly AggregateCall[], { groups, distinct }: GroupHeader): AggregateCall[] {
  const cells = parseFingerprint(groups.layout)?.payload ?? [];
  return fitCalls(
    calls,
    cells,
    distinct.map(({ layout }) => layout),
  );
}

class SlicesPart implements StatePart {
  readonly tables: readonly [StateTable];
  private readonly sections: readonly StoredSectionContent[];
  private readonly plan: GroupPlan;
  private readonly fingerprint: string;
  private readonly window: SliceWindow;
  private readonly context: PartContext;
  /** Types of every cell of an accumulator, call by call. */
  private readonly cellTypes: readonly (readonly LogicalType[])[];

  constructor(sections: readonly StoredSectionContent[], plan: GroupPlan, fingerprint: string, window: SliceWindow, context: PartContext) {
    this.sections = sections;
    this.plan = plan;
    this.fingerprint = fingerprint;
    this.window = window;
    this.context = context;
    this.cellTypes = cellTypesOf(plan.calls);
    const calls = callMembers(plan.calls, callTexts(fingerprint.slice(fingerprint.lastIndexOf(') of ') + ') of '.length)), this.cellTypes);
    this.tables = [{ state: 'slices', kind: `${window.kind} windows`, members: [...placeMembers(plan.keyTypes), ...calls] }];
  }

  rows(): readonly StateRow[] {
    return this.readSlices().flatMap(({ role, end, state }) => {
      const groups = new SliceGroups(state, this.cellTypes, this.context);
      const rows = groups.rows().map(({ key, calls }) => ({ table: this.tables[0], values: [key, role, end * NANOS_PER_MILLI, ...calls] }));
      groups.close();
      return rows;
    });
  }

  write(rows: readonly StateRow[]): readonly WrittenSection[] {
    if (rows.length > 0 && !this.window.isKnown) throw refuseFirstRow(this.sections[0].nodeId, 'slices');
    for (const row of rows) this.checkPlace(row);
    const scratch = new SliceGroups(this.createState(), this.cellTypes, this.context);
    const groups = rows.map(({ values }) => scratch.keyGroupOf(values[0]));
    scratch.close();
    return firstOfSubtasks(this.sections).flatMap((section) => {
      const sharing = createSliceSharing(new SliceGeometry(this.window, null), () => this.createState(), null);
      this.fill(sharing, rowsOfRange(rows, groups, section.keyGroups));
      const written = collectSections(this.context.memory, section, (writer) => writeSlices(writer, sharing, this.fingerprint));
      sharing.close();
      return written;
    });
  }

  private createState(): GroupState {
    return new GroupState(this.context.memory, this.plan, null);
  }

  /** Parts of a slice may lie in several sections; they are put together as when its window fires. */
  private readSlices(): readonly SliceEntry[] {
    const slices = new Map<string, SliceEntry>();
    for (const { header, bytes } of this.sections) {
      let offset = 0;
      for (const stored of (header as unknown as Header).slices) {
        const name = `${stored.role} ${stored.end}`;
        const slice = slices.get(name) ?? { role: stored.role, end: BigInt(stored.end), state: this.createState() };
        slices.set(name, slice);
        offset = slice.state.mergeStored(stored, bytes, offset);
      }
    }
    return [...slices.values()];
  }

  private fill(sharing: SliceSharing, rows: readonly StateRow[]): void {
    const slices = new Map<string, { readonly role: SliceEntry['role']; readonly end: bigint; readonly groups: SliceGroups }>();
    for (const { values } of rows) {
      const [key, role, end] = values;
      const name = `${role} ${end}`;
      const slice = slices.get(name) ?? {
        role: role === 'base' ? ('base' as const) : ('slice' as const),
        end: floorMillis(asLong(end)),
        groups: new SliceGroups(this.createState(), this.cellTypes, this.context),
      };
      slices.set(name, slice);
      slice.groups.put(key, values.slice(FIRST_CALL));
    }
    for (const { role, end, groups } of slices.values()) {
      sharing.restore(role, end).importGroups(groups.state, () => true);
      groups.close();
    }
  }

  /** An end at which no slice ends would never be looked for. */
  private checkPlace(row: StateRow): void {
    const { kind, size, step, offset } = this.window;
    const base = row.values[1] === 'base';
    const width = base ? size : step;
    const end = floorMillis(asLong(row.values[2]));
    if ((((end - offset) % width) + width) % width !== 0n) {
      const apart = `${width} ms, ${offset} ms behind a full one`;
      throw refuseRowValue(row, this.sections[0].nodeId, 'slice_end', `must be the end of a slice of this window (every ${apart})`);
    }
    if (base && kind !== 'cumulative')
      throw refuseRowValue(row, this.sections[0].nodeId, 'role', 'must be slice: only cumulative windows have a base');
  }
}

function placeMembers(keyTypes: readonly LogicalType[]): readonly Member[] {
  return [
    { name: 'key', shape: 'tuple', types: keyTypes, identifies: true },
    { name: 'role', shape: 'one', types: [notNull(STRING)], identifies: true, oneOf: ROLES, absent: 'slice' },
    { name: 'slice_end', shape: 'one', types: [notNull(timestampType(3))], identifies: true },
  ];
}

/** The groups of one slice as rows: keys with accumulators, and a set of (group, value) for every COUNT(DISTINCT …). */
class SliceGroups {
  readonly state: GroupState;
  private readonly context: PartContext;
  private readonly cellTypes: readonly (readonly LogicalType[])[];
  private readonly values: StoredValues;
  private readonly probe: ProbeRow;

  /** Takes the state over. */
  constructor(state: GroupState, cellTypes: readonly (readonly LogicalType[])[], context: PartContext) {
    this.state = state;
    this.context = context;
    this.cellTypes = cellTypes;
    this.values = new StoredValues(state.table, cellTypes.flat(), 0);
    this.probe = new ProbeRow(context.memory, state.plan.keyTypes);
  }

  rows(): readonly { readonly key: readonly ColumnValue[]; readonly calls: readonly ColumnValue[] }[] {
    const { table, sets, plan } = this.state;
    const seen = sets.map((set, at) => this.seenByGroup(set, at));
    const rows: { key: readonly ColumnValue[]; calls: readonly ColumnValue[] }[] = [];
    for (let row = 0; row < table.rowCount; row++) {
      if (!table.isLive(row)) continue;
      const key = plan.layout.keyCells.map((cell, at) =>
        table.isPresent(row, cell) ? readCell(table, row, cell, plan.keyTypes[at]) : null,
      );
      const calls = joinCells(this.values.read(row), this.cellTypes, (call) => {
        const set = plan.distinct.findIndex((each) => each.call === call);
        return set < 0 ? null : (seen[set].get(row) ?? []);
      });
      rows.push({ key, calls });
    }
    return rows;
  }

  put(key: ColumnValue, calls: readonly ColumnValue[]): void {
    const row = this.probe.upsert(this.state.table, asList(key));
    const cells = splitCells(calls, this.cellTypes, (call, values) => {
      const set = this.state.plan.distinct.findIndex((each) => each.call === call);
      return set < 0 ? null : this.addSeen(set, row, values);
    });
    this.values.write(row, cells);
  }

  keyGroupOf(key: ColumnValue): number {
    return keyGroupOfRow(this.state.table, this.probe.upsert(this.state.table, asList(key)), this.context.maxParallelism);
  }

  close(): void {
    this.state.close();
    this.probe.close();
  }

  private seenByGroup(set: KeyedTable, at: number): Map<number, ColumnValue[]> {
    const { layout, valueType } = this.state.plan.distinct[at];
    const [group, value] = layout.keyCells;
    const seen = new Map<number, ColumnValue[]>();
    for (let row = 0; row < set.rowCount; row++) {
      if (!set.isLive(row)) continue;
      const owner = Number(readCell(set, row, group, INT));
      const values = seen.get(owner) ?? [];
      values.push(readCell(set, row, value, valueType));
      seen.set(owner, values);
    }
    return seen;
  }

  /** The number of different values, which the group's counter is. */
  private addSeen(at: number, row: number, values: readonly ColumnValue[]): bigint {
    const probe = new ProbeRow(this.context.memory, [notNull(INT), this.state.plan.distinct[at].valueType]);
    const set = this.state.sets[at];
    const before = set.liveCount;
    for (const value of values) probe.upsert(set, [row, value]);
    probe.close();
    return BigInt(set.liveCount - before);
  }
}
