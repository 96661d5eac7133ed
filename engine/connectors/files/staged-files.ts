/** Finds, checks and copies staged files: what a checkpoint recorded must be there, byte for byte. */

import { Checksum } from '../../base/checksum.ts';
import { EngineError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { Storage, StorageFile } from '../../base/storage.ts';
import { attemptFolder, type PartName, partName, type SinkPaths, SUPERSEDED } from './sink-paths.ts';

const COPY_BYTES = 1024 * 1024;

/** A stretch of output as a checkpoint records it: the first `length` bytes of a staged file. */
export interface StagedPart extends PartName {
  /** Attempt whose folder it was written to. */
  readonly attempt: number;
  readonly length: number;
  readonly checksum: number;
  /** It begins with the format's header line. */
  readonly withHead: boolean;
}

export function writePart(part: StagedPart): JsonObject {
  const { subtask, sequence, attempt, length, checksum, withHead } = part;
  return { subtask, sequence, attempt, length, checksum, withHead };
}

export function readPart(value: JsonValue): StagedPart {
  return value as unknown as StagedPart;
}

export function stagedPath(paths: SinkPaths, prefix: string, part: PartName & { readonly attempt: number }): string {
  return `${attemptFolder(paths, part.attempt)}/${partName(prefix, part)}.inprogress`;
}

/**
 * Where the part lies until it is published: in the folder of its own attempt, whatever that is called by now. Another
 * attempt's folder may hold a part of the same name, even of the same length, with other rows.
 */
export function ownPaths(paths: SinkPaths, prefix: string, part: StagedPart): string[] {
  const name = partName(prefix, part);
  return ownFolders(paths, part).map((folder) => `${folder}/${name}.inprogress`);
}

function ownFolders(paths: SinkPaths, part: StagedPart): string[] {
  const folder = attemptFolder(paths, part.attempt);
  return [folder, folder + SUPERSEDED];
}

/** Every place where the part's bytes may lie, likeliest first; whoever takes them compares checksums. */
export function candidatePaths(storage: Storage, paths: SinkPaths, prefix: string, part: StagedPart): string[] {
  const name = partName(prefix, part);
  const folders = ownFolders(paths, part);
  for (const entry of storage.list(paths.staging)) {
    const folder = `${paths.staging}/${entry.name}`;
    if (entry.directory && entry.name.startsWith('attempt-') && !folders.includes(folder)) folders.push(folder);
  }
  const published = paths.mode === 'folder' ? `${paths.target}/${name}${paths.extension}` : paths.target;
  return [...folders.map((folder) => `${folder}/${name}.inprogress`), published];
}

/** Appends exactly the part's bytes to `target` at `position`, from the first place that has them; throws when none has. */
export function copyPart(
  storage: Storage,
  paths: SinkPaths,
  prefix: string,
  part: StagedPart,
  target: StorageFile,
  position: number,
): void {
  for (const path of candidatePaths(storage, paths, prefix, part)) {
    const stat = storage.stat(path);
    if (stat === null || stat.size < part.length) continue;
    if (copyChecked(storage, path, part, target, position)) return;
  }
  throw new EngineError(
    'MR4021',
    `staged output ${partName(prefix, part)} of attempt ${part.attempt} is gone or damaged (${part.length} bytes expected in ${paths.staging})`,
    {
      domain: 'external',
      field: 'path',
      remedy: 'put the file back, or restore from another checkpoint',
    },
  );
}

function copyChecked(storage: Storage, path: string, part: StagedPart, target: StorageFile, position: number): boolean {
  const source = storage.open(path, 'read');
  const buffer = new Uint8Array(Math.min(COPY_BYTES, part.length));
  const checksum = new Checksum();
  try {
    let at = 0;
    while (at < part.length) {
      const bytes = source.read(buffer, 0, Math.min(buffer.length, part.length - at), at);
      if (bytes === 0) return false;
      const piece = buffer.subarray(0, bytes);
      checksum.update(piece);
      target.write(piece, position + at);
      at += bytes;
    }
  } finally {
    source.close();
  }
  return checksum.digest() === part.checksum;
}

/** Creates a folder and makes it and every parent that was missing durable. */
export function makeDurableFolder(storage: Storage, path: string): void {
  if (storage.exists(path)) return;
  const parent = path.slice(0, Math.max(path.lastIndexOf('/'), 1));
  if (parent !== path) makeDurableFolder(storage, parent);
  storage.makeDirectory(path);
  storage.syncDirectory(parent);
}

/** Replaces a small file as a whole, durably. */
export function replaceFile(storage: Storage, path: string, text: string): void {
  const temporary = `${path}.new`;
  if (storage.exists(temporary)) storage.remove(temporary);
  const file = storage.open(temporary, 'create');
  try {
    file.write(new TextEncoder().encode(text), 0);
    file.sync();
  } finally {
    file.close();
  }
  storage.rename(temporary, path);
  storage.syncDirectory(path.slice(0, path.lastIndexOf('/')));
}

/** Content of a small file, null when it is absent. */
export function readSmallFile(storage: Storage, path: string): string | null {
  if (!storage.exists(path)) return null;
  const file = storage.open(path, 'read');
  try {
    const bytes = new Uint8Array(file.size());
    let at = 0;
    while (at < bytes.length) {
      const read = file.read(bytes, at, bytes.length - at, at);
      if (read === 0) break;
      at += read;
    }
    return new TextDecoder().decode(bytes.subarray(0, at));
  } finally {
    file.close();
  }
}
