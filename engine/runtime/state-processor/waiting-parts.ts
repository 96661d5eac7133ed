/** Rows that wait: for the watermark in a sort, for the rules of a broadcast, for the answer of a lookup. */
import type { ColumnValue } from '../../columnar/column-value.ts';
import type { WaitingHeader } from '../../operators/broadcasting/waiting-rows.ts';
import { writeWaiting } from '../../operators/broadcasting/waiting-rows.ts';
import type { PendingHeader } from '../../operators/lookup/pending-store.ts';
import { writePending } from '../../operators/lookup/pending-store.ts';
import type { SortedHeader } from '../../operators/sorting/sorted-layout.ts';
import { SORTED_COLUMNS_AT, sortedKeyLayout, sortedRowLayout, sortedWords, writeSorted } from '../../operators/sorting/sorted-layout.ts';
import { LONG_MIN } from '../../operators/time/long.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import { ProbeRow } from '../../state/probe-row.ts';
import { createRowLayout, parseFingerprint } from '../../state/row-layout.ts';
import type { StoreHeader } from '../../state/row-store.ts';
import { RowStore } from '../../state/row-store.ts';
import { storedCells } from '../../state/stored-columns.ts';
import { StoredValues } from '../../state/stored-values.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { BIGINT, INT, notNull } from '../../types/make-type.ts';
import { keyAt, keyGroupsOf, liveKeys } from './join-parts.ts';
import { checkSubtask } from './other-parts.ts';
import type { PartContext, StatePart, StoredSectionContent, WrittenSection } from './state-part.ts';
import { asList, asLong, collectSections, firstOfSubtasks, rowsOfRange } from './state-part.ts';
import type { Member, StateRow, StateTable } from './state-table.ts';
import { parsePrinted, splitTypes, typesOfForms } from './stored-schema.ts';

const MEANING = 'rows in order of time of (';

/** Null when the types of the rows cannot be told. */
export function openSorted(sections: readonly StoredSectionContent[], context: PartContext): StatePart | null {
  const { meaning, keyTypes, keys, rows } = sections[0].header as unknown as SortedHeader;
  const types = parseRowTypes(meaning, rows);
  const known = keyTypes === undefined ? typesOfForms(keys.layout) : parsePrinted(keyTypes);
  return types === null || known === null ? null : new SortedPart(sections, known, types, context);
}

/** `rows in order of time of (STRING, INT) by (…)`, if it fits what is stored; a name may hold anything. */
function parseRowTypes(meaning: string, rows: StoreHeader): LogicalType[] | null {
  const text = meaning.slice(MEANING.length);
  for (let at = text.indexOf(') by ('); at >= 0; at = text.indexOf(') by (', at + 1)) {
    const types = parsePrinted(splitTypes(text.slice(0, at)));
    if (types !== null && sortedRowLayout(types).fingerprint === rows.layout) return types;
  }
  return null;
}

/** One row per group (when its last row left, and came), and one per row that waits. */
class SortedPart implements StatePart {
  readonly tables: readonly [StateTable, StateTable];
  private readonly sections: readonly StoredSectionContent[];
  private readonly keyTypes: readonly LogicalType[];
  private readonly types: readonly LogicalType[];
  private readonly context: PartContext;
  private readonly forgets: boolean;

  constructor(
    sections: readonly StoredSectionContent[],
    keyTypes: readonly LogicalType[],
    types: readonly LogicalType[],
    context: PartContext,
  ) {
    this.sections = sections;
    this.keyTypes = keyTypes;
    this.types = types;
    this.context = context;
    const [{ keys }] = sections.map((section) => section.header as unknown as SortedHeader);
    this.forgets = (parseFingerprint(keys.layout)?.payload.length ?? 0) > 1;
    const key: Member = { name: 'key', shape: 'tuple', types: keyTypes, identifies: true };
    const seen: Member = { name: 'seen_ms', shape: 'one', types: [notNull(BIGINT)], identifies: false, absent: BigInt(context.takenAtMs) };
    const left: Member = { name: 'left_ms', shape: 'one', types: [BIGINT], identifies: false, absent: null };
    this.tables = [
      { state: 'groups', kind: 'groups of a sort', members: [key, left, ...(this.forgets ? [seen] : [])] },
      {
        state: 'sorted',
        kind: 'rows that wait for the watermark',
        members: [
          key,
          { name: 'number', shape: 'one', types: [notNull(BIGINT)], identifies: true },
          { name: 'time_ms', shape: 'one', types: [notNull(BIGINT)], identifies: false },
          { name: 'row', shape: 'tuple', types: this.types, identifies: false },
        ],
      },
    ];
  }

  rows(): readonly StateRow[] {
    return this.sections.flatMap((section) => {
      const header = section.header as unknown as SortedHeader;
      const store = this.create();
      store.rows.load(header.rows, section.bytes, store.keys.load(header.keys, section.bytes, 0));
      const groups = liveKeys(store.keys).map((key) => this.groupOf(store, key));
      const waiting = liveRows(store.rows).map((row) => this.rowOf(store, row));
      store.close();
      return [...groups, ...waiting];
    });
  }

  write(rows: readonly StateRow[]): readonly WrittenSection[] {
    const { context, keyTypes, sections } = this;
    const groups = keyGroupsOf(rows, keyTypes, sortedKeyLayout(keyTypes, this.forgets), context);
    const meaning = (sections[0].header as unknown as SortedHeader).meaning;
    return firstOfSubtasks(sections).flatMap((section) => {
      const store = this.create();
      for (const row of rowsOfRange(rows, groups, section.keyGroups)) this.put(store, row);
      const written = collectSections(context.memory, section, (writer) =>
        writeSorted(writer, store.keys, store.rows, { meaning, keyTypes }),
      );
      store.close();
      return written;
    });
  }

  private create() {
    const { memory } = this.context;
    const [keyLayout, layout] = [sortedKeyLayout(this.keyTypes, this.forgets), sortedRowLayout(this.types)];
    const keys = new KeyedTable(memory, keyLayout);
    const rows = new RowStore(memory, layout);
    const probe = new ProbeRow(memory, this.keyTypes);
    const close = (): void => {
      for (const each of [keys, rows, probe]) each.close();
    };
    return {
      keys,
      rows,
      values: new StoredValues(rows, this.types, SORTED_COLUMNS_AT),
      words: sortedWords(keyLayout, layout),
      probe,
      close,
    };
  }

  private groupOf({ keys, words }: ReturnType<SortedPart['create']>, key: number): StateRow {
    const { i64, f64 } = this.context.memory;
    const word = keys.wordOf(key);
    const left = i64[(word + words.last) >>> 1];
    const seen = this.forgets ? [BigInt(Math.trunc(f64[(word + words.seen) >>> 1]))] : [];
    return { table: this.tables[0], values: [keyAt(keys, key, this.keyTypes), left === LONG_MIN ? null : left, ...seen] };
  }

  private rowOf({ keys, rows, values, words }: ReturnType<SortedPart['create']>, row: number): StateRow {
    const { i32, i64, f64 } = this.context.memory;
    const word = rows.wordOf(row);
    const key = keyAt(keys, i32[word + words.key], this.keyTypes);
    const number = BigInt(f64[(word + words.arrival) >>> 1]);
    return { table: this.tables[1], values: [key, number, i64[(word + words.time) >>> 1], values.read(row)] };
  }

  private put(store: ReturnType<SortedPart['create']>, { table, values }: StateRow): void {
    const { keys, rows, words } = store;
    const key = this.keyOf(store, values[0]);
    const { memory } = this.context;
    if (table === this.tables[0]) {
      const word = keys.wordOf(key);
      memory.i64[(word + words.last) >>> 1] = values[1] === null ? LONG_MIN : asLong(values[1]);
      if (this.forgets) memory.f64[(word + words.seen) >>> 1] = Number(values[2]);
      return;
    }
    const row = rows.allocateRow();
    store.values.write(row, asList(values[3]));
    const word = rows.wordOf(row);
    memory.i32[word + words.key] = key;
    memory.i64[(word + words.time) >>> 1] = asLong(values[2]);
    memory.f64[(word + words.arrival) >>> 1] = Number(values[1]);
  }

  /** A group that is told of by a row that waits only has let no row go. */
  private keyOf({ keys, words, probe }: ReturnType<SortedPart['create']>, key: ColumnValue): number {
    const before = keys.liveCount;
    const slot = probe.upsert(keys, asList(key));
    if (keys.liveCount === before) return slot;
    const { i64, f64 } = this.context.memory;
    i64[(keys.wordOf(slot) + words.last) >>> 1] = LONG_MIN;
    if (this.forgets) f64[(keys.wordOf(slot) + words.seen) >>> 1] = this.context.takenAtMs;
    return slot;
  }
}

/** Lists of rows, by the name of their section; one that was emptied has no bytes. */
export function isListOfRows({ name, distribution, header }: StoredSectionContent): boolean {
  if (distribution !== 'list' || (name !== 'waiting' && name !== 'asked')) return false;
  return typeof (header as unknown as Partial<WaitingHeader> | null)?.rows?.layout === 'string';
}

/** Rows in the order in which they came, per subtask: those that wait for rules, or for answers, which also have a timestamp. */
export function openListedRows(sections: readonly StoredSectionContent[], context: PartContext): StatePart | null {
  const [{ name, header, nodeId }] = sections;
  const { types: printed } = header as unknown as WaitingHeader | PendingHeader;
  const types = printed === undefined ? null : parsePrinted(printed);
  if (types === null) return null;
  const timed = name === 'asked';
  const table: StateTable = {
    state: name,
    kind: timed ? 'rows that wait for an answer' : 'rows that wait for the other input to end',
    members: [
      { name: 'subtask', shape: 'one', types: [notNull(INT)], identifies: true, absent: 0 },
      { name: 'number', shape: 'one', types: [notNull(INT)], identifies: true },
      { name: 'row', shape: 'tuple', types, identifies: false },
      ...(timed ? [{ name: 'timestamp_ms', shape: 'one', types: [BIGINT], identifies: false, absent: null } as const] : []),
    ],
  };
  const create = () => {
    const store = new RowStore(context.memory, createRowLayout([], storedCells(types)));
    return { store, values: new StoredValues(store, types, 0) };
  };
  return {
    tables: [table],
    rows: () => {
      const counts = new Map<number, number>();
      return sections.flatMap((section) => {
        const { store, values } = create();
        const { rows, ...own } = section.header as unknown as WaitingHeader & Partial<PendingHeader>;
        store.load(rows, section.bytes, 0);
        const found = liveRows(store)
          .slice(own.first ?? 0)
          .map((row, at) => {
            const number = counts.get(section.subtaskIndex) ?? 0;
            counts.set(section.subtaskIndex, number + 1);
            const timestamp = own.timestamps?.[at] ?? null;
            const stamp = timed ? [timestamp === null ? null : BigInt(timestamp)] : [];
            return { table, values: [section.subtaskIndex, number, values.read(row), ...stamp] };
          });
        store.close();
        return found;
      });
    },
    write: (rows) => {
      for (const row of rows) checkSubtask(row, nodeId, context);
      return Array.from({ length: context.parallelism }, (_, subtaskIndex) => {
        const { keyGroups, task } = sections.find((section) => section.subtaskIndex === subtaskIndex) ?? sections[0];
        const own = rows
          .filter(({ values }) => values[0] === subtaskIndex)
          .sort((left, right) => Number(left.values[1]) - Number(right.values[1]));
        const { store, values } = create();
        for (const row of own) values.write(store.allocateRow(), asList(row.values[2]));
        const written = collectSections(context.memory, { nodeId, task, subtaskIndex, keyGroups }, (writer) => {
          if (!timed) return writeWaiting(writer, store, types, 0);
          const stamps = own.map((row) => (row.values[3] === null ? null : asLong(row.values[3])));
          return writePending(writer, store, types, stamps);
        });
        store.close();
        return written;
      }).flat();
    },
  };
}

function liveRows(store: RowStore): number[] {
  return Array.from({ length: store.rowCount }, (_, row) => row).filter((row) => store.isLive(row));
}
