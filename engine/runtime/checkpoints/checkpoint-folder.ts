/**
 * The folder of one job's checkpoints: names, listing, validation, removal.
 *
 * `<checkpoints>/<job>/owner-000007` who runs it · `chk-000012/` and `sp-000013/` with `t<task>-s<subtask>.state` and,
 * last, `manifest` · `completed` there has been a complete checkpoint (so an absent one is a loss, not a fresh start) ·
 * `spill-<attempt>-<subtask>/` state of the run that goes on which is larger than its memory ·
 * `baseline` the run began afresh or from elsewhere: what was there before is not its past.
 */
import type { JsonObject } from '../../base/json.ts';
import { killPoint } from '../../base/kill-point.ts';
import type { Storage } from '../../base/storage.ts';
import { attemptOfSpillFolder } from '../../state/spill/spill-folder.ts';
import { DamagedFileError, type FramedFile, readFramedFile, writeFramedFile } from './framed-file.ts';
import { asManifest, asStateDescription, type Manifest, type StateDescription } from './manifest.ts';

export const MANIFEST_NAME = 'manifest';
export const MANIFEST_TEMPORARY_NAME = 'manifest.tmp';
const MARKER_NAME = 'completed';
const BASELINE_NAME = 'baseline';
const FOLDER_PATTERN = /^(chk|sp)-(\d{6,})$/;

/** A manifest that has been read; its files may not have been looked at yet. */
export interface FoundCheckpoint {
  readonly id: number;
  readonly kind: 'checkpoint' | 'savepoint';
  readonly path: string;
  /** Null when the manifest itself is damaged. */
  readonly manifest: Manifest | null;
  readonly damage: string | null;
}

export interface ValidCheckpoint {
  readonly path: string;
  readonly manifest: Manifest;
  readonly states: readonly { readonly path: string; readonly file: FramedFile; readonly description: StateDescription }[];
}

/** Job ids are made by us or by documents; what a file system could misread is spelled in hexadecimal. */
export function jobFolder(checkpointDirectory: string, jobId: string): string {
  const name = jobId.replace(/[^A-Za-z0-9_-]/g, (character) => `%${(character.codePointAt(0) ?? 0).toString(16)}`).slice(0, 120);
  return `${checkpointDirectory}/${name}`;
}

export function checkpointPath(folder: string, kind: 'checkpoint' | 'savepoint', id: number): string {
  return `${folder}/${kind === 'checkpoint' ? 'chk' : 'sp'}-${String(id).padStart(6, '0')}`;
}

/** Creates a directory so that it, and whatever above it was missing, survives a power loss. */
export function makeDurableDirectory(storage: Storage, path: string): void {
  if (storage.exists(path)) return;
  const parent = parentOf(path);
  makeDurableDirectory(storage, parent);
  storage.makeDirectory(path);
  storage.syncDirectory(parent);
}

/** The same for a folder that may be left from a process which died before it could sync the folders above. */
export function makeJobFolder(storage: Storage, folder: string): void {
  makeDurableDirectory(storage, folder);
  const parent = parentOf(folder);
  storage.syncDirectory(parent);
  storage.syncDirectory(parentOf(parent));
}

function parentOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end <= 0 ? '/' : path.slice(0, end);
}

/** Checkpoints and savepoints that have a manifest, newest first. */
export function listCheckpoints(storage: Storage, folder: string): FoundCheckpoint[] {
  const found: FoundCheckpoint[] = [];
  for (const { id, kind, path } of listFolders(storage, folder)) {
    if (!storage.exists(`${path}/${MANIFEST_NAME}`)) continue;
    try {
      found.push({ id, kind, path, manifest: readManifest(storage, path), damage: null });
    } catch (error) {
      if (!(error instanceof DamagedFileError)) throw error;
      found.push({ id, kind, path, manifest: null, damage: error.message });
    }
  }
  return found.sort((a, b) => b.id - a.id);
}

/** Every checkpoint folder, complete or not. */
export function listFolders(
  storage: Storage,
  folder: string,
): { readonly id: number; readonly kind: 'checkpoint' | 'savepoint'; readonly path: string }[] {
  return storage.list(folder).flatMap((entry) => {
    const match = FOLDER_PATTERN.exec(entry.name);
    if (match === null || !entry.directory) return [];
    return [
      {
        id: Number(match[2]),
        kind: match[1] === 'chk' ? ('checkpoint' as const) : ('savepoint' as const),
        path: `${folder}/${entry.name}`,
      },
    ];
  });
}

/** Folders of state on disk of attempts up to `attempt`: those of a run that has taken the folder over have higher numbers. */
export function listSpillFolders(storage: Storage, folder: string, attempt: number): string[] {
  return storage
    .list(folder)
    .filter(({ directory, name }) => directory && (attemptOfSpillFolder(name) ?? Number.POSITIVE_INFINITY) <= attempt)
    .map(({ name }) => `${folder}/${name}`);
}

function readManifest(storage: Storage, path: string): Manifest {
  return asManifest(readFramedFile(storage, `${path}/${MANIFEST_NAME}`, 'manifest').description);
}

/**
 * Folders without a manifest, which are from checkpoints that were not finished, and state on disk of attempts up to `attempt`:
 * neither is read again.
 */
export function listLeftovers(storage: Storage, folder: string, attempt: number): string[] {
  const complete = new Set(listCheckpoints(storage, folder).map(({ path }) => path));
  const folders = listFolders(storage, folder).map(({ path }) => path);
  return [...folders.filter((path) => !complete.has(path)), ...listSpillFolders(storage, folder, attempt)];
}

/** Reads everything a checkpoint consists of; throws DamagedFileError at the first thing that is wrong. */
export function validateCheckpoint(storage: Storage, path: string, jobId: string | null): ValidCheckpoint {
  const manifest = readManifest(storage, path);
  if (jobId !== null && manifest.jobId !== jobId)
    throw new DamagedFileError(`${path}/${MANIFEST_NAME}`, `it belongs to job '${manifest.jobId}'`);
  const states = manifest.files.map((expected) => {
    const statePath = `${path}/${expected.name}`;
    const file = readFramedFile(storage, statePath, 'state');
    const description = asStateDescription(file.description);
    if (file.checksum !== expected.checksum)
      throw new DamagedFileError(statePath, 'it is not the file the manifest names (other checksum)');
    if (description.checkpointId !== manifest.checkpointId || description.name !== expected.name || description.jobId !== manifest.jobId) {
      throw new DamagedFileError(statePath, `it belongs to checkpoint ${description.checkpointId} of job '${description.jobId}'`);
    }
    return { path: statePath, file, description };
  });
  return { path, manifest, states };
}

/** First complete checkpoint since the baseline: from now on "none found" means that something was lost. */
export function markCompleted(storage: Storage, folder: string, jobId: string): void {
  if (!hasCompleted(storage, folder)) replaceFile(storage, folder, MARKER_NAME, 'marker', { jobId });
}

export function hasCompleted(storage: Storage, folder: string): boolean {
  return storage.exists(`${folder}/${MARKER_NAME}`);
}

export interface Baseline {
  /** Checkpoints up to this number are not the run's own. */
  readonly upTo: number;
  /** What the run began with instead; null: nothing. */
  readonly restoredFrom: string | null;
}

export function readBaseline(storage: Storage, folder: string): Baseline {
  if (!storage.exists(`${folder}/${BASELINE_NAME}`)) return { upTo: 0, restoredFrom: null };
  return readFramedFile(storage, `${folder}/${BASELINE_NAME}`, 'baseline').description as unknown as Baseline;
}

export function writeBaseline(storage: Storage, folder: string, baseline: Baseline): void {
  replaceFile(storage, folder, BASELINE_NAME, 'baseline', { ...baseline });
  if (!hasCompleted(storage, folder)) return;
  storage.remove(`${folder}/${MARKER_NAME}`);
  storage.syncDirectory(folder);
}

function replaceFile(storage: Storage, folder: string, name: string, kind: 'marker' | 'baseline', description: JsonObject): void {
  const temporary = `${folder}/${name}.tmp`;
  if (storage.exists(temporary)) storage.remove(temporary);
  writeFramedFile(storage, temporary, kind, description, []);
  storage.rename(temporary, `${folder}/${name}`);
  storage.syncDirectory(folder);
}

/** Removes a checkpoint so that half of it is never taken for one: its manifest goes first. */
export function removeCheckpoint(storage: Storage, path: string): void {
  if (storage.exists(`${path}/${MANIFEST_NAME}`)) {
    storage.remove(`${path}/${MANIFEST_NAME}`);
    storage.syncDirectory(path);
  }
  killPoint('checkpoint.collect.half');
  storage.removeTree(path);
  killPoint('checkpoint.collect.removed');
}
