/** Tells one launch of Millrace from the next: whether the last one ended by itself, and which runs it left behind. */
import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { InterruptedRun } from '../contract.ts';
import { documentIdOf } from './files.ts';
import { RunRecords } from './run-records.ts';
import { preparePrivateDirectory } from './state-directory.ts';

export class Launches {
  /** Names this launch. */
  readonly id = randomUUID();
  /** An earlier launch was killed, or its machine went down. */
  readonly crashed: boolean;
  private readonly own: string;
  private readonly runsDirectory: string;
  private interrupted: Promise<readonly InterruptedRun[]> | null = null;

  constructor(stateDirectory: string) {
    const directory = path.join(stateDirectory, 'launches');
    preparePrivateDirectory(directory);
    this.runsDirectory = path.join(stateDirectory, 'runs');
    const dead = readdirSync(directory).filter((name) => !isAlive(name));
    for (const name of dead) rmSync(path.join(directory, name), { force: true });
    this.crashed = dead.length > 0;
    this.own = path.join(directory, String(process.pid));
    writeFileSync(this.own, this.id, { mode: 0o600 });
  }

  /** Runs of launches that have ended, newest first: their checkpoints are there to go on from. */
  interruptedRuns(): Promise<readonly InterruptedRun[]> {
    this.interrupted ??= this.collect();
    return this.interrupted;
  }

  close(): void {
    rmSync(this.own, { force: true });
  }

  /** The folders are removed once they are read: what they say is remembered for this launch only. */
  private async collect(): Promise<readonly InterruptedRun[]> {
    preparePrivateDirectory(this.runsDirectory);
    const found: InterruptedRun[] = [];
    for (const name of readdirSync(this.runsDirectory).filter((candidate) => !isAlive(candidate))) {
      const folder = path.join(this.runsDirectory, name);
      for (const { runId, startedAtMs, request } of await new RunRecords(folder).list()) {
        found.push({ runId, startedAtMs, path: request.path, documentId: documentIdOf(request.text) ?? '' });
      }
      await rm(folder, { recursive: true, force: true });
    }
    return found.sort((left, right) => right.startedAtMs - left.startedAtMs);
  }
}

/** Folders and files are named after the process of the host. */
function isAlive(name: string): boolean {
  const pid = Number(name);
  if (!Number.isInteger(pid) || pid <= 0) return true;
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
