/** The durable half of a checkpoint: writes, syncs and renames, in the order that survives a power loss at any point. */
import { EngineError } from '../../base/errors.ts';
import { killPoint } from '../../base/kill-point.ts';
import type { Storage } from '../../base/storage.ts';
import { MANIFEST_NAME, MANIFEST_TEMPORARY_NAME, makeDurableDirectory, removeCheckpoint } from '../checkpoints/checkpoint-folder.ts';
import { writeFramedFile } from '../checkpoints/framed-file.ts';
import { asJson, type StoredSection } from '../checkpoints/manifest.ts';
import { highestOwner } from '../checkpoints/owner.ts';
import { describeFailure } from './failure.ts';
import type { IoRequest, IoResult } from './io-messages.ts';

export function performIo(storage: Storage, request: IoRequest): IoResult {
  try {
    switch (request.type) {
      case 'sync-outputs':
        return syncOutputs(storage, request.paths);
      case 'write-state':
        return writeState(storage, request);
      case 'write-manifest':
        return writeManifest(storage, request);
      default:
        return remove(storage, request.paths);
    }
  } catch (error) {
    return { type: 'failed', failure: describeFailure(error, null) };
  }
}

export function stateFileName(task: number, subtask: number): string {
  return `t${task}-s${subtask}.state`;
}

/** Files, then the folders their entries stand in. */
function syncOutputs(storage: Storage, paths: readonly string[]): IoResult {
  for (const path of paths) {
    const file = storage.open(path, 'write');
    try {
      file.sync();
    } finally {
      file.close();
    }
  }
  const folders = new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/'))));
  for (const folder of folders) storage.syncDirectory(folder);
  killPoint('checkpoint.outputs.synced');
  return { type: 'outputs-synced' };
}

function writeState(storage: Storage, request: Extract<IoRequest, { type: 'write-state' }>): IoResult {
  const { snapshot, path, jobId, attempt } = request;
  makeDurableDirectory(storage, path);
  killPoint('checkpoint.folder.made');
  const name = stateFileName(snapshot.task, snapshot.subtask);
  let offset = 0;
  const sections = snapshot.sections.map((section): StoredSection => {
    const { nodeId, name: sectionName, distribution, header, keyGroups, bytes, files } = section;
    const length = files.reduce((sum, file) => sum + file.bytes, bytes);
    const stored = { nodeId, name: sectionName, distribution, header, keyGroups, offset, length };
    offset += length;
    return stored;
  });
  const { checkpointId, task, subtask } = snapshot;
  const description = asJson({ jobId, checkpointId, attempt, name, task, subtask, sections });
  const payload = snapshot.sections.flatMap((section) => [new Uint8Array(section.buffer, 0, section.bytes), ...section.files]);
  const written = writeFramedFile(storage, `${path}/${name}`, 'state', description, payload);
  return { type: 'state-written', ...written };
}

function writeManifest(storage: Storage, request: Extract<IoRequest, { type: 'write-manifest' }>): IoResult {
  const { path, folder, owner, manifest } = request;
  // A checkpoint without state files has not made its folder yet.
  makeDurableDirectory(storage, path);
  storage.syncDirectory(path);
  killPoint('checkpoint.entries.synced');
  const temporary = `${path}/${MANIFEST_TEMPORARY_NAME}`;
  const { bytes } = writeFramedFile(storage, temporary, 'manifest', asJson(manifest), []);
  const highest = highestOwner(storage, folder);
  if (highest !== owner) {
    throw new EngineError(
      'MR5011',
      highest === 0
        ? `checkpoint folder ${folder} was deleted or emptied while the job was running`
        : `another run has taken over checkpoint folder ${folder} (owner ${highest}, we are ${owner})`,
      {
        domain: 'external',
        retryable: false,
      },
    );
  }
  storage.rename(temporary, `${path}/${MANIFEST_NAME}`);
  killPoint('checkpoint.manifest.renamed');
  storage.syncDirectory(path);
  killPoint('checkpoint.complete');
  return { type: 'manifest-written', bytes };
}

function remove(storage: Storage, paths: readonly string[]): IoResult {
  const failures: string[] = [];
  for (const path of paths) {
    try {
      if (storage.exists(path)) removeCheckpoint(storage, path);
    } catch (error) {
      failures.push(describeFailure(error, null).message);
    }
  }
  return { type: 'removed', failures };
}
