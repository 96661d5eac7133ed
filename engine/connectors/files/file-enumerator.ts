/** Finds the files of a source and hands them out as splits, in file order. */
import { isAbsolute, join } from 'node:path';
import { EngineError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { CoordinatorEnvironment, SplitEnumerator } from '../../operators/operator.ts';
import { untouchedSplit, writeSplit } from './file-split.ts';
import { findFiles } from './glob.ts';

/** NDJSON is read in chunks of this size, so that several readers share a file and few windows are open at a time. */
export const CHUNK_BYTES = 16 * 1024 * 1024;
/** A reader of followed files that asks for a split all the same is told to wait this long. */
const FOLLOWED_WAIT_MS = 60_000;

export interface FileSourceSettings {
  readonly path: string;
  readonly format: 'ndjson' | 'csv';
  readonly follow: boolean;
}

interface KnownFile {
  readonly path: string;
  readonly inode: string;
  readonly size: number;
}

export class FileEnumerator implements SplitEnumerator {
  private readonly settings: FileSourceSettings;
  private readonly environment: CoordinatorEnvironment;
  /** Files not handed out completely, in order. */
  private files: KnownFile[] = [];
  /** Bytes of the first of them that were handed out. */
  private offset = 0;

  constructor(settings: FileSourceSettings, environment: CoordinatorEnvironment) {
    this.settings = settings;
    this.environment = environment;
  }

  open(restored: JsonValue | null): void {
    if (restored !== null) {
      const state = restored as JsonObject;
      this.files = (state.files as readonly JsonValue[]).map((file) => file as unknown as KnownFile);
      this.offset = Number(state.offset);
      return;
    }
    // Readers of followed files find them by themselves, because the files are theirs for as long as the run lasts.
    if (this.settings.follow) return;
    if (!this.discover()) {
      throw new EngineError('MR4002', `no file matches ${this.settings.path} (looked for ${this.pattern()})`, {
        domain: 'user',
        nodeId: this.environment.nodeId,
        field: 'path',
        remedy: 'correct the path, or switch on “Keep reading as files grow” to wait for files',
      });
    }
  }

  nextSplit(): ReturnType<SplitEnumerator['nextSplit']> {
    if (this.settings.follow) return { kind: 'wait', retryAfterMs: FOLLOWED_WAIT_MS };
    const [file] = this.files;
    if (file === undefined) return { kind: 'none' };
    const start = this.offset;
    const end = this.chunkEnd(file);
    if (end >= file.size) {
      this.files.shift();
      this.offset = 0;
    } else this.offset = end;
    return { kind: 'split', split: writeSplit(untouchedSplit(file.path, file.inode, start, end)) };
  }

  snapshot(): JsonValue {
    return { files: this.files.map((file) => ({ ...file })), offset: this.offset };
  }

  close(): void {
    this.files = [];
  }

  private chunkEnd(file: KnownFile): number {
    return this.settings.format === 'csv' ? file.size : Math.min(file.size, this.offset + CHUNK_BYTES);
  }

  private pattern(): string {
    const { path } = this.settings;
    return isAbsolute(path) ? path : join(this.environment.baseDirectory, path);
  }

  /** False when no file matches; empty files match, but there is nothing to hand out. */
  private discover(): boolean {
    let found = false;
    for (const path of findFiles(this.environment.storage, this.pattern())) {
      const stat = this.environment.storage.stat(path);
      if (stat === null || stat.directory) continue;
      found = true;
      if (stat.size > 0) this.files.push({ path, inode: String(stat.inode), size: stat.size });
    }
    return found;
  }
}
