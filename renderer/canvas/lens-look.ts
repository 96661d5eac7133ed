/** What edges tell with another lens than throughput: how far event time lags, how much state they feed, how uneven the next node is. */
import type { Designer } from '../app/designer.ts';
import { formatBytes, formatWatermark } from '../strings/figures.ts';
import type { Chip, EdgeFlow, SceneEdge } from './scene.ts';

const SKEWED_FROM = 1.5;
const KILOBYTE = 1000;

/** The same edge with another width and colour; without rows it rests as ever. */
export function lensFlow({ live, figures }: Designer, edge: SceneEdge, flow: EdgeFlow): EdgeFlow {
  const { lens, skew } = figures.getState();
  if (lens === 'throughput' || flow.rate <= 0) return flow;
  const to = live.node(edge.line.spec.to.node);
  if (lens === 'watermark') {
    const from = live.node(edge.line.spec.from.node);
    const lagMs = from?.watermark == null || !Number.isFinite(from.watermark) ? 0 : Math.max(0, from.atMs - from.watermark);
    return { rate: rateOfWidth(Math.log10(1 + lagMs / 1000)), pressed: 0, tone: 'tide' };
  }
  if (lens === 'state') return { rate: rateOfWidth(Math.log10(1 + (to?.stateBytes ?? 0) / KILOBYTE)), pressed: 0, tone: 'brass' };
  const factor = skew.get(edge.line.spec.to.node)?.factor ?? 1;
  return { rate: flow.rate, pressed: 0, tone: factor >= SKEWED_FROM ? 'hot' : 'flow' };
}

/** Undefined: the lens has no chip of its own. */
export function lensChip({ live, figures }: Designer, edge: SceneEdge): Chip | null | undefined {
  const { lens, skew } = figures.getState();
  if (lens === 'throughput') return undefined;
  const to = live.node(edge.line.spec.to.node);
  const from = live.node(edge.line.spec.from.node);
  if (lens === 'watermark') {
    if (from?.watermark == null || !Number.isFinite(from.watermark)) return null;
    return { kind: 'plain', text: formatWatermark(from.watermark, from.atMs), extra: null };
  }
  if (lens === 'state') return to === null || to.stateBytes === 0 ? null : { kind: 'plain', text: formatBytes(to.stateBytes), extra: null };
  const found = skew.get(edge.line.spec.to.node);
  return found === undefined ? null : { kind: 'plain', text: `${found.factor.toFixed(1)}×`, extra: null };
}

/** A step is a factor of ten, as with rows per second. */
function rateOfWidth(steps: number): number {
  return 10 * 10 ** steps;
}
