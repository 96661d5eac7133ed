/** Writes one staged file from an output buffer and keeps its length and checksum. */

import { Checksum } from '../../base/checksum.ts';
import type { Storage, StorageFile } from '../../base/storage.ts';
import type { OutputBuffer } from '../../formats/output-buffer.ts';
import type { PartName } from './sink-paths.ts';
import type { StagedPart } from './staged-files.ts';

export class PartWriter {
  readonly name: PartName;
  readonly path: string;
  readonly openedAtMs: number;
  length = 0;
  private withHead = false;
  private readonly attempt: number;
  private readonly file: StorageFile;
  private readonly checksum = new Checksum();

  constructor(storage: Storage, path: string, name: PartName, attempt: number, openedAtMs: number) {
    this.name = name;
    this.path = path;
    this.attempt = attempt;
    this.openedAtMs = openedAtMs;
    // A file of this name is what an aborted start of this very attempt left behind.
    if (storage.exists(path)) storage.remove(path);
    this.file = storage.open(path, 'create');
  }

  /** Opens the file with its header line; nothing when the format has none. */
  writeHead(head: Uint8Array): void {
    this.withHead = head.length > 0;
    this.append(head);
  }

  append(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.file.write(bytes, this.length);
    this.checksum.update(bytes);
    this.length += bytes.length;
  }

  /** Writes the buffer's bytes and empties it. */
  flush(output: OutputBuffer): void {
    this.append(output.bytes());
    output.length = 0;
  }

  /** What has been written so far. */
  part(): StagedPart {
    return { ...this.name, attempt: this.attempt, length: this.length, checksum: this.checksum.digest(), withHead: this.withHead };
  }

  close(): void {
    this.file.close();
  }
}
