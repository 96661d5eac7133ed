/** Savepoints made by the writers of operators, without a run, for tests that read and edit them. */
import { JobMemory } from '../../engine/columnar/job-memory.ts';
import type { SnapshotWriter } from '../../engine/operators/operator.ts';
import { writeSavepoint } from '../../engine/runtime/state-processor/savepoint-content.ts';
import { collectSections } from '../../engine/runtime/state-processor/state-part.ts';
import { FaultStorage } from '../faults/storage/fault-storage.ts';

export const STORED_MAX_PARALLELISM = 128;
export const RANGES = [
  { start: 0, end: 63 },
  { start: 64, end: 127 },
];

/** A savepoint of two subtasks, in which the writer of a node was called with the key groups of each. */
export function savepointOf(
  write: (writer: SnapshotWriter, memory: JobMemory, subtask: number, storage: FaultStorage) => void,
): FaultStorage {
  const storage = new FaultStorage();
  const memory = new JobMemory();
  const sections = RANGES.flatMap((keyGroups, subtaskIndex) =>
    collectSections(memory, { nodeId: 'node', task: 0, subtaskIndex, keyGroups }, (writer) => write(writer, memory, subtaskIndex, storage)),
  );
  const manifest = {
    jobId: 'job',
    jobName: 'job',
    checkpointId: 7,
    kind: 'savepoint',
    attempt: 1,
    specHash: '',
    parallelism: 2,
    maxParallelism: STORED_MAX_PARALLELISM,
    startedAtMs: 0,
    completedAtMs: 5000,
    finished: false,
    files: [],
    enumerators: [],
    committables: [],
  } as const;
  writeSavepoint(storage, '/savepoint', manifest, sections, 5000);
  return storage;
}

/** Lines as the command line reads them. */
export function linesOf(texts: readonly string[]): { readonly text: string; readonly number: number }[] {
  return texts.map((text, at) => ({ text, number: at + 1 }));
}
