/**
 * One run as it is kept: folder `<checkpoints>/<job>/runs/<start>-<run id>/` with `run` (what became of it, replaced as a
 * whole), `pipeline.json` (the document as it was run, to the byte) and the segments of its log.
 */
import type { JsonObject } from '../../base/json.ts';
import type { Storage } from '../../base/storage.ts';
import { sha256Hex } from '../../expressions/functions/support/sha-32.ts';
import type { CheckpointInfo, RunNodeFigures, RunSummary } from '../../host/contract.ts';
import { DamagedFileError, readFramedFile, writeFramedFile } from '../checkpoints/framed-file.ts';

const FOLDER_PATTERN = /^(\d{15})-([A-Za-z0-9-]{1,64})$/;
/** In the folder of a job's checkpoints. */
export const HISTORY_FOLDER = 'runs';
const RECORD_NAME = 'run';
const TEMPORARY_NAME = 'run.tmp';
const SPEC_NAME = 'pipeline.json';

export interface StoredRun extends RunSummary {
  readonly nodes: readonly RunNodeFigures[];
  /** The newest, newest first. */
  readonly checkpoints: readonly CheckpointInfo[];
  readonly updatedAtMs: number;
}

export interface RunFolder {
  readonly runId: string;
  readonly startedAtMs: number;
  readonly path: string;
}

export function runsFolder(jobFolder: string): string {
  return `${jobFolder}/${HISTORY_FOLDER}`;
}

export function runFolder(jobFolder: string, runId: string, startedAtMs: number): RunFolder {
  const path = `${runsFolder(jobFolder)}/${String(Math.floor(startedAtMs)).padStart(15, '0')}-${runId}`;
  return { runId, startedAtMs, path };
}

/** Newest first, by their names alone. */
export function listRunFolders(storage: Storage, jobFolder: string): readonly RunFolder[] {
  const folder = runsFolder(jobFolder);
  return storage
    .list(folder)
    .flatMap((entry): RunFolder[] => {
      const match = FOLDER_PATTERN.exec(entry.name);
      return match === null || !entry.directory
        ? []
        : [{ runId: match[2], startedAtMs: Number(match[1]), path: `${folder}/${entry.name}` }];
    })
    .sort((a, b) => b.startedAtMs - a.startedAtMs);
}

/** Its folder was made, but the process died before anything was said of it. */
export function isEmptyRun(storage: Storage, { path }: RunFolder): boolean {
  return !storage.exists(`${path}/${RECORD_NAME}`);
}

/** A crash leaves the old one or the new one. */
export function writeRun(storage: Storage, { path }: RunFolder, run: StoredRun): void {
  const temporary = `${path}/${TEMPORARY_NAME}`;
  if (storage.exists(temporary)) storage.remove(temporary);
  writeFramedFile(storage, temporary, 'run', run as unknown as JsonObject, []);
  storage.rename(temporary, `${path}/${RECORD_NAME}`);
  storage.syncDirectory(path);
}

/** Throws DamagedFileError. */
export function readRun(storage: Storage, { path, runId }: RunFolder): StoredRun {
  const file = `${path}/${RECORD_NAME}`;
  const run = readFramedFile(storage, file, 'run').description as unknown as StoredRun;
  if (run.runId !== runId) throw new DamagedFileError(file, `it belongs to run ${run.runId}`);
  return run;
}

export function hashOfSpec(text: string): string {
  return sha256Hex(new TextEncoder().encode(text));
}

export function writeSpec(storage: Storage, { path }: RunFolder, text: string): void {
  const file = storage.open(`${path}/${SPEC_NAME}`, 'write');
  try {
    const bytes = new TextEncoder().encode(text);
    file.truncate(0);
    file.write(bytes, 0);
    file.sync();
  } finally {
    file.close();
  }
  storage.syncDirectory(path);
}

/** Throws DamagedFileError when it is not the text that was run. */
export function readSpec(storage: Storage, { path }: RunFolder, hash: string): string {
  const file = `${path}/${SPEC_NAME}`;
  if (!storage.exists(file)) throw new DamagedFileError(file, 'it is missing');
  const opened = storage.open(file, 'read');
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(opened.size());
    opened.read(bytes, 0, bytes.length, 0);
  } finally {
    opened.close();
  }
  if (sha256Hex(bytes) !== hash) throw new DamagedFileError(file, 'it is not the text that was run');
  return new TextDecoder().decode(bytes);
}
