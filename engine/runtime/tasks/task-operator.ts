/** One operator inside a running task: its ports, what it has emitted in this step, and its counters. */
import { assert } from '../../base/assert.ts';
import type { Batch } from '../../columnar/batch.ts';
import {
  type Operator,
  type OperatorMetrics,
  type Output,
  type SourceOperator,
  WATERMARK_MAX,
  WATERMARK_MIN,
} from '../../operators/operator.ts';
import type { EdgeWriter } from '../channels/edge-writer.ts';
import type { PlanOperator } from '../plan/physical-plan.ts';
import type { EdgeSample } from './edge-sample.ts';
import type { InputGate } from './input-gate.ts';
import { TimeSample } from './time-sample.ts';

/** Where batches of a port go: straight into an operator of the same task, or into channels. */
export interface Target {
  readonly edge: number;
  readonly direct: { readonly operator: TaskOperator; readonly input: number; readonly channel: number } | null;
  readonly writer: EdgeWriter | null;
  rows: number;
  bytes: number;
  tap: EdgeSample | null;
}

export interface OutputPortState {
  readonly targets: Target[];
  lastWatermark: bigint;
  rows: number;
  bytes: number;
  /** Estimated bytes per row, renewed now and then: measuring strings of every batch would cost a pass over them. */
  bytesPerRow: number;
  batches: number;
}

export class TaskOperator implements Output {
  readonly plan: PlanOperator;
  readonly gates: readonly InputGate[];
  readonly ports: readonly OutputPortState[];
  readonly metrics: OperatorMetrics = {
    lateRecords: 0,
    partlyLateRecords: 0,
    behindRecords: 0,
    badRecords: 0,
    stateBytes: 0,
    stateKeys: 0,
  };
  readonly observer: TimeSample;
  operator: Operator | null = null;
  source: SourceOperator | null = null;
  ownWatermarks = false;

  /** What this step has emitted, delivered when the call has returned. */
  readonly batches: (Batch | null)[];
  pendingActive = false;
  pendingIdle = false;
  pendingEnd = false;
  pendingWatermark = WATERMARK_MIN;

  /** Every input has ended and the end has been announced. */
  ended = false;
  /** Combined over the gates, as last forwarded. */
  forwardedIdle = false;
  timerAtMs = Number.POSITIVE_INFINITY;
  /** Sources: not to be polled before this time. */
  pollAtMs = 0;
  waitsForSplit = false;
  /** Time that its own calls took. */
  workMs = 0;
  /** The same by the nodes that it stands for, as far as it has been divided among them. */
  readonly nodeWorkMs: number[];

  constructor(plan: PlanOperator, gates: readonly InputGate[]) {
    this.plan = plan;
    this.gates = gates;
    this.ports = plan.outputSchemas.map(() => ({
      targets: [],
      lastWatermark: WATERMARK_MIN,
      rows: 0,
      bytes: 0,
      bytesPerRow: 0,
      batches: 0,
    }));
    this.batches = plan.outputSchemas.map(() => null);
    this.nodeWorkMs = plan.nodeIds.map(() => 0);
    this.observer = new TimeSample();
  }

  emit(port: number, batch: Batch): void {
    assert(port >= 0 && port < this.batches.length, `node ${this.plan.nodeId} has ${this.batches.length} output ports, not ${port + 1}`);
    assert(this.batches[port] === null, `node ${this.plan.nodeId} emitted two batches on port ${port} in one step`);
    this.batches[port] = batch;
  }

  emitWatermark(watermark: bigint): void {
    if (watermark > this.pendingWatermark) this.pendingWatermark = watermark;
  }

  emitStatus(idle: boolean): void {
    if (idle) this.pendingIdle = true;
    else this.pendingActive = true;
  }

  /** After an item: what passes on by itself. */
  forwardEventTime(): void {
    const idle = this.gates.every((gate) => gate.idle);
    const watermark = this.combinedWatermark(idle);
    // The end of event time passes everything.
    if (this.ownWatermarks && watermark !== WATERMARK_MAX) return;
    if (watermark > this.pendingWatermark) this.pendingWatermark = watermark;
    if (this.ownWatermarks) return;
    if (idle !== this.forwardedIdle) {
      this.forwardedIdle = idle;
      if (idle) this.pendingIdle = true;
      else this.pendingActive = true;
    }
  }

  /** Minimum over the active inputs; once all are idle, the maximum (two inputs always flush it, see semantics). */
  combinedWatermark(allIdle: boolean): bigint {
    let combined: bigint | null = null;
    for (const gate of this.gates) {
      if (allIdle ? combined === null || gate.watermark > combined : !gate.idle && (combined === null || gate.watermark < combined)) {
        combined = gate.watermark;
      }
    }
    return combined ?? WATERMARK_MIN;
  }

  /** True when every channel a step might write to has room. */
  hasRoom(): boolean {
    for (const port of this.ports) {
      for (const target of port.targets) {
        if (target.writer !== null && !target.writer.hasRoom()) return false;
      }
    }
    return true;
  }

  /** Lowest watermark at the inputs; for sources, what has been sent. */
  currentWatermark(): bigint {
    if (this.gates.length > 0) return this.combinedWatermark(this.gates.every((gate) => gate.idle));
    return this.ended ? WATERMARK_MAX : WATERMARK_MIN;
  }
}
