/** The durable list of running jobs: written when a run starts, removed when it ends, read by the engine that follows a dead one. */
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { JobStartRequest } from '../../runtime/job-manager-api.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { preparePrivateDirectory } from './state-directory.ts';

const RECORD_SUFFIX = '.run.json';
const RECORD_VERSION = 1;
/** A pipeline that kills its engine again and again must not keep all others from running. */
export const ENGINE_DEATHS_MAX = 10;

export interface RunRecord {
  readonly version: typeof RECORD_VERSION;
  readonly runId: string;
  readonly startedAtMs: number;
  /** Engine processes that died while this run was going. */
  readonly engineDeaths: number;
  readonly request: JobStartRequest;
}

export class RunRecords {
  private readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
    preparePrivateDirectory(directory);
  }

  async put(record: Omit<RunRecord, 'version'>): Promise<void> {
    await writeFileAtomically(this.fileOf(record.runId), JSON.stringify({ version: RECORD_VERSION, ...record }), 0o600);
  }

  async remove(runId: string): Promise<void> {
    await rm(this.fileOf(runId), { force: true });
  }

  /** Oldest first. A record that cannot be read is removed: it would be met again at every start. */
  async list(): Promise<readonly RunRecord[]> {
    const names = (await readdir(this.directory)).filter((name) => name.endsWith(RECORD_SUFFIX));
    const records = await Promise.all(names.map((name) => this.read(name)));
    return records.filter((record) => record !== null).sort((left, right) => left.startedAtMs - right.startedAtMs);
  }

  private async read(name: string): Promise<RunRecord | null> {
    const file = path.join(this.directory, name);
    try {
      const value: RunRecord = JSON.parse(await readFile(file, 'utf8'));
      if (value.version === RECORD_VERSION && `${value.runId}${RECORD_SUFFIX}` === name) return value;
    } catch {
      // Falls through to the removal: written by another version, or damaged with the disk.
    }
    await rm(file, { force: true });
    return null;
  }

  /** Run ids are made by the engine from letters, digits and dashes. */
  private fileOf(runId: string): string {
    return path.join(this.directory, `${runId.replace(/[^A-Za-z0-9-]/g, '_')}${RECORD_SUFFIX}`);
  }
}
