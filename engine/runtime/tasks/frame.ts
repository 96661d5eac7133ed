/** One unfinished call of an operator: the entries of a task's explicit stack, so that a full ring can stop it anywhere. */
import type { Arena } from '../../columnar/arena.ts';
import type { Batch } from '../../columnar/batch.ts';
import type { Progress } from '../../operators/operator.ts';
import type { TaskOperator } from './task-operator.ts';

export type ItemKind = 'poll' | 'batch' | 'watermark' | 'status' | 'end' | 'timer' | 'finish';

/**
 * call → deliver (→ call while the operator says `more`) → conclude → deliver what passes on by itself → done.
 */
export type Phase = 'call' | 'drain' | 'deliver' | 'conclude' | 'done';

/** What is delivered, in this order, each to every target of every port. */
export const PARTS = ['active', 'batch', 'marks', 'watermark', 'idle', 'end'] as const;

export interface Frame {
  operator: TaskOperator;
  kind: ItemKind;
  input: number;
  batch: Batch | null;
  watermark: bigint;
  idle: boolean;
  phase: Phase;
  progress: Progress;
  /** True while what the end of the item set free is delivered. */
  concluding: boolean;
  mark: ReturnType<Arena['mark']>;
  part: number;
  port: number;
  target: number;
  /** Where the item stands: released when the frame is done. */
  reader: { release(): void } | null;
}
