/**
 * The loop of a worker thread. It reads the doorbell, takes messages, gives every task a turn, and sleeps only while the
 * doorbell has not rung since. With sockets or clients among its nodes it gives the event loop a turn every millisecond.
 */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { systemClock } from '../../base/node-clock.ts';
import { createNodeStorage } from '../../base/node-storage.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import { SharedDoorbell } from '../channels/doorbell.ts';
import { describeFailure } from './failure.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { modulesOf, type OperatorLoader } from './operator-loader.ts';
import { WorkerCore } from './worker-core.ts';

/** Longest sleep: a bound on what a wake-up lost to a bug could cost. */
const SLEEP_MS_MAX = 1000;
/** A worker whose nodes need the event loop runs at most so long in one go. */
const SLICE_MS = 1;

export interface WorkerStart {
  readonly port: MessagePort;
  readonly doorbell: SharedArrayBuffer;
}

export async function runWorker(start: WorkerStart, loader: OperatorLoader): Promise<never> {
  const doorbell = new SharedDoorbell(start.doorbell);
  const send = (message: FromWorker): void => start.port.postMessage(message);
  const bells = new Map<SharedArrayBuffer, SharedDoorbell>([[start.doorbell, doorbell]]);
  const core = new WorkerCore({
    clock: systemClock,
    storage: createNodeStorage(),
    loader,
    doorbellOf(buffer) {
      const known = bells.get(buffer) ?? new SharedDoorbell(buffer);
      bells.set(buffer, known);
      return known;
    },
    send,
    wake: () => doorbell.ring(),
    noteCode: (operator) => doorbell.noteCode(operator),
    createMemory: (maximumBytes) => new JobMemory({ shared: true, maximumBytes }),
  });
  send({ type: 'ready' });
  let messagesSeen = 0;
  for (;;) {
    const count = doorbell.count();
    const messages = doorbell.messageCount();
    if (messages !== messagesSeen) {
      messagesSeen = messages;
      await takeMessages(start.port, core, loader, send);
    }
    const waitMs = core.run();
    if (core.usesEventLoop()) await yieldToEvents(doorbell, count, waitMs);
    else if (waitMs > 0) doorbell.wait(count, Math.min(waitMs, SLEEP_MS_MAX));
  }
}

async function takeMessages(
  port: MessagePort,
  core: WorkerCore,
  loader: OperatorLoader,
  send: (message: FromWorker) => void,
): Promise<void> {
  for (let received = receiveMessageOnPort(port); received !== undefined; received = receiveMessageOnPort(port)) {
    const message = received.message as ToWorker;
    try {
      if (message.type === 'allocate') await loader.load(modulesOf(message.plan));
    } catch (error) {
      send({ type: 'failed', failure: describeFailure(error, null) });
      continue;
    }
    core.handle(message);
  }
}

let lastYieldMs = 0;

async function yieldToEvents(doorbell: SharedDoorbell, count: number, waitMs: number): Promise<void> {
  if (waitMs > 0) {
    await doorbell.waitAsync(count, Math.min(waitMs, SLEEP_MS_MAX));
  } else if (systemClock.monotonic() - lastYieldMs >= SLICE_MS) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  } else return;
  lastYieldMs = systemClock.monotonic();
}
