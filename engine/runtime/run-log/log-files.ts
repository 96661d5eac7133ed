/**
 * The log of one run on disk: files `log-000000.ndjson`, one a segment, to which lines are appended. A line that a crash
 * left half written is passed over when the log is read, and ended before the next one is written. Old segments lose their
 * routine, then go.
 */
import type { Storage, StorageFile } from '../../base/storage.ts';
import type { RunLogEntry } from '../../host/contract.ts';
import { isOldSegment, isRoutine, segmentOf, segmentsToDrop } from './run-log.ts';

const NAME_PATTERN = /^log-(\d{6,})\.ndjson$/;
const TEMPORARY_NAME = 'log.tmp';
const NEWLINE = 10;
/** A segment that is longer was not written by us. */
const SEGMENT_BYTES_MAX = 8 * 1024 * 1024;

export class LogFiles {
  private readonly storage: Storage;
  private readonly folder: string;

  constructor(storage: Storage, folder: string) {
    this.storage = storage;
    this.folder = folder;
  }

  /** The folder must exist. `durable`: on the disk when this returns. */
  append(entries: readonly RunLogEntry[], durable: boolean): void {
    const segments = new Map<number, RunLogEntry[]>();
    for (const entry of entries) {
      const segment = segmentOf(entry.sequence);
      segments.set(segment, [...(segments.get(segment) ?? []), entry]);
    }
    for (const [segment, lines] of segments) {
      const path = this.pathOf(segment);
      const fresh = !this.storage.exists(path);
      appendLines(this.storage, path, lines, durable);
      if (fresh) this.thin(segment);
      if (fresh && durable) this.storage.syncDirectory(this.folder);
    }
  }

  /** In order; lines that cannot be read are left out. */
  read(): readonly RunLogEntry[] {
    return this.segments()
      .sort((a, b) => a - b)
      .flatMap((segment) => readLines(this.storage, this.pathOf(segment)).flatMap(parseEntry));
  }

  /** The same that memory keeps. */
  private thin(newest: number): void {
    for (const segment of this.segments().filter((each) => isOldSegment(each, newest))) {
      // Those before were thinned when they became old.
      if (isOldSegment(segment, newest - 1)) continue;
      const entries = readLines(this.storage, this.pathOf(segment)).flatMap(parseEntry);
      const kept = entries.filter((entry) => !isRoutine(entry));
      if (kept.length === 0) this.storage.remove(this.pathOf(segment));
      else if (kept.length < entries.length) this.replace(segment, kept);
    }
    const old = this.segments().filter((each) => isOldSegment(each, newest));
    for (const segment of segmentsToDrop(old)) this.storage.remove(this.pathOf(segment));
  }

  private replace(segment: number, entries: readonly RunLogEntry[]): void {
    const temporary = `${this.folder}/${TEMPORARY_NAME}`;
    if (this.storage.exists(temporary)) this.storage.remove(temporary);
    appendLines(this.storage, temporary, entries, true);
    this.storage.rename(temporary, this.pathOf(segment));
  }

  private segments(): number[] {
    return this.storage.list(this.folder).flatMap(({ name }) => {
      const match = NAME_PATTERN.exec(name);
      return match === null ? [] : [Number(match[1])];
    });
  }

  private pathOf(segment: number): string {
    return `${this.folder}/log-${String(segment).padStart(6, '0')}.ndjson`;
  }
}

function appendLines(storage: Storage, path: string, entries: readonly RunLogEntry[], durable: boolean): void {
  const file = storage.open(path, 'write');
  try {
    const size = file.size();
    const begin = size > 0 && lastByte(file, size) !== NEWLINE ? '\n' : '';
    file.write(new TextEncoder().encode(begin + entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')), size);
    if (durable) file.sync();
  } finally {
    file.close();
  }
}

function lastByte(file: StorageFile, size: number): number {
  const byte = new Uint8Array(1);
  file.read(byte, 0, 1, size - 1);
  return byte[0];
}

function readLines(storage: Storage, path: string): readonly string[] {
  const file = storage.open(path, 'read');
  try {
    const bytes = new Uint8Array(Math.min(file.size(), SEGMENT_BYTES_MAX));
    const length = file.read(bytes, 0, bytes.length, 0);
    return new TextDecoder().decode(bytes.subarray(0, length)).split('\n');
  } finally {
    file.close();
  }
}

function parseEntry(line: string): readonly RunLogEntry[] {
  if (line === '') return [];
  try {
    const entry: unknown = JSON.parse(line);
    return isEntry(entry) ? [entry] : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is RunLogEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { sequence, atMs, level, code, text } = value as Partial<Record<keyof RunLogEntry, unknown>>;
  const words = text as Partial<Record<'en' | 'zh', unknown>> | null | undefined;
  return (
    typeof sequence === 'number' &&
    typeof atMs === 'number' &&
    (level === 'info' || level === 'warning' || level === 'error') &&
    typeof code === 'string' &&
    typeof words?.en === 'string' &&
    typeof words.zh === 'string'
  );
}
