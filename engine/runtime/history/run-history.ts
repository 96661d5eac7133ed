/** The runs a job has had, as they are kept beside its checkpoints: listed, shown, bounded. */
import { EngineError } from '../../base/errors.ts';
import type { ProcessTable } from '../../base/process-identity.ts';
import type { Storage } from '../../base/storage.ts';
import type { DamagedRun, RunDetail, RunLogPart, RunStatus, RunSummary } from '../../host/contract.ts';
import { listCheckpoints } from '../checkpoints/checkpoint-folder.ts';
import { DamagedFileError } from '../checkpoints/framed-file.ts';
import { hasReadAll } from '../checkpoints/manifest.ts';
import { isOwnedByLiving } from '../checkpoints/owner.ts';
import { LogFiles } from '../run-log/log-files.ts';
import { isEmptyRun, listRunFolders, type RunFolder, readRun, readSpec, type StoredRun, writeRun } from './stored-run.ts';

/** Older runs are removed when another one begins. */
export const RUNS_MAX = 100;
const AGE_MAX_MS = 90 * 86_400_000;
/** Kept whatever their age. */
const RUNS_MIN = 10;
/** Of all files of the history; documents may be large. */
const BYTES_MAX = 256 * 1024 * 1024;

export interface RunList {
  readonly runs: readonly RunSummary[];
  readonly damaged: readonly DamagedRun[];
}

export class RunHistory {
  private readonly storage: Storage;
  private readonly jobFolder: string;
  private readonly processes: ProcessTable;

  constructor(storage: Storage, jobFolder: string, processes: ProcessTable) {
    this.storage = storage;
    this.jobFolder = jobFolder;
    this.processes = processes;
  }

  /** Newest first. */
  list(): RunList {
    const runs: RunSummary[] = [];
    const damaged: DamagedRun[] = [];
    const owned = isOwnedByLiving(this.storage, this.jobFolder, this.processes);
    for (const folder of this.folders()) {
      try {
        const {
          nodes: _nodes,
          checkpoints: _checkpoints,
          updatedAtMs: _updated,
          ...summary
        } = this.settled(folder, owned && runs.length === 0);
        runs.push(summary);
      } catch (error) {
        if (!(error instanceof DamagedFileError)) throw error;
        damaged.push({ runId: folder.runId, startedAtMs: folder.startedAtMs, reason: error.reason });
      }
    }
    return { runs, damaged };
  }

  show(runId: string): RunDetail {
    const folder = this.find(runId);
    const owned = isOwnedByLiving(this.storage, this.jobFolder, this.processes);
    const { updatedAtMs: _updated, ...run } = this.settled(folder, owned && this.folders()[0]?.runId === runId);
    const kept = new Map(this.startingPoints().map((point) => [`${point.kind} ${point.id}`, point.path]));
    const checkpoints = run.checkpoints.map((info) => {
      const path = info.status === 'complete' ? kept.get(`${info.kind} ${info.id}`) : undefined;
      return { ...info, path: path ?? info.path, kept: path !== undefined };
    });
    return { ...run, checkpoints };
  }

  spec(runId: string): string {
    const folder = this.find(runId);
    return readSpec(this.storage, folder, readRun(this.storage, folder).specHash);
  }

  log(runId: string): RunLogPart {
    const entries = new LogFiles(this.storage, this.find(runId).path).read();
    return { entries, last: entries.reduce((highest, entry) => Math.max(highest, entry.sequence), 0) };
  }

  /** A run that its engine left behind and that cannot be gone on with. One that cannot be read stays as it is. */
  markLost(runId: string, error: RunStatus['error'], nowMs: number): void {
    const folder = this.folders().find((each) => each.runId === runId);
    if (folder === undefined) return;
    try {
      const run = readRun(this.storage, folder);
      writeRun(this.storage, folder, { ...run, outcome: 'lost', error, endedAtMs: run.updatedAtMs, updatedAtMs: nowMs });
    } catch (failure) {
      if (!(failure instanceof DamagedFileError)) throw failure;
    }
  }

  /** Removes what is too old, too many, too much, or was never finished; not run `except`, which is beginning. */
  prune(nowMs: number, except: string): void {
    let bytes = 0;
    listRunFolders(this.storage, this.jobFolder).forEach((folder, place) => {
      if (folder.runId === except) return;
      bytes += this.sizeOf(folder);
      const old = place >= RUNS_MIN && nowMs - folder.startedAtMs > AGE_MAX_MS;
      if (old || place >= RUNS_MAX || bytes > BYTES_MAX || isEmptyRun(this.storage, folder)) this.storage.removeTree(folder.path);
    });
  }

  /** As it is to be told: nobody ends the entry of a run whose process was killed. */
  private settled(folder: RunFolder, alive: boolean): StoredRun {
    const run = readRun(this.storage, folder);
    if (run.outcome !== 'running' || alive) return run;
    return { ...run, outcome: 'interrupted', endedAtMs: run.updatedAtMs };
  }

  private find(runId: string): RunFolder {
    const folder = this.folders().find((each) => each.runId === runId);
    if (folder !== undefined) return folder;
    throw new EngineError('MR5026', `the history of this pipeline has no run ${JSON.stringify(runId.slice(0, 80))}`, {
      domain: 'user',
      remedy: 'list its runs; old ones are removed when new ones begin',
    });
  }

  private folders(): readonly RunFolder[] {
    return listRunFolders(this.storage, this.jobFolder).filter((folder) => !isEmptyRun(this.storage, folder));
  }

  /** A finished pipeline has nothing to go on with. */
  private startingPoints(): readonly { readonly id: number; readonly kind: 'checkpoint' | 'savepoint'; readonly path: string }[] {
    if (!this.storage.exists(this.jobFolder)) return [];
    return listCheckpoints(this.storage, this.jobFolder).filter(({ manifest }) => manifest !== null && !hasReadAll(manifest));
  }

  private sizeOf({ path }: RunFolder): number {
    return this.storage.list(path).reduce((sum, { name }) => sum + (this.storage.stat(`${path}/${name}`)?.size ?? 0), 0);
  }
}
