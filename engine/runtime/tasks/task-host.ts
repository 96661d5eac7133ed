/** What surrounds a task: the channels that end in it, and who answers what it asks. */
import type { ChannelReader } from '../channels/channel.ts';
import type { ChannelName, InFlightChannel } from './in-flight.ts';
import type { TaskOperator } from './task-operator.ts';

/** A channel that ends in this task. */
export interface TaskChannel {
  readonly reader: ChannelReader;
  readonly operator: TaskOperator;
  readonly input: number;
  /** Index among the channels of the input. */
  readonly channel: number;
  readonly name: ChannelName;
}

export interface TaskHost {
  /** Asks the enumerator of a source for a split; the answer comes through `addSplit` or `noMoreSplits`. */
  requestSplit(operator: TaskOperator): void;
  /** It has nothing more to read. */
  sourceEnded(operator: TaskOperator): void;
  /** Every operator is drained at barrier `checkpointId`: take their state. With `more`, rows that were on their way follow. */
  snapshot(checkpointId: number, operators: readonly TaskOperator[], more: boolean): void;
  inFlight(checkpointId: number, channels: readonly InFlightChannel[]): void;
}

export type TaskState = 'progress' | 'idle' | 'blocked' | 'ended';
