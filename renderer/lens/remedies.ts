/** Ways out of a cause, those that the product really has; the first is the one to take. Pure. */
import type { Cause } from './causes.ts';

export type Remedy =
  | { readonly kind: 'one-subtask' }
  /** Looks at the out-of-orderness where it is set. */
  | { readonly kind: 'lower-delay'; readonly nodeId: string; readonly field: string; readonly delayMs: number }
  | { readonly kind: 'open-node'; readonly nodeId: string }
  | { readonly kind: 'resume' }
  | { readonly kind: 'run' };

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
      return parallelism > 1 ? [{ kind: 'one-subtask' }, { kind: 'open-node', nodeId: cause.source.nodeId }] : [];
    case 'never-sent':
    case 'quiet':
      return parallelism > 1 && !cause.sender.alone ? [{ kind: 'one-subtask' }] : [];
    case 'not-reached':
      // With a shorter delay the rows that are here already would have moved the watermark far enough.
      return cause.rule !== null && cause.rule.delayMs > 0 && (cause.next.needsMs ?? 0) <= cause.rule.delayMs
        ? [{ kind: 'lower-delay', nodeId: cause.rule.nodeId, field: cause.rule.field, delayMs: cause.rule.delayMs }]
        : [];
    default:
      return [];
  }
}
