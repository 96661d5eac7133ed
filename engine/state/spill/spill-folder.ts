/**
 * Files for state beyond the memory it may take: written once, read while the run lives, worthless after it. What makes state
 * durable are checkpoints, so nothing here is ever synced. A file goes when its owner drops it and no checkpoint that is
 * being written copies from it any more.
 */
import { assert } from '../../base/assert.ts';
import { EngineError } from '../../base/errors.ts';
import type { Storage, StorageFile } from '../../base/storage.ts';

const FOLDER_PATTERN = /^spill-(\d+)-\d+$/;
const DISK_FULL = 'MR1101';

/** Folder of one subtask of one attempt, beside the job's checkpoints. */
export function spillFolderName(attempt: number, subtask: number): string {
  return `spill-${attempt}-${subtask}`;
}

/** Null: it is no such folder. */
export function attemptOfSpillFolder(name: string): number | null {
  const found = FOLDER_PATTERN.exec(name);
  return found === null ? null : Number(found[1]);
}

/** The files of one operator of one subtask. */
export class SpillFolder {
  /** Bytes in files that have an owner. */
  diskBytes = 0;
  /** Bytes written and read since the start. */
  writtenBytes = 0;
  readBytes = 0;
  readonly path: string;
  private readonly storage: Storage;
  private made = false;
  private created = 0;
  private readonly files = new Map<string, SpillFile>();
  /** Paths that a checkpoint being written copies from. */
  private readonly held = new Map<number, Set<string>>();

  constructor(storage: Storage, path: string) {
    this.storage = storage;
    this.path = path;
  }

  create(): SpillFile {
    const path = `${this.path}/${this.created++}.run`;
    const file = this.trying(() => {
      if (!this.made) this.storage.makeDirectory(this.path);
      this.made = true;
      return this.storage.open(path, 'create');
    });
    const created = new SpillFile(this, path, file);
    this.files.set(path, created);
    return created;
  }

  /** Keeps the file until the checkpoint has been written or given up. */
  hold(checkpointId: number, path: string): void {
    const held = this.held.get(checkpointId);
    if (held === undefined) this.held.set(checkpointId, new Set([path]));
    else held.add(path);
  }

  letGo(checkpointId: number): void {
    const paths = this.held.get(checkpointId);
    this.held.delete(checkpointId);
    for (const path of paths ?? []) this.removeUnused(path);
  }

  /** The run lets go of everything, held or not. */
  close(): void {
    for (const file of this.files.values()) file.seal();
    this.files.clear();
    this.held.clear();
    this.diskBytes = 0;
    if (this.made) this.storage.removeTree(this.path);
    this.made = false;
  }

  /** Runs an access of the disk; what it refuses is told with the way out. */
  trying<T>(access: () => T): T {
    try {
      return access();
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const full = error.code === DISK_FULL;
      throw new EngineError(full ? 'MR5046' : 'MR5047', `state cannot be kept on disk in ${this.path}: ${error.message}`, {
        domain: 'external',
        cause: error,
        retryable: error.details.retryable ?? true,
        remedy: full
          ? 'free space there, set the checkpoint folder of the job to a disk with more of it, or raise the state memory'
          : 'make the folder writable, set the checkpoint folder of the job to another one, or set its state backend to memory',
      });
    }
  }

  open(path: string): StorageFile {
    return this.storage.open(path, 'read');
  }

  /** The owner needs the file no more. */
  forget(file: SpillFile): void {
    this.diskBytes -= file.size;
    this.files.delete(file.path);
    this.removeUnused(file.path);
  }

  private removeUnused(path: string): void {
    if (this.files.has(path)) return;
    for (const paths of this.held.values()) if (paths.has(path)) return;
    this.trying(() => {
      if (this.storage.exists(path)) this.storage.remove(path);
    });
  }
}

/** One file, written from its beginning to its end and never changed. */
export class SpillFile {
  readonly path: string;
  size = 0;
  private readonly folder: SpillFolder;
  /** Null: sealed, opened for each read. */
  private file: StorageFile | null;
  private dropped = false;

  constructor(folder: SpillFolder, path: string, file: StorageFile) {
    this.folder = folder;
    this.path = path;
    this.file = file;
  }

  append(bytes: Uint8Array): void {
    const { file } = this;
    assert(file !== null, 'a sealed file is not written to');
    this.folder.trying(() => file.write(bytes, this.size));
    this.size += bytes.length;
    this.folder.diskBytes += bytes.length;
    this.folder.writtenBytes += bytes.length;
  }

  /** Fills `target` from `offset` on. */
  read(target: Uint8Array, offset: number): void {
    const count = this.folder.trying(() => {
      const file = this.file ?? this.folder.open(this.path);
      let done = 0;
      try {
        while (done < target.length) {
          const read = file.read(target, done, target.length - done, offset + done);
          if (read === 0) break;
          done += read;
        }
      } finally {
        if (this.file === null) file.close();
      }
      return done;
    });
    this.folder.readBytes += count;
    if (count === target.length) return;
    throw new EngineError('MR5047', `state cannot be read back from ${this.path}: the file became shorter`, {
      domain: 'external',
      retryable: true,
      remedy: 'leave the files beside the checkpoints alone while the job runs',
    });
  }

  /** A checkpoint copies from the file: it stays until that has been written or given up. */
  hold(checkpointId: number): void {
    this.folder.hold(checkpointId, this.path);
  }

  /** Given up by its owner. */
  drop(): void {
    assert(!this.dropped, 'a file of state is dropped once');
    this.dropped = true;
    this.seal();
    this.folder.forget(this);
  }

  /** All is written and reads will be few: hundreds of files must not stay open. */
  seal(): void {
    this.file?.close();
    this.file = null;
  }
}
