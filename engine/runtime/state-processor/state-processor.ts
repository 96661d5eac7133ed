/** What a person may do with the state of a savepoint: list, print, and write a new one with rows put, removed or created. */
import { EngineError } from '../../base/errors.ts';
import type { Storage } from '../../base/storage.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import { isOperatorList } from '../../state/operator-list-state.ts';
import { openGeneralWindows } from './general-windows-part.ts';
import { openIntervalJoin, openWindowJoin } from './join-parts.ts';
import { openKeyedState } from './keyed-state-part.ts';
import { isBroadcast, openBroadcastState, openJsonState, openOperatorList } from './other-parts.ts';
import { openPatterns } from './patterns-part.ts';
import type { FoundSection, SavepointContent } from './savepoint-content.ts';
import { copySection, readSavepoint, writeSavepoint } from './savepoint-content.ts';
import { openSessions } from './sessions-part.ts';
import { openSlices } from './slices-part.ts';
import type { PartContext, StatePart, StoredSectionContent, WrittenSection } from './state-part.ts';
import type { ParsedLine, RowLine, StateRow, StateTable } from './state-table.ts';
import {
  describeMember,
  identityOf,
  keyOf,
  normaliseKey,
  parseRowLine,
  printStateRow,
  readStateRow,
  refuseRow,
  textOf,
} from './state-table.ts';
import { isListOfRows, openListedRows, openSorted } from './waiting-parts.ts';

type OpenPart = (sections: readonly StoredSectionContent[], context: PartContext) => StatePart | null;

/** Keyed state that is shown, by the name of its section. */
const KEYED: Readonly<Record<string, OpenPart>> = {
  'keyed-state': openKeyedState,
  slices: openSlices,
  sessions: openSessions,
  windows: openGeneralWindows,
  patterns: openPatterns,
  'interval join': openIntervalJoin,
  'window join': openWindowJoin,
  sorted: openSorted,
};

/** Why what reads in no other way does not. */
const UNTOLD: Readonly<Record<string, string>> = {
  windows: 'it was written before windows told of what they consist; a savepoint taken now does',
  patterns: 'it was written before patterns told of what they consist; a savepoint taken now does',
};

export interface ListedState {
  readonly nodeId: string;
  readonly state: string;
  readonly kind: string;
  /** `key (BIGINT)`, `value (STRING)`, …; none where the state cannot be shown. */
  readonly members: readonly string[];
  /** Null where they are not known. */
  readonly rows: number | null;
  readonly keys: number | null;
  /** Of everything that is stored with it: states of one node may share a section. */
  readonly bytes: number;
  /** Why it cannot be shown; null when it can. */
  readonly refusal: string | null;
}

export interface StateSelection {
  readonly nodeId?: string;
  readonly state?: string;
  /** JSON text: a list of the key's columns, or the only one; a text may be bare. */
  readonly key?: string;
}

/** One section name of one node. */
interface Group {
  readonly nodeId: string;
  readonly name: string;
  readonly sections: readonly FoundSection[];
  readonly refusal: string | null;
  /** Null where it cannot be shown. */
  readonly part: StatePart | null;
}

export class StateProcessor {
  private readonly storage: Storage;
  private readonly content: SavepointContent;
  private readonly groups: readonly Group[];
  private readonly memory = new JobMemory();

  constructor(storage: Storage, path: string) {
    this.storage = storage;
    this.content = readSavepoint(storage, path);
    const { parallelism, maxParallelism, completedAtMs } = this.content.manifest;
    const context = { memory: this.memory, parallelism, maxParallelism, takenAtMs: completedAtMs };
    this.groups = groupSections(this.content.sections).map((sections) => openGroup(sections, context));
  }

  list(): readonly ListedState[] {
    return this.groups.flatMap(({ nodeId, name, sections, part, refusal }) => {
      const bytes = sections.reduce((sum, { length, header }) => sum + (length > 0 ? length : JSON.stringify(header).length), 0);
      if (part === null) return [{ nodeId, state: name, kind: 'not shown', members: [], rows: null, keys: null, bytes, refusal }];
      const rows = part.rows();
      return part.tables.map((table): ListedState => {
        const own = rows.filter((row) => row.table === table);
        const keys = keyMember(table) ? new Set(own.map(keyOf)).size : null;
        const members = table.members.map(describeMember);
        return { nodeId, state: table.state, kind: table.kind, members, rows: own.length, keys, bytes, refusal: null };
      });
    });
  }

  /** Lines of JSON. */
  print(selection: StateSelection): readonly string[] {
    const fits = matcher(selection);
    return this.choose(selection).flatMap(({ group: { nodeId }, part }) =>
      part
        .rows()
        .filter((row) => fits(row, nodeId))
        .map((row) => printStateRow(nodeId, row)),
    );
  }

  /** Rows take the place of those with the same key (and entry, time, slice); the others stay. Answers how many were put. */
  put(target: string, lines: readonly RowLine[], nowMs: number): number {
    const given = this.readRows(lines);
    const sections = this.change((group, part) => {
      const put = given.get(group);
      if (put === undefined) return null;
      const byIdentity = new Map([...part.rows(), ...put].map((row) => [identityOf(row), row]));
      return [...byIdentity.values()];
    });
    writeSavepoint(this.storage, target, this.content.manifest, sections, nowMs);
    return lines.length;
  }

  /** Answers how many rows were removed; none is refused. */
  remove(target: string, selection: StateSelection, nowMs: number): number {
    const chosen = new Set(this.choose(selection).map(({ group }) => group));
    const fits = matcher(selection);
    let removed = 0;
    const sections = this.change((group, part) => {
      if (!chosen.has(group)) return null;
      const rows = part.rows();
      const kept = rows.filter((row) => !fits(row, group.nodeId));
      removed += rows.length - kept.length;
      return kept;
    });
    if (removed === 0) {
      throw new EngineError('MR5044', `nothing in ${this.content.path} fits ${describeSelection(selection)}`, {
        domain: 'user',
        ...(selection.nodeId === undefined ? {} : { nodeId: selection.nodeId }),
        field: 'key',
        remedy: '`state print` shows what is there',
      });
    }
    writeSavepoint(this.storage, target, this.content.manifest, sections, nowMs);
    return removed;
  }

  /** The chosen state consists of exactly these rows; everything else is as it was. */
  create(target: string, selection: StateSelection, lines: readonly RowLine[], nowMs: number): number {
    const chosen = new Set(this.choose(selection).map(({ group }) => group));
    const given = this.readRows(lines);
    const fits = matcher(selection);
    for (const [group, rows] of given) {
      const stray = rows.find((row) => !fits(row, group.nodeId));
      if (stray !== undefined) {
        throw new EngineError(
          'MR5044',
          `a row is of state '${stray.table.state}' of node '${group.nodeId}', not of ${describeSelection(selection)}`,
          {
            domain: 'user',
            nodeId: group.nodeId,
            field: 'state',
            remedy: 'give rows of what is created only, or choose more',
          },
        );
      }
    }
    const sections = this.change((group, part) => {
      if (!chosen.has(group)) return null;
      const kept = part.rows().filter((row) => !fits(row, group.nodeId));
      const created = new Map((given.get(group) ?? []).map((row) => [identityOf(row), row]));
      return [...kept, ...created.values()];
    });
    writeSavepoint(this.storage, target, this.content.manifest, sections, nowMs);
    return lines.length;
  }

  /** Sections of the new savepoint; null from `rowsOf`: as they were. */
  private change(rowsOf: (group: Group, part: StatePart) => readonly StateRow[] | null): readonly WrittenSection[] {
    return this.groups.flatMap((group) => {
      const rows = group.part === null ? null : rowsOf(group, group.part);
      return rows === null || group.part === null
        ? group.sections.flatMap((section) => copySection(section, this.memory))
        : group.part.write(rows);
    });
  }

  /** Parts that hold what is chosen; what is not there, or cannot be shown, is refused by name. */
  private choose(selection: StateSelection): readonly { readonly group: Group; readonly part: StatePart }[] {
    const { nodeId, state } = selection;
    const ofNode = this.groups.filter((group) => nodeId === undefined || group.nodeId === nodeId);
    if (nodeId !== undefined && ofNode.length === 0) throw this.unknownNode(nodeId);
    const named = ofNode.filter(
      ({ name, part }) => state === undefined || (part === null ? name === state : part.tables.some((table) => table.state === state)),
    );
    if (state !== undefined && named.length === 0) throw this.unknownState(nodeId, state, ofNode);
    const hidden = named.find(({ part }) => part === null);
    if (hidden !== undefined && (state !== undefined || nodeId !== undefined)) throw refuseHidden(hidden);
    return named.flatMap((group) => (group.part === null ? [] : [{ group, part: group.part }]));
  }

  private readRows(lines: readonly RowLine[]): ReadonlyMap<Group, readonly StateRow[]> {
    const given = new Map<Group, StateRow[]>();
    for (const line of lines) {
      const parsed = parseRowLine(line);
      const { group, table } = this.tableOf(parsed);
      given.set(group, [...(given.get(group) ?? []), readStateRow(group.nodeId, table, parsed)]);
    }
    return given;
  }

  private tableOf(parsed: ParsedLine): { readonly group: Group; readonly table: StateTable } {
    const [nodeId, state] = [textOf(parsed, 'node'), textOf(parsed, 'state')];
    const [chosen] = this.choose({ nodeId, state });
    const table = chosen?.part.tables.find((each) => each.state === state);
    if (chosen === undefined || table === undefined) throw refuseRow(parsed.line, nodeId, 'state', 'must be a state of the node', state);
    return { group: chosen.group, table };
  }

  private unknownNode(nodeId: string): EngineError {
    const known = [...new Set(this.groups.map((group) => group.nodeId))].join(', ');
    return new EngineError('MR5041', `the savepoint holds no state of a node '${nodeId}'; it holds that of ${known || 'none'}`, {
      domain: 'user',
      nodeId,
      field: 'node',
      remedy: 'name one of them; `state list` shows them',
    });
  }

  private unknownState(nodeId: string | undefined, state: string, groups: readonly Group[]): EngineError {
    const known = groups.flatMap(({ name, part }) => (part === null ? [name] : part.tables.map((table) => table.state))).join(', ');
    return new EngineError(
      'MR5041',
      `${nodeId === undefined ? 'the savepoint' : `node '${nodeId}'`} has no state '${state}'; there is ${known}`,
      {
        domain: 'user',
        ...(nodeId === undefined ? {} : { nodeId }),
        field: 'state',
        remedy: 'name one of them; `state list` shows them',
      },
    );
  }
}

function groupSections(sections: readonly FoundSection[]): readonly (readonly FoundSection[])[] {
  const groups = new Map<string, FoundSection[]>();
  for (const section of sections) {
    const name = JSON.stringify([section.nodeId, section.distribution, section.name]);
    groups.set(name, [...(groups.get(name) ?? []), section]);
  }
  return [...groups.values()];
}

function openGroup(sections: readonly FoundSection[], context: PartContext): Group {
  const [{ nodeId, name, distribution }] = sections;
  const refusal = (distribution === 'keyed' ? UNTOLD[name] : undefined) ?? 'state of a form that is not known here';
  const contents = sections.map((section) => section.read());
  const part = readable(nodeId, name, () => openerOf(contents[0])?.(contents, context) ?? null);
  if (part === null) return { nodeId, name, sections, refusal, part };
  const { tables } = part;
  return {
    nodeId,
    name,
    sections,
    refusal,
    part: { tables, rows: () => readable(nodeId, name, () => part.rows()), write: (rows) => part.write(rows) },
  };
}

/** Files whose checksums are right may still have been made by somebody else: what does not read as it says of itself is damage. */
function readable<Result>(nodeId: string, name: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError('MR5040', `state '${name}' of node '${nodeId}' does not read as its header says`, {
      domain: 'user',
      nodeId,
      field: 'state',
      remedy: 'take another savepoint; this one was not written by a run',
      cause: error,
    });
  }
}

function openerOf(section: StoredSectionContent): OpenPart | undefined {
  if (section.distribution === 'keyed') return KEYED[section.name];
  if (isOperatorList(section)) return openOperatorList;
  if (isListOfRows(section)) return openListedRows;
  return isBroadcast(section) ? openBroadcastState : openJsonState;
}

function refuseHidden({ nodeId, name, refusal }: Group): EngineError {
  return new EngineError('MR5045', `state '${name}' of node '${nodeId}' cannot be shown as rows: ${refusal}`, {
    domain: 'user',
    nodeId,
    field: 'state',
    remedy: 'leave it as it is: a savepoint made from this one carries it along',
  });
}

function keyMember(table: StateTable): boolean {
  return table.members.some(({ name }) => name === 'key');
}

/** Whether a row is one of those chosen; the key is read once for every table. */
function matcher({ nodeId, state, key }: StateSelection): (row: StateRow, ofNode: string) => boolean {
  const keys = new Map<StateTable, string | null>();
  return (row, ofNode) => {
    if (nodeId !== undefined && nodeId !== ofNode) return false;
    if (state !== undefined && state !== row.table.state) return false;
    if (key === undefined) return true;
    const wanted = keys.has(row.table) ? keys.get(row.table) : normaliseKey(row.table, ofNode, key);
    keys.set(row.table, wanted ?? null);
    return wanted !== null && keyOf(row) === wanted;
  };
}

function describeSelection({ nodeId, state, key }: StateSelection): string {
  return [
    nodeId === undefined ? 'any node' : `node '${nodeId}'`,
    ...(state === undefined ? [] : [`state '${state}'`]),
    ...(key === undefined ? [] : [`key ${key}`]),
  ].join(', ');
}
