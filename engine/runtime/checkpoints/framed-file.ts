/**
 * The form of every file of a checkpoint: a header of 64 bytes, a JSON description, a payload. The header carries magic,
 * format version, both lengths, a checksum over description and payload, and one over itself, so that a torn, flipped,
 * misplaced or foreign file is told from a good one.
 *
 * Header (little-endian): 0 magic "MILLRACE" · 8 u32 format version · 12 u32 kind · 16 u32 description bytes ·
 * 24 f64 payload bytes · 32 u32 checksum of description and payload · 60 u32 checksum of bytes 0…59.
 */

import { Checksum } from '../../base/checksum.ts';
import { EngineError } from '../../base/errors.ts';
import type { JsonObject } from '../../base/json.ts';
import { killPoint } from '../../base/kill-point.ts';
import type { Storage, StorageFile } from '../../base/storage.ts';

export const FORMAT_VERSION = 1;
const HEADER_BYTES = 64;
const MAGIC = [0x4d, 0x49, 0x4c, 0x4c, 0x52, 0x41, 0x43, 0x45];
const READ_BYTES = 1024 * 1024;
/** A description larger than this is damage, not a description. */
const DESCRIPTION_BYTES_MAX = 256 * 1024 * 1024;

export const FILE_KINDS = { state: 1, manifest: 2, owner: 3, marker: 4, baseline: 5, run: 6 } as const;
export type FileKind = keyof typeof FILE_KINDS;

export interface FramedFile {
  readonly description: JsonObject;
  /** Where the payload starts in the file. */
  readonly payloadOffset: number;
  readonly payloadBytes: number;
  readonly checksum: number;
}

/** Bytes of another file, to be copied. */
export interface FileBytes {
  readonly path: string;
  readonly offset: number;
  readonly bytes: number;
}

/** A file that cannot be trusted; `reason` is for people. */
export class DamagedFileError extends EngineError {
  readonly reason: string;

  constructor(path: string, reason: string, cause?: unknown) {
    super('MR5020', `checkpoint file ${path} is damaged: ${reason}`, { domain: 'external', cause });
    this.reason = reason;
  }
}

/** Creates, writes, syncs and closes; a file that storage refuses to finish is removed and the error passed on. Returns its size and checksum. */
export function writeFramedFile(
  storage: Storage,
  path: string,
  kind: FileKind,
  description: JsonObject,
  payload: readonly (Uint8Array | FileBytes)[],
): { bytes: number; checksum: number } {
  const text = new TextEncoder().encode(JSON.stringify(description));
  const checksum = new Checksum().update(text);
  let payloadBytes = 0;
  forEachPart(storage, payload, (part) => {
    checksum.update(part);
    payloadBytes += part.length;
  });
  const digest = checksum.digest();
  const header = encodeHeader(FILE_KINDS[kind], text.length, payloadBytes, digest);
  const file = storage.open(path, 'create');
  let refused = false;
  try {
    killPoint(`checkpoint.${kind}.created`);
    file.write(header, 0);
    file.write(text, HEADER_BYTES);
    killPoint(`checkpoint.${kind}.half`);
    let position = HEADER_BYTES + text.length;
    forEachPart(storage, payload, (part) => {
      file.write(part, position);
      position += part.length;
    });
    killPoint(`checkpoint.${kind}.written`);
    file.sync();
    killPoint(`checkpoint.${kind}.synced`);
  } catch (error) {
    refused = error instanceof EngineError;
    throw error;
  } finally {
    file.close();
    if (refused) removeHalf(storage, path);
  }
  return { bytes: HEADER_BYTES + text.length + payloadBytes, checksum: digest };
}

/** On a full disk it would take room, and the half file of an owner would pass for another run that has taken over. */
function removeHalf(storage: Storage, path: string): void {
  try {
    storage.remove(path);
  } catch {
    // What refused to write may refuse this too; the first error is the one to tell.
  }
}

/** The payload in pieces; those of files are read one by one and used again. */
function forEachPart(storage: Storage, payload: readonly (Uint8Array | FileBytes)[], visit: (part: Uint8Array) => void): void {
  let buffer = new Uint8Array(0);
  for (const part of payload) {
    if (part instanceof Uint8Array) {
      visit(part);
      continue;
    }
    if (buffer.length === 0) buffer = new Uint8Array(READ_BYTES);
    const file = storage.open(part.path, 'read');
    try {
      for (let done = 0; done < part.bytes; ) {
        const count = file.read(buffer, 0, Math.min(READ_BYTES, part.bytes - done), part.offset + done);
        if (count === 0) throw new DamagedFileError(part.path, 'it became shorter while it was copied');
        visit(buffer.subarray(0, count));
        done += count;
      }
    } finally {
      file.close();
    }
  }
}

/** Reads and checks everything; throws DamagedFileError. */
export function readFramedFile(storage: Storage, path: string, kind: FileKind): FramedFile {
  if (!storage.exists(path)) throw new DamagedFileError(path, 'it is missing');
  const file = storage.open(path, 'read');
  try {
    const header = readExactly(file, 0, HEADER_BYTES);
    const view = new DataView(header.buffer);
    checkHeader(path, header, view, kind);
    const descriptionBytes = view.getUint32(16, true);
    const payloadBytes = view.getFloat64(24, true);
    const expectedSize = HEADER_BYTES + descriptionBytes + payloadBytes;
    if (descriptionBytes > DESCRIPTION_BYTES_MAX || file.size() !== expectedSize) {
      throw new DamagedFileError(path, `it has ${file.size()} bytes instead of ${expectedSize}`);
    }
    const text = readExactly(file, HEADER_BYTES, descriptionBytes);
    const checksum = new Checksum().update(text);
    checksumRest(file, HEADER_BYTES + descriptionBytes, payloadBytes, checksum);
    const digest = checksum.digest();
    if (digest !== view.getUint32(32, true)) throw new DamagedFileError(path, 'its checksum does not fit its content');
    return {
      description: JSON.parse(new TextDecoder().decode(text)) as JsonObject,
      payloadOffset: HEADER_BYTES + descriptionBytes,
      payloadBytes,
      checksum: digest,
    };
  } finally {
    file.close();
  }
}

function encodeHeader(kind: number, descriptionBytes: number, payloadBytes: number, checksum: number): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  header.set(MAGIC, 0);
  view.setUint32(8, FORMAT_VERSION, true);
  view.setUint32(12, kind, true);
  view.setUint32(16, descriptionBytes, true);
  view.setFloat64(24, payloadBytes, true);
  view.setUint32(32, checksum, true);
  view.setUint32(60, new Checksum().update(header.subarray(0, 60)).digest(), true);
  return header;
}

function checkHeader(path: string, header: Uint8Array, view: DataView, kind: FileKind): void {
  if (header.length < HEADER_BYTES) throw new DamagedFileError(path, `it has only ${header.length} bytes`);
  if (MAGIC.some((byte, index) => header[index] !== byte)) throw new DamagedFileError(path, 'it does not start like a checkpoint file');
  if (view.getUint32(60, true) !== new Checksum().update(header.subarray(0, 60)).digest()) {
    throw new DamagedFileError(path, 'the checksum of its header is wrong');
  }
  const version = view.getUint32(8, true);
  if (version > FORMAT_VERSION)
    throw new DamagedFileError(path, `it has format version ${version}, newer than ${FORMAT_VERSION}: use a newer Millrace`);
  if (view.getUint32(12, true) !== FILE_KINDS[kind]) throw new DamagedFileError(path, `it is not a ${kind} file`);
}

/** Up to `length` bytes; fewer only at the end of the file. */
function readExactly(file: StorageFile, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const count = file.read(bytes, done, length - done, position + done);
    if (count === 0) return bytes.slice(0, done);
    done += count;
  }
  return bytes;
}

function checksumRest(file: StorageFile, position: number, length: number, checksum: Checksum): void {
  const buffer = new Uint8Array(Math.min(READ_BYTES, length));
  let done = 0;
  while (done < length) {
    const count = file.read(buffer, 0, Math.min(buffer.length, length - done), position + done);
    if (count === 0) return;
    checksum.update(buffer.subarray(0, count));
    done += count;
  }
}
