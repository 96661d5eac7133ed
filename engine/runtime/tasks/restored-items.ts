/** What was on its way at a checkpoint, between its restore and its delivery: it goes before everything that channels bring. */
import { createBatch } from '../../columnar/batch.ts';
import { attachBatch } from '../../columnar/batch-transfer.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import { relocateBatch } from '../channels/relocate-batch.ts';
import type { FrameStack } from './frame-stack.ts';
import type { ChannelName, InFlightItem } from './in-flight.ts';
import type { TaskOperator } from './task-operator.ts';

export interface RestoredItem {
  readonly operator: TaskOperator;
  readonly input: number;
  /** Index among the channels of the input. */
  readonly channel: number;
  readonly name: ChannelName;
  readonly item: InFlightItem;
}

export class RestoredItems {
  private readonly memory: JobMemory;
  private waiting: RestoredItem[] = [];

  constructor(memory: JobMemory) {
    this.memory = memory;
  }

  add(items: readonly RestoredItem[]): void {
    this.waiting.push(...items);
  }

  list(): readonly RestoredItem[] {
    return this.waiting;
  }

  isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /** Puts the next one on the stack; false when there is none. */
  deliver(stack: FrameStack): boolean {
    const next = this.waiting.shift();
    if (next === undefined) return false;
    const { operator, input, channel, item, name } = next;
    if (item.kind === 'watermark') {
      stack.deliverWatermark(operator, input, channel, item.watermark);
      return true;
    }
    const { memory } = this;
    const bytes = item.bytes.length;
    const address = memory.allocateRegion(bytes);
    memory.u8.set(item.bytes, address);
    const batch = createBatch(memory, name.schema);
    attachBatch(memory, address, batch);
    relocateBatch(batch, address - item.origin);
    stack.deliverBatch(operator, input, channel, batch);
    stack.top().reader = { release: () => memory.freeRegion(address, bytes) };
    return true;
  }
}
