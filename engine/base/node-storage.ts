/** Storage on the machine's file system, with synchronous calls: a durable protocol is read as it is written. */
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { EngineError } from './errors.ts';
import type { Storage, StorageFile } from './storage.ts';

const FLAGS = { read: 'r', create: 'wx+' } as const;

export function createNodeStorage(): Storage {
  return {
    open: (path, mode) => openFile(path, mode),
    list: (path) => listDirectory(path),
    exists: (path) => existsSync(path),
    stat(path) {
      const found = attempt(path, 'look at', () => statSync(path, { bigint: true, throwIfNoEntry: false }));
      if (found === undefined) return null;
      return { size: Number(found.size), modifiedMs: Number(found.mtimeMs), directory: found.isDirectory(), inode: found.ino };
    },
    rename: (from, to) => attempt(from, `rename to ${to}`, () => renameSync(from, to)),
    remove: (path) => attempt(path, 'remove', () => unlinkSync(path)),
    removeTree: (path) => attempt(path, 'remove', () => rmSync(path, { recursive: true, force: true })),
    makeDirectory: (path) =>
      attempt(path, 'create', () => {
        makeFolders(resolve(path));
      }),
    syncDirectory,
  };
}

/** One by one: mkdirSync with `recursive` never returns where a folder cannot exist, such as below /proc. */
function makeFolders(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return;
  const parent = dirname(path);
  if (parent !== path) makeFolders(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have been quicker.
    if (!existsSync(path) || !statSync(path).isDirectory()) throw error;
  }
}

function openFile(path: string, mode: 'read' | 'write' | 'create'): StorageFile {
  // 'write' keeps what is there: opened for update, created when absent.
  const descriptor = attempt(path, 'open', () => {
    if (mode !== 'write') return openSync(path, FLAGS[mode], 0o644);
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o644));
    return openSync(path, 'r+', 0o644);
  });
  return {
    path,
    read: (target, offset, length, position) => attempt(path, 'read', () => readSync(descriptor, target, offset, length, position)),
    write: (source, position) => writeAll(descriptor, path, source, position),
    size: () => attempt(path, 'look at', () => fstatSync(descriptor).size),
    truncate: (length) => attempt(path, 'truncate', () => ftruncateSync(descriptor, length)),
    sync: () => attempt(path, 'sync', () => fsyncSync(descriptor)),
    close: () => attempt(path, 'close', () => closeSync(descriptor)),
  };
}

function writeAll(descriptor: number, path: string, source: Uint8Array, position: number): void {
  let done = 0;
  while (done < source.length) {
    const from = done;
    done += attempt(path, 'write', () => writeSync(descriptor, source, from, source.length - from, position + from));
  }
}

function listDirectory(path: string): { name: string; directory: boolean }[] {
  if (!existsSync(path)) return [];
  return attempt(path, 'list', () =>
    readdirSync(path, { withFileTypes: true }).map((entry) => ({ name: entry.name, directory: entry.isDirectory() })),
  );
}

/** Windows has no handle of a directory to sync; there renames are made durable by the file system's journal. */
function syncDirectory(path: string): void {
  if (process.platform === 'win32') return;
  attempt(path, 'sync', () => {
    const descriptor = openSync(path, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
}

function attempt<T>(path: string, what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw storageError(path, what, error);
  }
}

function storageError(path: string, what: string, cause: unknown): EngineError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new EngineError('MR1101', `the disk is full: cannot ${what} ${path}`, {
      domain: 'external',
      remedy: 'free some space',
      retryable: true,
      cause,
    });
  }
  return new EngineError('MR1102', `cannot ${what} ${path}: ${code}`, {
    domain: 'external',
    remedy: remedyOf(code),
    retryable: code !== 'ENOENT',
    cause,
  });
}

function remedyOf(code: string): string {
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'give the engine the right to use this path, or choose another';
  if (code === 'ENOENT') return 'check the path';
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'a part of this path is a file; choose another path';
  if (code === 'EMFILE' || code === 'ENFILE') return 'raise the limit of open files';
  return 'check the disk';
}
