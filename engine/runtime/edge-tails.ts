/** Newest rows of edges somebody watches: asking starts the sampling, not asking for a while ends it. */
import { EngineError } from '../base/errors.ts';
import type { PhysicalPlan } from './plan/physical-plan.ts';

const ROWS_KEPT = 200;
const UNWATCHED_MS = 5000;

interface Tail {
  lines: string[];
  /** Number of the newest line. */
  last: number;
  total: number;
  askedAtMs: number;
}

/** Where an edge of the document is in the plan: a planned edge, or the way between two fused stages. */
export interface TapPlace {
  readonly edge: number;
  readonly operator: number;
  readonly stage: number;
}

export function findTapPlace(plan: PhysicalPlan, edgeId: string): TapPlace | null {
  const edge = plan.edges.find((each) => each.documentEdges.includes(edgeId));
  if (edge !== undefined) return { edge: edge.index, operator: -1, stage: -1 };
  for (const operator of plan.operators) {
    const stage = operator.innerEdges.indexOf(edgeId);
    if (stage >= 0) return { edge: -1, operator: operator.index, stage };
  }
  return null;
}

export class EdgeTails {
  private readonly plan: PhysicalPlan;
  private readonly tails = new Map<string, Tail>();
  private readonly tap: (edgeId: string, place: TapPlace, rowsMax: number) => void;
  /** The highest number of a line of any tail: what begins again goes on behind it, so that nobody who asks has seen its lines. */
  private highest: number;

  /** `firstNumber`: above all that an earlier engine gave to lines of this run. */
  constructor(plan: PhysicalPlan, firstNumber: number, tap: (edgeId: string, place: TapPlace, rowsMax: number) => void) {
    this.plan = plan;
    this.highest = firstNumber;
    this.tap = tap;
  }

  /** The lines behind number `after`; the newest, if they are more than `rowsMax`. */
  read(edgeId: string, after: number, rowsMax: number, nowMs: number): { rows: readonly string[]; total: number; last: number } {
    const tail = this.tails.get(edgeId) ?? this.begin(edgeId, nowMs);
    tail.askedAtMs = nowMs;
    const { lines, last, total } = tail;
    const count = Math.min(rowsMax, lines.length, last - after);
    return { rows: count <= 0 ? [] : lines.slice(-count), total, last };
  }

  add(edgeId: string, lines: readonly string[], rows: number): void {
    const tail = this.tails.get(edgeId);
    if (tail === undefined) return;
    tail.total += rows;
    tail.lines = [...tail.lines, ...lines].slice(-ROWS_KEPT);
    tail.last += lines.length;
    this.highest = Math.max(this.highest, tail.last);
  }

  /** New workers know nothing of the taps of their predecessors. */
  renew(): void {
    for (const edgeId of this.tails.keys()) this.send(edgeId, ROWS_KEPT);
  }

  endUnwatched(nowMs: number): void {
    for (const [edgeId, tail] of this.tails) {
      if (nowMs - tail.askedAtMs < UNWATCHED_MS) continue;
      this.tails.delete(edgeId);
      this.send(edgeId, 0);
    }
  }

  private begin(edgeId: string, nowMs: number): Tail {
    const tail: Tail = { lines: [], last: this.highest, total: 0, askedAtMs: nowMs };
    this.tails.set(edgeId, tail);
    this.send(edgeId, ROWS_KEPT);
    return tail;
  }

  private send(edgeId: string, rowsMax: number): void {
    const place = findTapPlace(this.plan, edgeId);
    if (place === null)
      throw new EngineError('MR5004', `the run has no edge '${edgeId}'`, {
        domain: 'user',
        remedy: 'the pipeline was changed after the run began',
      });
    this.tap(edgeId, place, rowsMax);
  }
}
