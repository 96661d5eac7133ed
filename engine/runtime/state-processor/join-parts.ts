/** Rows that wait in a join for partners: one row per key and side (and window), with the waiting rows in order. */
import type { ColumnValue } from '../../columnar/column-value.ts';
import { NANOS_PER_MILLI } from '../../columnar/column-value.ts';
import { IntervalBuffer, MATCHED } from '../../operators/joining/interval-buffer.ts';
import { writeIntervalJoin } from '../../operators/joining/interval-join-snapshot.ts';
import type { SideRows } from '../../operators/joining/join-window.ts';
import { createSideRows, JoinWindow, windowKeyLayout } from '../../operators/joining/join-window.ts';
import { writeWindowJoin } from '../../operators/joining/window-join-snapshot.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import { ProbeRow } from '../../state/probe-row.ts';
import { RetiredRegions } from '../../state/retired-regions.ts';
import { keyGroupOfRow } from '../../state/row-key-group.ts';
import type { RowLayout } from '../../state/row-layout.ts';
import { createRowLayout, parseFingerprint } from '../../state/row-layout.ts';
import type { StoreHeader } from '../../state/row-store.ts';
import { storedCells } from '../../state/stored-columns.ts';
import { readCell } from '../../state/stored-values.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { BIGINT, BOOLEAN, notNull, timestampType } from '../../types/make-type.ts';
import { parseType } from '../../types/parse-type.ts';
import type { PartContext, StatePart, StoredSectionContent, WrittenSection } from './state-part.ts';
import { asList, asLong, collectSections, firstOfSubtasks, refuseFirstRow, rowsOfRange } from './state-part.ts';
import type { Member, StateRow, StateTable } from './state-table.ts';
import { refuseRowValue } from './state-table.ts';
import { splitTypes, typesOfForms } from './stored-schema.ts';

const SIDES = ['left', 'right'] as const;
/** Cells of a waiting row before its columns, by the kind of join. */
const INTERVAL_CELLS = 6;
const WINDOW_CELLS = 1;

interface IntervalHeader {
  readonly meaning: string;
  readonly keys: StoreHeader;
  readonly sides: readonly StoreHeader[];
  readonly deadUntil: readonly string[];
}

interface WindowHeader {
  readonly meaning: string;
  readonly sides: readonly StoreHeader[];
  readonly windows: readonly { readonly start: number; readonly end: number; readonly keys: StoreHeader }[];
}

export function openIntervalJoin(sections: readonly StoredSectionContent[], context: PartContext): StatePart | null {
  const { meaning, keys, sides } = sections[0].header as unknown as IntervalHeader;
  const types = parseSides(meaning, sides, INTERVAL_CELLS);
  return types === null ? null : new IntervalJoinPart(sections, meaning, typesOfForms(keys.layout), types, context);
}

export function openWindowJoin(sections: readonly StoredSectionContent[], context: PartContext): StatePart | null {
  const headers = sections.map((section) => section.header as unknown as WindowHeader);
  const [{ meaning, sides }] = headers;
  const types = parseSides(meaning, sides, WINDOW_CELLS);
  const layout = headers.flatMap(({ windows }) => windows).at(0)?.keys.layout;
  return types === null ? null : new WindowJoinPart(sections, meaning, layout ?? null, types, context);
}

type SideTypes = readonly [readonly LogicalType[], readonly LogicalType[]];

/** `… ms of (id BIGINT, at TIMESTAMP(3)) and (…)`, if it fits what is stored. */
function parseSides(meaning: string, sides: readonly StoreHeader[], ownCells: number): SideTypes | null {
  const text = meaning.slice(meaning.indexOf(' ms of ') + ' ms of '.length);
  for (let at = text.indexOf(') and ('); at >= 0; at = text.indexOf(') and (', at + 1)) {
    const [left, right] = [parseColumns(text.slice(1, at)), parseColumns(text.slice(at + ') and ('.length, -1))];
    if (left === null || right === null) continue;
    const fits = [left, right].every((types, side) => {
      const cells = parseFingerprint(sides[side].layout)?.payload.slice(ownCells) ?? [];
      return JSON.stringify(cells) === JSON.stringify(storedCells(types));
    });
    if (fits) return [left, right];
  }
  return null;
}

function parseColumns(text: string): LogicalType[] | null {
  const types = splitTypes(text).map(parseColumn);
  return types.includes(null) ? null : types.filter((type) => type !== null);
}

/** A name may hold blanks; the type is what parses as one. */
function parseColumn(text: string): LogicalType | null {
  for (let at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) {
    const parsed = parseType(text.slice(at + 1));
    if ('type' in parsed) return parsed.type;
  }
  return null;
}

function keyMember(types: readonly LogicalType[]): Member {
  return { name: 'key', shape: 'tuple', types, identifies: true };
}

class IntervalJoinPart implements StatePart {
  readonly tables: readonly StateTable[];
  private readonly sections: readonly StoredSectionContent[];
  private readonly meaning: string;
  private readonly keyTypes: readonly LogicalType[];
  private readonly types: SideTypes;
  private readonly context: PartContext;
  private readonly layout: RowLayout;

  constructor(
    sections: readonly StoredSectionContent[],
    meaning: string,
    keyTypes: readonly LogicalType[],
    types: SideTypes,
    context: PartContext,
  ) {
    this.sections = sections;
    this.meaning = meaning;
    this.keyTypes = keyTypes;
    this.types = types;
    this.context = context;
    const link = { form: 'i32', nullable: false } as const;
    const [{ keys }] = sections.map((section) => section.header as unknown as IntervalHeader);
    this.layout = createRowLayout(parseFingerprint(keys.layout)?.key ?? [], [link, link]);
    this.tables = SIDES.map((state, side) => ({
      state,
      kind: 'interval join',
      members: [
        keyMember(keyTypes),
        { name: 'rows', shape: 'tuples', types: types[side], identifies: false },
        { name: 'times_ms', shape: 'many', types: [notNull(BIGINT)], identifies: false },
        { name: 'matched', shape: 'many', types: [notNull(BOOLEAN)], identifies: false },
      ],
    }));
  }

  rows(): readonly StateRow[] {
    return this.sections.flatMap((section) => {
      const header = section.header as unknown as IntervalHeader;
      const store = this.create();
      let offset = store.keys.load(header.keys, section.bytes, 0);
      store.sides.forEach((side, at) => {
        offset = side.store.load(header.sides[at], section.bytes, offset);
        side.deadUntil = BigInt(header.deadUntil[at]);
      });
      const rows = liveKeys(store.keys).flatMap((slot) => this.rowsOf(store, slot));
      store.close();
      return rows;
    });
  }

  write(rows: readonly StateRow[]): readonly WrittenSection[] {
    const groups = keyGroupsOf(rows, this.keyTypes, this.layout, this.context);
    return firstOfSubtasks(this.sections).flatMap((section) => {
      const store = this.create();
      for (const row of rowsOfRange(rows, groups, section.keyGroups)) this.put(store, row);
      const written = collectSections(this.context.memory, section, (writer) =>
        writeIntervalJoin(writer, store.keys, store.sides, this.meaning),
      );
      store.close();
      return written;
    });
  }

  private create() {
    const { memory } = this.context;
    const keys = new KeyedTable(memory, this.layout);
    const retired = new RetiredRegions(memory);
    const side = (at: 0 | 1) => new IntervalBuffer(memory, keys, this.layout.cells[at].word, this.types[at], retired, false);
    const sides = [side(0), side(1)] as const;
    const probe = new ProbeRow(memory, this.keyTypes);
    const close = (): void => {
      for (const each of sides) each.close();
      keys.close();
      probe.close();
      retired.release();
    };
    return { keys, sides, probe, close };
  }

  private rowsOf({ keys, sides }: ReturnType<IntervalJoinPart['create']>, slot: number): readonly StateRow[] {
    return sides.flatMap((side, at) => {
      const live = side.rowsOf(slot).filter((row) => !side.isDead(row));
      if (live.length === 0) return [];
      const matched = live.map((row) => (side.store.memory.i32[side.store.wordOf(row) + side.flagsWord] & MATCHED) !== 0);
      const values = [
        keyAt(keys, slot, this.keyTypes),
        live.map((row) => side.values.read(row)),
        live.map((row) => side.timeOf(row)),
        matched,
      ];
      return [{ table: this.tables[at], values }];
    });
  }

  private put({ keys, sides, probe }: ReturnType<IntervalJoinPart['create']>, row: StateRow): void {
    const side = sides[this.tables.indexOf(row.table)];
    const [key, waiting, times, matched] = row.values.map(asList);
    if (times.length !== waiting.length || matched.length !== waiting.length)
      throw refuseRowValue(row, this.sections[0].nodeId, 'times_ms', `and 'matched' must be as many as the ${waiting.length} rows`);
    const slot = probe.upsert(keys, key);
    waiting.forEach((values, at) => {
      const added = side.store.allocateRow();
      side.values.write(added, asList(values));
      const word = side.store.wordOf(added);
      side.store.memory.i64[(word + side.timeWord) >>> 1] = asLong(times[at]);
      side.store.memory.i32[word + side.flagsWord] = matched[at] === true ? MATCHED : 0;
      side.link(added, slot);
    });
  }
}

class WindowJoinPart implements StatePart {
  readonly tables: readonly StateTable[];
  private readonly sections: readonly StoredSectionContent[];
  private readonly meaning: string;
  private readonly keyTypes: readonly LogicalType[];
  private readonly types: SideTypes;
  private readonly context: PartContext;
  private readonly layout: RowLayout;
  /** Some window is stored, and with it what a key is. */
  private readonly isKnown: boolean;

  constructor(sections: readonly StoredSectionContent[], meaning: string, layout: string | null, types: SideTypes, context: PartContext) {
    this.sections = sections;
    this.meaning = meaning;
    this.isKnown = layout !== null;
    const keyTypes = layout === null ? [] : typesOfForms(layout);
    this.keyTypes = keyTypes;
    this.types = types;
    this.context = context;
    this.layout = windowKeyLayout(parseFingerprint(layout ?? '')?.key ?? []);
    const time = [notNull(timestampType(3))];
    this.tables = SIDES.map((state, side) => ({
      state,
      kind: 'window join',
      members: [
        keyMember(keyTypes),
        { name: 'window_start', shape: 'one', types: time, identifies: true },
        { name: 'window_end', shape: 'one', types: time, identifies: true },
        { name: 'rows', shape: 'tuples', types: types[side], identifies: false },
      ],
    }));
  }

  rows(): readonly StateRow[] {
    return this.sections.flatMap((section) => {
      const header = section.header as unknown as WindowHeader;
      const sides = this.createSides();
      let offset = 0;
      sides.forEach(({ store }, at) => {
        offset = store.load(header.sides[at], section.bytes, offset);
      });
      const rows = header.windows.flatMap(({ start, end, keys }) => {
        const window = new JoinWindow(start, end, this.context.memory, this.layout, sides);
        offset = window.keys.load(keys, section.bytes, offset);
        const found = liveKeys(window.keys).flatMap((slot) => this.rowsOf(window, sides, slot));
        window.close();
        return found;
      });
      for (const { store } of sides) store.close();
      return rows;
    });
  }

  write(rows: readonly StateRow[]): readonly WrittenSection[] {
    if (rows.length > 0 && !this.isKnown) throw refuseFirstRow(this.sections[0].nodeId, rows[0].table.state);
    const groups = keyGroupsOf(rows, this.keyTypes, this.layout, this.context);
    const { memory } = this.context;
    return firstOfSubtasks(this.sections).flatMap((section) => {
      const sides = this.createSides();
      const windows = new Map<string, JoinWindow>();
      const window = (start: number, end: number): JoinWindow => {
        const known = windows.get(`${start} ${end}`) ?? new JoinWindow(start, end, memory, this.layout, sides);
        windows.set(`${start} ${end}`, known);
        return known;
      };
      const probe = new ProbeRow(memory, this.keyTypes);
      for (const { table, values } of rowsOfRange(rows, groups, section.keyGroups)) {
        const side = this.tables.indexOf(table) === 0 ? 0 : 1;
        const target = window(millisOf(values[1]), millisOf(values[2]));
        const slot = probe.upsert(target.keys, asList(values[0]));
        for (const row of asList(values[3])) {
          const added = sides[side].store.allocateRow();
          sides[side].values.write(added, asList(row));
          target.append(side, slot, added);
        }
      }
      const written = collectSections(memory, section, (writer) => writeWindowJoin(writer, { windows, sides, window }, this.meaning));
      for (const each of windows.values()) each.close();
      for (const { store } of sides) store.close();
      probe.close();
      return written;
    });
  }

  private createSides(): readonly [SideRows, SideRows] {
    const { memory } = this.context;
    return [createSideRows(memory, this.types[0], null), createSideRows(memory, this.types[1], null)];
  }

  private rowsOf(window: JoinWindow, sides: readonly [SideRows, SideRows], slot: number): readonly StateRow[] {
    return ([0, 1] as const).flatMap((side) => {
      const waiting: ColumnValue[] = [];
      for (let row = window.first(side, slot); row !== 0; row = window.next(side, row)) waiting.push(sides[side].values.read(row - 1));
      if (waiting.length === 0) return [];
      const [start, end] = [window.start, window.end].map((bound) => BigInt(bound) * NANOS_PER_MILLI);
      return [{ table: this.tables[side], values: [keyAt(window.keys, slot, this.keyTypes), start, end, waiting] }];
    });
  }
}

export function liveKeys(keys: KeyedTable): number[] {
  return Array.from({ length: keys.rowCount }, (_, slot) => slot).filter((slot) => keys.isLive(slot));
}

export function keyAt(keys: KeyedTable, slot: number, types: readonly LogicalType[]): readonly ColumnValue[] {
  return keys.layout.keyCells.map((cell, at) => (keys.isPresent(slot, cell) ? readCell(keys, slot, cell, types[at]) : null));
}

export function keyGroupsOf(
  rows: readonly StateRow[],
  types: readonly LogicalType[],
  layout: RowLayout,
  context: PartContext,
): readonly number[] {
  const table = new KeyedTable(context.memory, layout);
  const probe = new ProbeRow(context.memory, types);
  const groups = rows.map(({ values }) => keyGroupOfRow(table, probe.upsert(table, asList(values[0])), context.maxParallelism));
  probe.close();
  table.close();
  return groups;
}

function millisOf(value: ColumnValue): number {
  return Number(asLong(value) / NANOS_PER_MILLI);
}
