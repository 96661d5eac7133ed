/** How one run of a plan is to be executed. */
import type { RestoreOption } from '../../host/contract.ts';
import type { RestartStrategySettings } from './restart-strategy.ts';

export interface JobOptions {
  /** Folder of this job's checkpoints. */
  readonly folder: string;
  readonly restore: RestoreOption;
  readonly allowNonRestoredState: boolean;
  /** Null: only the final checkpoint. */
  readonly checkpointIntervalMs: number | null;
  readonly checkpointTimeoutMs: number;
  readonly minPauseMs: number;
  /** Checkpoints that may fail in a row before the job fails. */
  readonly tolerableFailures: number;
  /** Complete checkpoints to keep; savepoints are never collected. */
  readonly retained: number;
  readonly restart: RestartStrategySettings;
  readonly ringBytes: number;
  /** A checkpoint that has taken so long overtakes rows that are on their way, and stores them; null: it waits for them. */
  readonly overtakeAfterMs: number | null;
}

export const CHECKPOINT_DEFAULTS = {
  checkpointTimeoutMs: 600_000,
  minPauseMs: 0,
  tolerableFailures: 10,
  retained: 3,
  overtakeAfterMs: null,
} as const;
