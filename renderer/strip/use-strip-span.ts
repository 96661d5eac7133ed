/** What stretch of time the strip shows now; it moves on with the samples, twice a second. */
import { useSyncExternalStore } from 'react';
import { useDesigner, useStore } from '../app/designer.ts';
import type { StripSpan } from './strip-scale.ts';
import { stripSpan } from './strip-scale.ts';

const MINUTE_MS = 60_000;

export interface ShownSpan extends StripSpan {
  /** The right end of what has happened: now, the end of the run, or where it was held. */
  readonly nowMs: number;
  readonly following: boolean;
  readonly ended: boolean;
}

export function useStripSpan(minutes: number, heldAtMs: number | null): ShownSpan | null {
  const { runs, samples } = useDesigner();
  const run = useStore(runs, (state) => state.current);
  useSyncExternalStore(
    (listener) => samples.subscribe(listener),
    () => samples.count(),
  );
  if (run === null) return null;
  const nowMs = heldAtMs ?? run.endedAtMs ?? Math.max(run.startedAtMs, Date.now());
  return {
    ...stripSpan(run.startedAtMs, nowMs, minutes * MINUTE_MS),
    nowMs,
    following: heldAtMs === null,
    ended: run.endedAtMs !== null,
  };
}
