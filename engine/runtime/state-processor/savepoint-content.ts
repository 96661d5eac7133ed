/** A savepoint as the sections it consists of, and a new one written so that it is there as a whole or not at all. */
import { EngineError } from '../../base/errors.ts';
import type { Storage } from '../../base/storage.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import { validateCheckpoint } from '../checkpoints/checkpoint-folder.ts';
import { DamagedFileError } from '../checkpoints/framed-file.ts';
import type { Manifest, ManifestFile } from '../checkpoints/manifest.ts';
import { highestOwner } from '../checkpoints/owner.ts';
import { errorOfFailure } from '../workers/failure.ts';
import { performIo, stateFileName } from '../workers/io-core.ts';
import type { SnapshotSection } from '../workers/messages.ts';
import { readSections } from '../workers/read-section.ts';
import type { StoredSectionContent, WrittenSection } from './state-part.ts';
import { collectSections } from './state-part.ts';

/** A section whose bytes are read when they are wanted. */
export interface FoundSection extends Omit<StoredSectionContent, 'bytes'> {
  readonly length: number;
  read(): StoredSectionContent;
}

export interface SavepointContent {
  readonly path: string;
  readonly manifest: Manifest;
  readonly sections: readonly FoundSection[];
}

/** Reads and checks every file. */
export function readSavepoint(storage: Storage, path: string): SavepointContent {
  const { manifest, states } = validate(storage, path.replace(/\/+$/, ''));
  const sections = states.flatMap(({ path: statePath, file, description }) =>
    description.sections.map((section): FoundSection => {
      const { nodeId, name, distribution, header, keyGroups, length } = section;
      const place = { nodeId, name, distribution, header, keyGroups, subtaskIndex: description.subtask };
      const reference = { ...place, path: statePath, offset: file.payloadOffset + section.offset, length };
      return {
        ...place,
        task: description.task,
        length,
        read: () => ({ nodeId, task: description.task, ...readSections(storage, [reference])[0] }),
      };
    }),
  );
  return { path, manifest, sections };
}

function validate(storage: Storage, path: string): ReturnType<typeof validateCheckpoint> {
  try {
    return validateCheckpoint(storage, path, null);
  } catch (error) {
    if (!(error instanceof DamagedFileError)) throw error;
    throw new EngineError('MR5040', `the savepoint ${path} cannot be read: ${error.message}`, {
      domain: 'user',
      remedy: 'name the folder of a whole checkpoint or savepoint (it holds a file "manifest"); `millrace checkpoints` lists them',
      cause: error,
    });
  }
}

/** As it was written, to be written again. */
export function copySection(found: FoundSection, memory: JobMemory): readonly WrittenSection[] {
  const { name, distribution, header, bytes } = found.read();
  return collectSections(memory, found, (writer) => writer.section(name, distribution, header, [bytes]));
}

/** Writes `path`, which must not be there: state files first, the manifest last, as a run does; a failure leaves nothing behind. */
export function writeSavepoint(
  storage: Storage,
  path: string,
  manifest: Manifest,
  sections: readonly WrittenSection[],
  nowMs: number,
): void {
  if (storage.exists(path)) {
    throw new EngineError('MR5043', `${path} is there already`, {
      domain: 'user',
      remedy: 'name a folder that does not exist: a savepoint is never changed in place',
    });
  }
  try {
    const files = writeFiles(storage, path, manifest, sections);
    const folder = path.slice(0, path.lastIndexOf('/')) || '/';
    const written: Manifest = { ...manifest, kind: 'savepoint', completedAtMs: nowMs, files };
    perform(storage, { type: 'write-manifest', folder, path, owner: highestOwner(storage, folder), manifest: written });
  } catch (error) {
    if (storage.exists(path)) storage.removeTree(path);
    throw error;
  }
}

function writeFiles(storage: Storage, path: string, manifest: Manifest, sections: readonly WrittenSection[]): readonly ManifestFile[] {
  const places = new Map<string, { readonly task: number; readonly subtask: number; readonly sections: SnapshotSection[] }>();
  for (const { task, subtask, section } of sections) {
    const name = stateFileName(task, subtask);
    const place = places.get(name) ?? { task, subtask, sections: [] };
    place.sections.push(section);
    places.set(name, place);
  }
  const { jobId, checkpointId, attempt } = manifest;
  return [...places].map(([name, { task, subtask, sections: own }]) => {
    const snapshot = { checkpointId, task, subtask, sections: own };
    const folder = path.slice(0, path.lastIndexOf('/')) || '/';
    const result = perform(storage, { type: 'write-state', folder, path, jobId, attempt, snapshot });
    if (result.type !== 'state-written') throw new Error('assertion failed: a state file was written');
    return { name, task, subtask, bytes: result.bytes, checksum: result.checksum };
  });
}

function perform(storage: Storage, request: Parameters<typeof performIo>[1]): ReturnType<typeof performIo> {
  const result = performIo(storage, request);
  if (result.type === 'failed') throw errorOfFailure(result.failure);
  return result;
}
