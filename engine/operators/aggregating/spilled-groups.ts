/**
 * Groups on disk. Accumulators can be merged, so a table that grows too large is written out as a *run* and begun anew, without
 * looking a key up again; a key may then stand in memory and in several runs. A run is dealt into parts by the hash of the keys,
 * and when the window fires its groups are put together part by part: memory holds one part of the window at a time.
 */
import type { JobMemory } from '../../columnar/job-memory.ts';
import { RowStore } from '../../state/row-store.ts';
import type { SpillFile, SpillFolder } from '../../state/spill/spill-folder.ts';
import type { GroupHeader, GroupPlan, GroupState } from './group-state.ts';

/** A window on disk may be so many times as large as what memory holds of it. */
export const PARTS = 64;
const PART_SHIFT = 26;

/** One part of a run: its groups and the sets of their COUNT(DISTINCT …), as a snapshot has them. */
interface RunPart {
  readonly header: GroupHeader;
  readonly offset: number;
  readonly bytes: number;
}

export interface GroupRun {
  readonly file: SpillFile;
  /** By number of the part; null: no groups. */
  readonly parts: readonly (RunPart | null)[];
  readonly groups: number;
}

/** What a window gives when it fires: all its groups, or one part after the other. */
export interface GroupParts {
  /** The next groups; null behind the last. Those given before are gone. */
  next(): GroupState | null;
}

export function wholeWindow(state: GroupState): GroupParts {
  let given = false;
  return {
    next() {
      if (given) return null;
      given = true;
      return state;
    },
  };
}

/** Writes the groups in memory as a run of the state and empties the tables. */
export function spillGroups(state: GroupState, folder: SpillFolder): void {
  const { table, plan } = state;
  if (table.rowCount === 0) return;
  const file = folder.create();
  const groups = dealByHash(state);
  const entries = state.sets.map((set, at) => dealByGroup(state, at, groups.partOf, set.rowCount));
  const renamed = new Int32Array(table.rowCount);
  const parts: (RunPart | null)[] = [];
  for (let part = 0; part < PARTS; part++) {
    const rows = groups.rowsOf(part);
    if (rows.length === 0) {
      parts.push(null);
      continue;
    }
    const copies = [copyRows(table, rows, renamed)];
    state.sets.forEach((set, at) => copies.push(copyEntries(set, entries[at].rowsOf(part), plan, at, renamed)));
    const offset = file.size;
    for (const copy of copies) {
      for (const range of copy.ranges()) file.append(state.memory.u8.subarray(range.address, range.address + range.bytes));
    }
    const [first, ...rest] = copies;
    parts.push({ header: { groups: first.header(), distinct: rest.map((copy) => copy.header()) }, offset, bytes: file.size - offset });
    for (const copy of copies) copy.close();
  }
  file.seal();
  state.runs.push({ file, parts, groups: table.rowCount });
  state.empty();
}

/** The groups of states that have runs, part by part; `create` makes the state that each part is put together in. */
export function spilledWindow(states: readonly GroupState[], folder: SpillFolder, create: () => GroupState): GroupParts {
  for (const state of states) spillGroups(state, folder);
  const runs = states.flatMap((state) => state.runs);
  let part = 0;
  let given: GroupState | null = null;
  return {
    next() {
      given?.close();
      given = null;
      while (part < PARTS && given === null) given = mergePart(runs, part++, create);
      return given;
    },
  };
}

function mergePart(runs: readonly GroupRun[], part: number, create: () => GroupState): GroupState | null {
  const present = runs.filter((run) => run.parts[part] !== null);
  if (present.length === 0) return null;
  const merged = create();
  for (const run of present) {
    const stored = run.parts[part];
    if (stored === null) continue;
    const bytes = new Uint8Array(stored.bytes);
    run.file.read(bytes, stored.offset);
    merged.mergeStored(stored.header, bytes, 0);
  }
  return merged;
}

interface Dealt {
  readonly partOf: Uint8Array;
  rowsOf(part: number): Int32Array;
}

function dealByHash({ table, memory }: GroupState): Dealt {
  const partOf = new Uint8Array(table.rowCount);
  const { i32 } = memory;
  const first = table.rows >>> 2;
  for (let row = 0; row < partOf.length; row++) partOf[row] = i32[first + row * table.layout.words] >>> PART_SHIFT;
  return deal(partOf);
}

/** Entries of a set lie with their group. */
function dealByGroup({ sets, memory, plan }: GroupState, at: number, partOfGroup: Uint8Array, count: number): Dealt {
  const set = sets[at];
  const word = plan.distinct[at].layout.keyCells[0].word;
  const partOf = new Uint8Array(count);
  for (let row = 0; row < count; row++) partOf[row] = partOfGroup[memory.i32[set.wordOf(row) + word]];
  return deal(partOf);
}

function deal(partOf: Uint8Array): Dealt {
  const starts = new Int32Array(PARTS + 1);
  for (const part of partOf) starts[part + 1]++;
  for (let part = 0; part < PARTS; part++) starts[part + 1] += starts[part];
  const rows = new Int32Array(partOf.length);
  const next = starts.slice();
  for (let row = 0; row < partOf.length; row++) rows[next[partOf[row]]++] = row;
  return { partOf, rowsOf: (part) => rows.subarray(starts[part], starts[part + 1]) };
}

/** Copies of rows, in a store of their own; `renamed` learns their numbers there. */
function copyRows(source: RowStore, rows: Int32Array, renamed: Int32Array | null): RowStore {
  const copy = new RowStore(source.memory, source.layout);
  copy.reserveRows(rows.length);
  for (const row of rows) {
    const number = copy.importRow(source, row);
    if (renamed !== null) renamed[row] = number;
  }
  return copy;
}

function copyEntries(set: RowStore, rows: Int32Array, plan: GroupPlan, at: number, renamed: Int32Array): RowStore {
  const copy = copyRows(set, rows, null);
  const word = plan.distinct[at].layout.keyCells[0].word;
  const { i32 }: JobMemory = set.memory;
  for (let row = 0; row < copy.rowCount; row++) i32[copy.wordOf(row) + word] = renamed[i32[copy.wordOf(row) + word]];
  return copy;
}
