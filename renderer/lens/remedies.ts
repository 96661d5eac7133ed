/** Ways out of a cause, those that the product really has; the first is the one to take. Pure. */
import type { Cause } from './causes.ts';
import type { TimeRule } from './upstream.ts';

export type Remedy =
  | { readonly kind: 'one-subtask' }
  /** Subtasks without rows hold the others back no more. */
  | { readonly kind: 'idle-after'; readonly nodeId: string; readonly field: string; readonly idleMs: number }
  /** Looks at the out-of-orderness where it is set. */
  | { readonly kind: 'lower-delay'; readonly nodeId: string; readonly field: string; readonly delayMs: number }
  | { readonly kind: 'open-node'; readonly nodeId: string }
  | { readonly kind: 'resume' }
  | { readonly kind: 'run' };

/** Taken as idle sooner than it has been quiet already, in a length of time that people set. */
const IDLE_STEPS_MS: readonly number[] = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600].map((seconds) => seconds * 1000);
const IDLE_USUAL_MS = 30_000;

/** `parallelism` of the drawing: that of the run may be an older one. */
export function remediesFor(cause: Cause, parallelism: number): readonly Remedy[] {
  switch (cause.kind) {
    case 'over':
      return [{ kind: 'run' }];
    case 'paused':
      return [{ kind: 'resume' }];
    case 'no-rows':
      return cause.blocker === null ? [] : [{ kind: 'open-node', nodeId: cause.blocker }];
    case 'silent-source':
      return [{ kind: 'open-node', nodeId: cause.source.nodeId }];
    case 'no-event-time':
      return [{ kind: 'open-node', nodeId: cause.sender.nodeId }];
    case 'too-few-inputs':
      return parallelism > 1 ? [{ kind: 'one-subtask' }, ...idleAfter(cause.rule, IDLE_USUAL_MS)] : idleAfter(cause.rule, IDLE_USUAL_MS);
    case 'never-sent':
      return [...(cause.others > 0 ? idleAfter(cause.rule, IDLE_USUAL_MS) : []), ...oneSubtask(cause.sender.alone, parallelism)];
    case 'quiet':
      return [...(cause.others > 0 ? idleAfter(cause.rule, cause.quietMs / 2) : []), ...oneSubtask(cause.sender.alone, parallelism)];
    case 'not-reached':
      // With a shorter delay the rows that are here already would have moved the watermark far enough.
      return cause.rule !== null && cause.rule.delayMs > 0 && (cause.next.needsMs ?? 0) <= cause.rule.delayMs
        ? [{ kind: 'lower-delay', nodeId: cause.rule.nodeId, field: cause.rule.field, delayMs: cause.rule.delayMs }]
        : [];
    default:
      return [];
  }
}

function idleAfter(rule: TimeRule | null, mostMs: number): readonly Remedy[] {
  if (rule === null || rule.idleField === null) return [];
  const idleMs = IDLE_STEPS_MS.filter((step) => step <= mostMs).at(-1) ?? IDLE_STEPS_MS[0];
  if (rule.idleAfterMs !== null && rule.idleAfterMs <= idleMs) return [];
  return [{ kind: 'idle-after', nodeId: rule.nodeId, field: rule.idleField, idleMs }];
}

function oneSubtask(alone: boolean, parallelism: number): readonly Remedy[] {
  return parallelism > 1 && !alone ? [{ kind: 'one-subtask' }] : [];
}
