/** A node's stored state of one kind, over all subtasks: the tables it is shown as, its rows, and sections made of rows. */
import { assert } from '../../base/assert.ts';
import { EngineError } from '../../base/errors.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import type { KeyGroupRange, RestoredSection } from '../../operators/operator.ts';
import { SnapshotBuffers } from '../checkpoints/snapshot-buffers.ts';
import { SnapshotCollector } from '../checkpoints/snapshot-collector.ts';
import type { SnapshotSection } from '../workers/messages.ts';
import type { StateRow, StateTable } from './state-table.ts';

/** A section with the task and the subtask whose file it stands in. */
export interface StoredSectionContent extends RestoredSection {
  readonly nodeId: string;
  readonly task: number;
}

/** A section made anew, with where it belongs. */
export interface WrittenSection {
  readonly task: number;
  readonly subtask: number;
  readonly section: SnapshotSection;
}

export interface PartContext {
  readonly memory: JobMemory;
  readonly maxParallelism: number;
  readonly parallelism: number;
  /** Stands for the time of an access that a row does not tell. */
  readonly takenAtMs: number;
}

export interface StatePart {
  readonly tables: readonly StateTable[];
  rows(): readonly StateRow[];
  /** Sections that hold exactly these rows, in place of those that were read. */
  write(rows: readonly StateRow[]): readonly WrittenSection[];
}

/** What an operator's own writer hands over for one subtask. */
export function collectSections(
  memory: JobMemory,
  place: { readonly nodeId: string; readonly task: number; readonly subtaskIndex: number; readonly keyGroups: KeyGroupRange },
  write: (writer: SnapshotCollector) => void,
): readonly WrittenSection[] {
  const collector = new SnapshotCollector(0, memory, new SnapshotBuffers());
  collector.beginOperator(place.nodeId, place.keyGroups);
  write(collector);
  return collector.sections.map((section) => ({ task: place.task, subtask: place.subtaskIndex, section }));
}

/** Some state tells how a key lies in memory only by the keys it holds. */
export function refuseFirstRow(nodeId: string, state: string): EngineError {
  return new EngineError('MR5045', `state '${state}' of node '${nodeId}' is empty, which does not tell how its first row is kept`, {
    domain: 'user',
    nodeId,
    field: 'state',
    remedy: 'take the savepoint while a window is open',
  });
}

/** One section of each subtask that wrote some: there may be several of one. */
export function firstOfSubtasks(sections: readonly StoredSectionContent[]): readonly StoredSectionContent[] {
  const places = new Map(sections.map((section) => [`${section.task} ${section.subtaskIndex}`, section]));
  return [...places.values()];
}

/** Rows dealt out to the sections whose key groups theirs is in. */
export function rowsOfRange(rows: readonly StateRow[], groups: readonly number[], { start, end }: KeyGroupRange): readonly StateRow[] {
  return rows.filter((_, at) => groups[at] >= start && groups[at] <= end);
}

/** A value of a row that the state part itself has read as a time. */
export function asLong(value: ColumnValue): bigint {
  assert(typeof value === 'bigint', 'a time was read as one');
  return value;
}

/** The same of a tuple. */
export function asList(value: ColumnValue): readonly ColumnValue[] {
  assert(Array.isArray(value), 'a list was read as one');
  return value as readonly ColumnValue[];
}
