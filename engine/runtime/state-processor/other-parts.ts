/** State without keys: what an operator or a reader keeps as JSON per subtask, and maps that every subtask holds whole. */
import { assert } from '../../base/assert.ts';
import type { JsonValue } from '../../base/json.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import { BroadcastState } from '../../state/broadcast-state.ts';
import { OperatorListState, storedListSpec } from '../../state/operator-list-state.ts';
import type { StoreHeader } from '../../state/row-store.ts';
import { INT, notNull } from '../../types/make-type.ts';
import type { PartContext, StatePart, StoredSectionContent, WrittenSection } from './state-part.ts';
import { collectSections } from './state-part.ts';
import type { StateRow, StateTable } from './state-table.ts';
import { refuseRowValue } from './state-table.ts';
import { parseKeyedSpec } from './stored-schema.ts';

const BROADCAST = 'broadcast ';

/** One row per section; how many there are is the operator's business. */
export function openJsonState(sections: readonly StoredSectionContent[], context: PartContext): StatePart | null {
  if (sections.some(({ bytes }) => bytes.length > 0)) return null;
  const [{ name, distribution, nodeId }] = sections;
  const table: StateTable = {
    state: name,
    kind: distribution,
    members: [
      { name: 'subtask', shape: 'one', types: [notNull(INT)], identifies: true },
      { name: 'number', shape: 'one', types: [notNull(INT)], identifies: true, absent: 0 },
      { name: 'value', shape: 'json', types: [], identifies: false },
    ],
  };
  return {
    tables: [table],
    rows: () => {
      const counts = new Map<number, number>();
      return sections.map(({ subtaskIndex, header }) => {
        const number = counts.get(subtaskIndex) ?? 0;
        counts.set(subtaskIndex, number + 1);
        return { table, values: [subtaskIndex, number, JSON.stringify(header)] };
      });
    },
    write: (rows) => rows.flatMap((row) => writeJson(row, nodeId, sections, context)),
  };
}

function writeJson(
  row: StateRow,
  nodeId: string,
  sections: readonly StoredSectionContent[],
  context: PartContext,
): readonly WrittenSection[] {
  const [subtask, , text] = row.values;
  const subtaskIndex = Number(subtask);
  checkSubtask(row, nodeId, context);
  const [first] = sections;
  const { keyGroups, task } = sections.find((section) => section.subtaskIndex === subtaskIndex) ?? first;
  const header: JsonValue = JSON.parse(String(text));
  return collectSections(context.memory, { nodeId, task, subtaskIndex, keyGroups }, (writer) =>
    writer.section(first.name, first.distribution, header, []),
  );
}

export function isBroadcast({ name, distribution }: StoredSectionContent): boolean {
  return distribution === 'union' && name.startsWith(BROADCAST);
}

/** One row per value: which subtask has it, and its place among those of the subtask. */
export function openOperatorList(sections: readonly StoredSectionContent[], context: PartContext): StatePart | null {
  const [first] = sections;
  const spec = storedListSpec(first);
  if (spec === null) return null;
  const table: StateTable = {
    state: spec.name,
    kind: `operator list, ${spec.redistribution}`,
    members: [
      { name: 'subtask', shape: 'one', types: [notNull(INT)], identifies: true, absent: 0 },
      { name: 'number', shape: 'one', types: [notNull(INT)], identifies: true },
      { name: 'value', shape: 'one', types: [spec.type], identifies: false },
    ],
  };
  return {
    tables: [table],
    rows: () =>
      sections.flatMap((section) => {
        const list = new OperatorListState(spec);
        list.open([section]);
        return list.values.map((value, number) => ({ table, values: [section.subtaskIndex, number, value] }));
      }),
    write: (rows) => {
      for (const row of rows) checkSubtask(row, first.nodeId, context);
      const { memory, parallelism } = context;
      return Array.from({ length: parallelism }, (_, subtaskIndex) => {
        const { keyGroups, task, nodeId } = sections.find((section) => section.subtaskIndex === subtaskIndex) ?? first;
        const own = rows
          .filter(({ values }) => values[0] === subtaskIndex)
          .sort((left, right) => Number(left.values[1]) - Number(right.values[1]));
        const list = new OperatorListState(spec);
        list.values = own.map(({ values }) => values[2]);
        return collectSections(memory, { nodeId, task, subtaskIndex, keyGroups }, (writer) => list.snapshot(writer));
      }).flat();
    },
  };
}

export function checkSubtask(row: StateRow, nodeId: string, { parallelism }: PartContext): void {
  const subtask = Number(row.values[0]);
  if (subtask < 0 || subtask >= parallelism)
    throw refuseRowValue(row, nodeId, 'subtask', `must be one of the ${parallelism} subtasks that wrote the state, counted from 0`);
}

/** All subtasks hold the same map: the first one's is shown, and what is written goes to all. */
export function openBroadcastState(sections: readonly StoredSectionContent[], { memory }: PartContext): StatePart | null {
  const [first] = sections;
  const header = first.header as unknown as { readonly spec: string; readonly stores: readonly StoreHeader[] };
  const [spec] = parseKeyedSpec(header.spec, header.stores)?.states ?? [];
  if (spec?.kind !== 'map') return null;
  const table: StateTable = {
    state: first.name,
    kind: 'broadcast map',
    members: [
      { name: 'entry', shape: 'tuple', types: spec.keyTypes, identifies: true },
      { name: 'value', shape: 'tuple', types: spec.types, identifies: false },
    ],
  };
  const create = (restored: readonly StoredSectionContent[]): BroadcastState => {
    const state = new BroadcastState(memory, spec.name, spec.keyTypes, spec.types);
    state.open(restored, 0);
    return state;
  };
  return {
    tables: [table],
    rows: () => {
      const state = create([first]);
      const rows = state.entries().map(({ key, value }) => ({ table, values: [key, value] }));
      state.close();
      return rows;
    },
    write: (rows) => {
      const state = create([]);
      for (const { values } of rows) state.put(asList(values[0]), asList(values[1]));
      const written = sections.flatMap((section) => collectSections(memory, section, (writer) => state.snapshot(writer)));
      state.close();
      return written;
    },
  };
}

function asList(value: ColumnValue): readonly ColumnValue[] {
  assert(Array.isArray(value), 'a list was read as one');
  return value as readonly ColumnValue[];
}
