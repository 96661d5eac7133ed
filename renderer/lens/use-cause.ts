/** The cause for the window that the lens looks at, from the engine's answer, the run, its figures and the drawing. */
import { useDesigner, useStore } from '../app/designer.ts';
import { reachOf } from '../document/reach.ts';
import type { Cause } from './causes.ts';
import { findCause } from './causes.ts';
import type { TimeReading } from './node-times.ts';

/** Null without a run. */
export function useCause(nodeId: string, reading: TimeReading | null): Cause | null {
  const { runs, live, documents } = useDesigner();
  const run = useStore(runs, (state) => state.current);
  const engine = useStore(runs, (state) => state.engine.state);
  const document = useStore(documents, (state) => state.document);
  if (run === null) return null;
  const ids = reachOf(document, new Set([nodeId]), 'upstream');
  const before = [...ids].map((id) => {
    const figures = live.node(id);
    return { nodeId: id, rowsIn: figures?.rowsIn ?? 0, rowsOut: figures?.rowsOut ?? 0 };
  });
  const phase = run.phase === 'running' && engine !== 'ready' ? 'restarting' : run.phase;
  const { paused, parallelism } = run;
  return findCause(reading?.time ?? null, { phase, paused, parallelism, pace: reading?.pace ?? null, before, document });
}
