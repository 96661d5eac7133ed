/** Savepoints made by the writers of operators, without a run, for tests that read and edit them. */
import { JobMemory } from '../../engine/columnar/job-memory.ts';
import type { RestoredSection, SnapshotWriter } from '../../engine/operators/operator.ts';
import { readSavepoint, writeSavepoint } from '../../engine/runtime/state-processor/savepoint-content.ts';
import type { WrittenSection } from '../../engine/runtime/state-processor/state-part.ts';
import { collectSections } from '../../engine/runtime/state-processor/state-part.ts';
import { StateProcessor } from '../../engine/runtime/state-processor/state-processor.ts';
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
  save(storage, sections, RANGES.length);
  return storage;
}

/** What operators wrote as a savepoint, changed there, and read back as they restore it. */
export function editSections(
  sections: readonly RestoredSection[],
  parallelism: number,
  edit: (processor: StateProcessor, target: string) => void,
): RestoredSection[] {
  const storage = new FaultStorage();
  const memory = new JobMemory();
  const stored = sections.flatMap(({ name, distribution, header, bytes, keyGroups, subtaskIndex }) =>
    collectSections(memory, { nodeId: 'node', task: 0, subtaskIndex, keyGroups }, (writer) =>
      writer.section(name, distribution, header, [bytes]),
    ),
  );
  save(storage, stored, parallelism);
  edit(new StateProcessor(storage, '/savepoint'), '/edited');
  return readSavepoint(storage, '/edited').sections.map((section) => section.read());
}

/** The same with everything created anew from the rows it is printed as. */
export function throughRows(sections: readonly RestoredSection[], parallelism: number): RestoredSection[] {
  if (sections.length === 0) return [];
  return editSections(sections, parallelism, (processor, target) => {
    const printed = processor.print({ nodeId: 'node' });
    processor.create(target, { nodeId: 'node' }, linesOf(printed), 0);
  });
}

function save(storage: FaultStorage, sections: readonly WrittenSection[], parallelism: number): void {
  const manifest = {
    jobId: 'job',
    jobName: 'job',
    checkpointId: 7,
    kind: 'savepoint',
    attempt: 1,
    specHash: '',
    parallelism,
    maxParallelism: STORED_MAX_PARALLELISM,
    startedAtMs: 0,
    completedAtMs: 5000,
    finished: false,
    files: [],
    enumerators: [],
    committables: [],
  } as const;
  writeSavepoint(storage, '/savepoint', manifest, sections, 5000);
}

/** Lines as the command line reads them. */
export function linesOf(texts: readonly string[]): { readonly text: string; readonly number: number }[] {
  return texts.map((text, at) => ({ text, number: at + 1 }));
}
