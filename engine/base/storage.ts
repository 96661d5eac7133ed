/**
 * Files as the engine sees them: synchronous, explicit about durability, injected so that tests can lose what was not
 * synced, tear writes and fill the disk. Every durable protocol is written against this and nothing else.
 */

export interface StorageFile {
  readonly path: string;
  /** Reads up to `length` bytes at `position` into `target` at `offset`; returns the bytes read, 0 at the end. */
  read(target: Uint8Array, offset: number, length: number, position: number): number;
  /** Writes all of `source` at `position`. Throws EngineError MR1101 (disk full), MR1102 (other I/O errors). */
  write(source: Uint8Array, position: number): void;
  size(): number;
  truncate(length: number): void;
  /** After a failure the file must be abandoned: never sync the same descriptor again. */
  sync(): void;
  close(): void;
}

export interface StorageEntry {
  readonly name: string;
  readonly directory: boolean;
}

export interface Storage {
  /** `read` needs the file to exist; `create` fails if it does; `write` creates or keeps. */
  open(path: string, mode: 'read' | 'write' | 'create'): StorageFile;
  /** Lists a directory; an absent one is an empty list. */
  list(path: string): StorageEntry[];
  exists(path: string): boolean;
  stat(path: string): { readonly size: number; readonly modifiedMs: number; readonly directory: boolean; readonly inode: bigint } | null;
  rename(from: string, to: string): void;
  remove(path: string): void;
  removeTree(path: string): void;
  /** Creates the directory and its parents. */
  makeDirectory(path: string): void;
  /** Makes entries of a directory (creations, renames, removals) durable. */
  syncDirectory(path: string): void;
}
