/** Checkpoint files and ownership on a disk that can be damaged: every cut and every flipped bit is noticed. */
import { expect, test } from 'vitest';
import { createNodeProcessTable } from '../../../engine/base/node-process-table.ts';
import type { ProcessIdentity, ProcessTable } from '../../../engine/base/process-identity.ts';
import { DamagedFileError, readFramedFile, writeFramedFile } from '../../../engine/runtime/checkpoints/framed-file.ts';
import { acquireOwnership } from '../../../engine/runtime/checkpoints/owner.ts';
import { FaultStorage } from './fault-storage.ts';

const PAYLOAD = Uint8Array.from({ length: 1500 }, (_, index) => (index * 31) & 255);

function createFile(): FaultStorage {
  const storage = new FaultStorage();
  writeFramedFile(storage, '/file', 'state', { name: 'x' }, [PAYLOAD.subarray(0, 700), PAYLOAD.subarray(700)]);
  return storage;
}

test('what was written is read', () => {
  const storage = createFile();
  const read = readFramedFile(storage, '/file', 'state');
  expect(read.description).toEqual({ name: 'x' });
  expect(storage.bytes('/file').slice(read.payloadOffset, read.payloadOffset + read.payloadBytes)).toEqual(PAYLOAD);
});

test('every cut is noticed', () => {
  for (let length = 0; length < createFile().bytes('/file').length; length += 7) {
    const storage = createFile();
    storage.cut('/file', length);
    expect(() => readFramedFile(storage, '/file', 'state'), `${length}`).toThrow(DamagedFileError);
  }
});

test('every flipped bit is noticed', () => {
  const storage = createFile();
  for (let bit = 0; bit < storage.bytes('/file').length * 8; bit++) {
    storage.flipBit('/file', bit);
    expect(() => readFramedFile(storage, '/file', 'state'), `bit ${bit}`).toThrow(DamagedFileError);
    storage.flipBit('/file', bit);
  }
});

test('a file of another kind, and none at all, are named', () => {
  expect(() => readFramedFile(createFile(), '/file', 'manifest')).toThrow(/it is not a manifest file/);
  expect(() => readFramedFile(createFile(), '/other', 'state')).toThrow(/it is missing/);
});

function processTable(alive: readonly number[], self: number): ProcessTable {
  const identity = (pid: number): ProcessIdentity => ({ pid, bootId: 'b', startTime: '1' });
  return { self: () => identity(self), isAlive: ({ pid }) => alive.includes(pid) };
}

test('a living owner is respected, a dead or released one is followed, numbers only grow', () => {
  const storage = new FaultStorage();
  storage.makeDirectory('/job');
  const first = acquireOwnership(storage, '/job', processTable([1], 1));
  expect(first.attempt).toBe(1);
  expect(() => acquireOwnership(storage, '/job', processTable([1], 2))).toThrow(/another run \(process 1\)/);
  const second = acquireOwnership(storage, '/job', processTable([], 2));
  expect(second.attempt).toBe(2);
  expect(() => first.assertStillOwner()).toThrow(/has taken over/);
  const third = second.renew();
  expect(third.attempt).toBe(3);
  third.release();
  expect(acquireOwnership(storage, '/job', processTable([2], 4)).attempt).toBe(4);
});

test('a disk that is full for a while costs an owner a failed try, not its job', () => {
  const storage = new FaultStorage();
  storage.makeDirectory('/job');
  const processes = processTable([1], 1);
  const first = acquireOwnership(storage, '/job', processes);
  for (const failing of ['write', 'sync'] as const) {
    storage.fault = (operation, path) => (operation === failing && path.startsWith('/job/owner') ? 'ENOSPC' : null);
    for (let tries = 0; tries < 2; tries++) expect(() => first.renew(), failing).toThrow(/ENOSPC/);
  }
  storage.fault = null;
  first.assertStillOwner();
  expect(first.renew().attempt).toBe(2);
});

test('this process is alive, one with another start time or boot is not', () => {
  const table = createNodeProcessTable();
  const self = table.self();
  expect(table.isAlive(self)).toBe(true);
  if (self.startTime === '') return;
  expect(table.isAlive({ ...self, startTime: '1' })).toBe(false);
  expect(table.isAlive({ ...self, bootId: 'another' })).toBe(false);
});
