/** Writes down one run while it goes on: its log as it comes, the rest when something happens and every few seconds. */
import type { Clock } from '../../base/clock.ts';
import { EngineError } from '../../base/errors.ts';
import type { ProcessTable } from '../../base/process-identity.ts';
import type { Storage } from '../../base/storage.ts';
import type {
  CheckpointInfo,
  CheckpointPlace,
  NodeMetrics,
  RunLogEntry,
  RunLogPart,
  RunMetrics,
  RunNodeFigures,
  RunOutcome,
  RunStatus,
} from '../../host/contract.ts';
import { makeDurableDirectory } from '../checkpoints/checkpoint-folder.ts';
import { DamagedFileError } from '../checkpoints/framed-file.ts';
import type { Timers } from '../coordinator/world.ts';
import type { StopMode } from '../job-manager-api.ts';
import type { LogEvent } from '../run-log/log-event.ts';
import { LogFiles } from '../run-log/log-files.ts';
import { engineDied, historyNotWritten } from '../run-log/run-events.ts';
import { RunLog } from '../run-log/run-log.ts';
import { RunHistory } from './run-history.ts';
import { hashOfSpec, listRunFolders, type RunFolder, readRun, runFolder, type StoredRun, writeRun, writeSpec } from './stored-run.ts';

/** Figures of a run that only flows are this old at most. */
const SAVE_INTERVAL_MS = 10_000;
const CHECKPOINTS_MAX = 50;

export interface RecorderWorld {
  readonly storage: Storage;
  readonly processes: ProcessTable;
  readonly clock: Clock;
  readonly timers: Timers;
}

/** What is known when a run begins. */
export interface BeginningRun {
  readonly runId: string;
  /** An earlier engine process began it. */
  readonly continues: boolean;
  readonly documentId: string;
  readonly pipelineName: string;
  readonly pipelinePath: string;
  readonly text: string;
  readonly parallelism: number;
  readonly guarantee: RunStatus['guarantee'];
  readonly sources: ReadonlySet<string>;
  readonly sinks: ReadonlySet<string>;
}

export class RunRecorder {
  private readonly world: RecorderWorld;
  private readonly jobFolder: string;
  private readonly beginning: BeginningRun;
  private readonly publish: (entry: RunLogEntry) => void;
  private readonly folder: RunFolder;
  private readonly files: LogFiles;
  private readonly log: RunLog;
  private run: StoredRun;
  /** Logged before there was a folder. */
  private waiting: RunLogEntry[] = [];
  private writes = false;
  private toldFailure = false;
  private changed = false;
  private cancelSave: () => void = () => undefined;

  constructor(world: RecorderWorld, jobFolder: string, beginning: BeginningRun, publish: (entry: RunLogEntry) => void) {
    this.world = world;
    this.jobFolder = jobFolder;
    this.beginning = beginning;
    this.publish = publish;
    const earlier = beginning.continues ? findEarlier(world.storage, jobFolder, beginning.runId) : null;
    const nowMs = world.clock.now();
    this.folder = earlier?.folder ?? runFolder(jobFolder, beginning.runId, nowMs);
    this.files = new LogFiles(world.storage, this.folder.path);
    this.run =
      earlier === null ? newRun(beginning, nowMs) : { ...earlier.run, engineDeaths: earlier.run.engineDeaths + 1, outcome: 'running' };
    this.log = new RunLog(beginning.runId, earlier === null ? [] : this.files.read(), this.run);
    if (earlier !== null) this.add(engineDied(this.run.engineDeaths));
  }

  /** The job's folder is ours from now on. */
  begin(): void {
    const { storage, clock, processes } = this.world;
    this.attempt(() => {
      makeDurableDirectory(storage, this.folder.path);
      new RunHistory(storage, this.jobFolder, processes).prune(clock.now(), this.beginning.runId);
      this.writes = true;
      this.writeRecord();
      writeSpec(storage, this.folder, this.beginning.text);
      this.files.append(this.waiting, false);
    });
    this.waiting = [];
    this.scheduleSave();
  }

  add(event: LogEvent): void {
    const entry = this.log.add(event, this.world.clock.now());
    this.publish(entry);
    this.changed = true;
    if (!this.writes) this.waiting.push(entry);
    else this.attempt(() => this.files.append([entry], entry.level === 'error'));
  }

  entriesAfter(sequence: number): RunLogPart {
    return this.log.after(sequence);
  }

  startsFrom(place: CheckpointPlace | null): void {
    if (this.run.restarts === 0 && this.run.engineDeaths === 0) this.change({ startedFrom: place });
  }

  restarts(): void {
    this.change({ restarts: this.run.restarts + 1 });
    this.save();
  }

  checkpoint(info: CheckpointInfo): void {
    if (info.status === 'in-progress') return;
    const { run } = this;
    const complete = info.status === 'complete';
    this.change({
      checkpoints: [info, ...run.checkpoints].slice(0, CHECKPOINTS_MAX),
      lastCheckpoint: complete ? info : run.lastCheckpoint,
      checkpointsComplete: run.checkpointsComplete + (complete ? 1 : 0),
      checkpointsFailed: run.checkpointsFailed + (complete ? 0 : 1),
    });
  }

  metrics({ nodes }: RunMetrics): void {
    const { sources, sinks } = this.beginning;
    this.change({ nodes: nodes.map(figuresOf), rowsIn: sum(nodes, sources, 'rowsOut'), rowsOut: sum(nodes, sinks, 'rowsIn') });
  }

  stops(mode: StopMode): void {
    this.change({ stopMode: mode });
  }

  end(outcome: Exclude<RunOutcome, 'running'>, error: RunStatus['error']): void {
    this.cancelSave();
    this.change({ outcome, error, endedAtMs: this.world.clock.now() });
    this.save();
  }

  /** Writes what has changed since the last time, so that whoever reads the folder sees this moment. */
  save(): void {
    if (!this.changed) return;
    this.attempt(() => this.writeRecord());
  }

  private change(patch: Partial<StoredRun>): void {
    this.run = { ...this.run, ...patch };
    this.changed = true;
  }

  private writeRecord(): void {
    if (!this.writes) return;
    const { warnings, errors } = this.log;
    this.run = { ...this.run, warnings, errors, updatedAtMs: this.world.clock.now() };
    writeRun(this.world.storage, this.folder, this.run);
    this.changed = false;
  }

  private scheduleSave(): void {
    this.cancelSave = this.world.timers(SAVE_INTERVAL_MS, () => {
      this.save();
      this.scheduleSave();
    });
  }

  /** A history that cannot be written is no reason for a run to fail. */
  private attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (this.toldFailure) return;
      this.toldFailure = true;
      this.publish(this.log.add(historyNotWritten(error.message), this.world.clock.now()));
    }
  }
}

/** Null also when its entry is damaged: then a new one is begun, and the damaged one is told beside it. */
function findEarlier(storage: Storage, jobFolder: string, runId: string): { readonly folder: RunFolder; readonly run: StoredRun } | null {
  for (const folder of listRunFolders(storage, jobFolder)) {
    if (folder.runId !== runId) continue;
    try {
      return { folder, run: readRun(storage, folder) };
    } catch (error) {
      if (!(error instanceof DamagedFileError)) throw error;
    }
  }
  return null;
}

function newRun(beginning: BeginningRun, nowMs: number): StoredRun {
  const { runId, documentId, pipelineName, pipelinePath, parallelism, guarantee, text } = beginning;
  return {
    runId,
    documentId,
    pipelineName,
    pipelinePath,
    startedAtMs: nowMs,
    endedAtMs: null,
    updatedAtMs: nowMs,
    outcome: 'running',
    stopMode: null,
    error: null,
    parallelism,
    guarantee,
    startedFrom: null,
    restarts: 0,
    engineDeaths: 0,
    rowsIn: 0,
    rowsOut: 0,
    checkpointsComplete: 0,
    checkpointsFailed: 0,
    lastCheckpoint: null,
    warnings: 0,
    errors: 0,
    specHash: hashOfSpec(text),
    nodes: [],
    checkpoints: [],
  };
}

function figuresOf(metrics: NodeMetrics): RunNodeFigures {
  const { nodeId, rowsIn, rowsOut, bytesIn, bytesOut, busyMs, lateRecords, badRecords, stateBytes, stateKeys } = metrics;
  return { nodeId, rowsIn, rowsOut, bytesIn, bytesOut, busyMs, lateRecords, badRecords, stateBytes, stateKeys };
}

function sum(nodes: readonly NodeMetrics[], ids: ReadonlySet<string>, counter: 'rowsIn' | 'rowsOut'): number {
  return nodes.reduce((total, node) => (ids.has(node.nodeId) ? total + node[counter] : total), 0);
}
