/**
 * The stack of unfinished operator calls of a task: what an operator has emitted is handed to its targets one by one,
 * and a target in the same task gets a frame on top, which is worked off before the next is served.
 */
import { assert } from '../../base/assert.ts';
import type { Arena } from '../../columnar/arena.ts';
import type { Batch } from '../../columnar/batch.ts';
import { WATERMARK_MIN } from '../../operators/operator.ts';
import { bytesOf } from './batch-bytes.ts';
import type { ValveOutput } from './channel-valve.ts';
import { type Frame, type ItemKind, PARTS } from './frame.ts';
import { lastMark } from './input-gate.ts';
import type { Target, TaskOperator } from './task-operator.ts';

/** Every so many batches of a port their size is measured. */
const SIZE_SAMPLE_BATCHES = 64;

export class FrameStack {
  depth = 0;
  private readonly frames: Frame[] = [];
  private readonly arena: Arena;

  constructor(arena: Arena) {
    this.arena = arena;
  }

  top(): Frame {
    return this.frames[this.depth - 1];
  }

  startDelivery(frame: Frame): void {
    frame.phase = 'deliver';
    frame.part = 0;
    frame.port = 0;
    frame.target = 0;
  }

  /** Hands on what the operator has pending, up to the first direct target (its frame goes on top) or full channel (false). */
  deliver(frame: Frame): boolean {
    const { operator } = frame;
    for (; frame.part < PARTS.length; frame.part++, frame.port = 0) {
      for (; frame.port < operator.ports.length; frame.port++, frame.target = 0) {
        if (!isPending(operator, frame)) continue;
        const { targets } = operator.ports[frame.port];
        while (frame.target < targets.length) {
          const target = targets[frame.target];
          if (target.writer !== null && !this.writePart(operator, frame, target)) return false;
          frame.target++;
          if (target.direct !== null && this.passPart(operator, frame, target.direct, target)) return true;
        }
        this.finishPart(operator, frame);
      }
    }
    this.endDelivery(frame);
    return true;
  }

  private writePart(operator: TaskOperator, frame: Frame, target: Target): boolean {
    const { writer } = target;
    assert(writer !== null, 'the target is a channel');
    switch (PARTS[frame.part]) {
      case 'active':
        return writer.writeStatus(false);
      case 'idle':
        return writer.writeStatus(true);
      case 'batch': {
        const batch = operator.batches[frame.port];
        if (batch === null || !writer.writeBatch(batch)) return batch === null;
        countTarget(operator, frame.port, target, batch);
        return true;
      }
      case 'marks': {
        const batch = operator.batches[frame.port];
        return batch === null || writer.writeWatermark(lastMark(batch));
      }
      case 'watermark':
        return writer.writeWatermark(operator.pendingWatermark);
      default:
        return writer.writeEnd();
    }
  }

  /** Puts the frame of the item on top; false when the valve swallowed it. */
  private passPart(operator: TaskOperator, frame: Frame, to: NonNullable<Target['direct']>, target: Target): boolean {
    const before = this.depth;
    switch (PARTS[frame.part]) {
      case 'active':
        this.deliverStatus(to.operator, to.input, to.channel, false);
        break;
      case 'idle':
        this.deliverStatus(to.operator, to.input, to.channel, true);
        break;
      case 'batch': {
        const batch = operator.batches[frame.port];
        if (batch === null) break;
        countTarget(operator, frame.port, target, batch);
        if (batch.selectedCount > 0) this.deliverBatch(to.operator, to.input, to.channel, batch);
        else this.deliverWatermark(to.operator, to.input, to.channel, lastMark(batch));
        break;
      }
      case 'watermark':
        this.deliverWatermark(to.operator, to.input, to.channel, operator.pendingWatermark);
        break;
      case 'end':
        this.deliverEnd(to.operator, to.input, to.channel);
        break;
      default:
        break;
    }
    return this.depth > before;
  }

  private finishPart(operator: TaskOperator, frame: Frame): void {
    const port = operator.ports[frame.port];
    if (PARTS[frame.part] === 'marks') {
      const batch = operator.batches[frame.port];
      if (batch !== null) port.lastWatermark = lastMark(batch);
    } else if (PARTS[frame.part] === 'watermark') {
      port.lastWatermark = operator.pendingWatermark;
    } else if (PARTS[frame.part] === 'batch') {
      countPort(operator, frame.port);
    }
  }

  private endDelivery(frame: Frame): void {
    const { operator } = frame;
    operator.batches.fill(null);
    operator.pendingActive = false;
    operator.pendingIdle = false;
    operator.pendingWatermark = WATERMARK_MIN;
    if (operator.pendingEnd) operator.ended = true;
    operator.pendingEnd = false;
    this.arena.release(frame.mark);
    if (frame.concluding) frame.phase = 'done';
    else frame.phase = frame.progress === 'more' ? 'drain' : 'conclude';
  }

  deliverBatch(operator: TaskOperator, input: number, channel: number, batch: Batch): void {
    const gate = operator.gates[input];
    gate.countRows(channel, batch.selectedCount);
    operator.observer.input = input;
    operator.observer.channel = channel;
    this.push(operator, 'batch', input).batch = gate.combineMarks(channel, batch, this.arena);
  }

  deliverWatermark(operator: TaskOperator, input: number, channel: number, watermark: bigint): void {
    this.pushValveOutput(operator, input, operator.gates[input].onWatermark(channel, watermark));
  }

  deliverStatus(operator: TaskOperator, input: number, channel: number, idle: boolean): void {
    this.pushValveOutput(operator, input, operator.gates[input].onStatus(channel, idle));
  }

  deliverEnd(operator: TaskOperator, input: number, channel: number): void {
    if (operator.gates[input].onEnd(channel)) this.push(operator, 'end', input);
  }

  /** The stack is last in, first out: the watermark, which comes first, is pushed last. */
  private pushValveOutput(operator: TaskOperator, input: number, output: ValveOutput): void {
    const gate = operator.gates[input];
    if (output.status !== null) {
      gate.idle = output.status === 'idle';
      this.push(operator, 'status', input).idle = gate.idle;
    }
    if (output.watermark !== null) {
      gate.watermark = output.watermark;
      this.push(operator, 'watermark', input).watermark = output.watermark;
    }
  }

  push(operator: TaskOperator, kind: ItemKind, input: number): Frame {
    let frame = this.frames[this.depth];
    if (frame === undefined) {
      frame = {
        operator,
        kind,
        input,
        batch: null,
        watermark: 0n,
        idle: false,
        phase: 'call',
        progress: 'done',
        concluding: false,
        mark: this.arena.mark(),
        part: 0,
        port: 0,
        target: 0,
        reader: null,
      };
      this.frames.push(frame);
    }
    frame.operator = operator;
    frame.kind = kind;
    frame.input = input;
    frame.batch = null;
    frame.phase = 'call';
    frame.concluding = false;
    frame.reader = null;
    this.depth++;
    return frame;
  }

  pop(frame: Frame): void {
    frame.reader?.release();
    frame.reader = null;
    frame.batch = null;
    this.depth--;
    if (this.depth === 0) this.arena.reset();
  }
}

function isPending(operator: TaskOperator, frame: Frame): boolean {
  const batch = operator.batches[frame.port];
  const port = operator.ports[frame.port];
  switch (PARTS[frame.part]) {
    case 'active':
      return operator.pendingActive;
    case 'batch':
      return batch !== null && (batch.selectedCount > 0 || batch.markCount > 0);
    case 'marks':
      return batch !== null && lastMark(batch) > port.lastWatermark;
    case 'watermark':
      return operator.pendingWatermark > port.lastWatermark;
    case 'idle':
      return operator.pendingIdle;
    default:
      return operator.pendingEnd;
  }
}

function countTarget(operator: TaskOperator, port: number, target: Target, batch: Batch): void {
  target.rows += batch.selectedCount;
  target.bytes += batch.selectedCount * operator.ports[port].bytesPerRow;
  target.tap?.add(batch);
}

function countPort(operator: TaskOperator, index: number): void {
  const port = operator.ports[index];
  const batch = operator.batches[index];
  if (batch === null || batch.selectedCount === 0) return;
  port.rows += batch.selectedCount;
  if (port.batches++ % SIZE_SAMPLE_BATCHES === 0) port.bytesPerRow = bytesOf(batch) / batch.selectedCount;
  port.bytes += batch.selectedCount * port.bytesPerRow;
}
