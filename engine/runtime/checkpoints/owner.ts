/**
 * Ownership of a job's checkpoint folder. Each start takes the next number by creating `owner-<n>` exclusively; the
 * highest number is the owner. A file left by a killed process does not hinder its successor: pid, boot and start time
 * tell whether the owner is gone. The number also counts the attempts of the job.
 */
import { EngineError } from '../../base/errors.ts';
import { killPoint } from '../../base/kill-point.ts';
import type { ProcessIdentity, ProcessTable } from '../../base/process-identity.ts';
import type { Storage } from '../../base/storage.ts';
import { DamagedFileError, readFramedFile, writeFramedFile } from './framed-file.ts';

const OWNER_PATTERN = /^owner-(\d{6,})$/;
const TRIES_MAX = 100;

export interface Ownership {
  readonly attempt: number;
  /** Throws MR5011 when somebody else has taken over: nothing may be written any more. */
  assertStillOwner(): void;
  /** The next number, for a restart within this process. */
  renew(): Ownership;
  /** The run has ended; the number stays taken. */
  release(): void;
}

function ownerPath(folder: string, attempt: number): string {
  return `${folder}/owner-${String(attempt).padStart(6, '0')}`;
}

function ownerNumbers(storage: Storage, folder: string): number[] {
  return storage
    .list(folder)
    .flatMap((entry) => {
      const match = OWNER_PATTERN.exec(entry.name);
      return match === null ? [] : [Number(match[1])];
    })
    .sort((a, b) => b - a);
}

/** Number of the present owner; 0 when there has been none. */
export function highestOwner(storage: Storage, folder: string): number {
  const [highest = 0] = ownerNumbers(storage, folder);
  return highest;
}

/** The folder must exist. Refuses with MR5010 while the last owner lives. */
export function acquireOwnership(storage: Storage, folder: string, processes: ProcessTable): Ownership {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const highest = highestOwner(storage, folder);
    if (highest > 0) refuseIfAlive(storage, folder, highest, processes);
    const taken = take(storage, folder, highest + 1, processes.self());
    if (taken) return createOwnership(storage, folder, highest + 1, processes);
  }
  throw new EngineError('MR5010', `checkpoint folder ${folder} is contended`, { domain: 'external', retryable: true });
}

/** A process that still lives runs this job. */
export function isOwnedByLiving(storage: Storage, folder: string, processes: ProcessTable): boolean {
  const highest = highestOwner(storage, folder);
  return highest > 0 && livingOwner(storage, folder, highest, processes) !== null;
}

function livingOwner(storage: Storage, folder: string, attempt: number, processes: ProcessTable): ProcessIdentity | null {
  let identity: ProcessIdentity & { released: boolean };
  try {
    identity = readFramedFile(storage, ownerPath(folder, attempt), 'owner').description as unknown as typeof identity;
  } catch (error) {
    // A torn owner file is from a process that died while it wrote it.
    if (error instanceof DamagedFileError) return null;
    throw error;
  }
  return identity.released || !processes.isAlive(identity) ? null : identity;
}

function refuseIfAlive(storage: Storage, folder: string, attempt: number, processes: ProcessTable): void {
  const owner = livingOwner(storage, folder, attempt, processes);
  if (owner === null) return;
  throw new EngineError('MR5010', `another run (process ${owner.pid}) uses checkpoint folder ${folder}`, {
    domain: 'user',
    remedy: 'stop that run first, or choose another checkpoint folder',
  });
}

/** False when somebody was faster. */
function take(storage: Storage, folder: string, attempt: number, identity: ProcessIdentity): boolean {
  const path = ownerPath(folder, attempt);
  try {
    writeFramedFile(storage, path, 'owner', { ...identity, released: false }, []);
  } catch (error) {
    if (storage.exists(path) && ownerNumbers(storage, folder).includes(attempt) && isExclusionError(error)) return false;
    throw error;
  }
  storage.syncDirectory(folder);
  killPoint('owner.taken');
  for (const older of ownerNumbers(storage, folder)) {
    if (older < attempt) storage.remove(ownerPath(folder, older));
  }
  return true;
}

function isExclusionError(error: unknown): boolean {
  return (
    error instanceof EngineError &&
    error.details.cause instanceof Error &&
    'code' in error.details.cause &&
    error.details.cause.code === 'EEXIST'
  );
}

function createOwnership(storage: Storage, folder: string, attempt: number, processes: ProcessTable): Ownership {
  const assertStillOwner = () => {
    const highest = highestOwner(storage, folder);
    if (highest === attempt) return;
    throw new EngineError(
      'MR5011',
      highest === 0
        ? `checkpoint folder ${folder} was deleted or emptied while the job was running`
        : `another run has taken over checkpoint folder ${folder} (owner ${highest}, we are ${attempt})`,
      {
        domain: 'external',
        remedy: 'let the other run go on, or stop it and restart this one',
        retryable: false,
      },
    );
  };
  return {
    attempt,
    assertStillOwner,
    renew() {
      assertStillOwner();
      if (!take(storage, folder, attempt + 1, processes.self())) assertStillOwner();
      return createOwnership(storage, folder, attempt + 1, processes);
    },
    release() {
      if (highestOwner(storage, folder) !== attempt) return;
      // A new file under the same number, so that a crash in between leaves either the old or the new one.
      const temporary = `${folder}/owner-released.tmp`;
      if (storage.exists(temporary)) storage.remove(temporary);
      writeFramedFile(storage, temporary, 'owner', { ...processes.self(), released: true }, []);
      storage.rename(temporary, ownerPath(folder, attempt));
      storage.syncDirectory(folder);
    },
  };
}
