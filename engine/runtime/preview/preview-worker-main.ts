/** Entry of the preview thread: one request after the other, each given up as soon as a newer one has come or its time is over. */
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../base/node-clock.ts';
import { createNodeStorage } from '../../base/node-storage.ts';
import { describeFailure } from '../workers/failure.ts';
import { createNodeLoader } from '../workers/node-loader.ts';
import type { PreviewCall, PreviewReply, PreviewStart } from './preview-messages.ts';
import { PREVIEW_MS_MAX } from './preview-messages.ts';
import { PreviewWorld } from './preview-world.ts';
import { runPreview } from './run-preview.ts';

const { newest } = workerData as PreviewStart;
const newestCall = new Int32Array(newest);
const loader = createNodeLoader();
const storage = createNodeStorage();
const reply = (message: PreviewReply): void => parentPort?.postMessage(message);

let before: Promise<void> = Promise.resolve();
parentPort?.on('message', (call: PreviewCall) => {
  before = before.then(() => answer(call));
});

async function answer({ call, request }: PreviewCall): Promise<void> {
  const isSuperseded = (): boolean => Atomics.load(newestCall, 0) !== call;
  if (isSuperseded()) return;
  reply({ kind: 'started', call });
  const startedAt = systemClock.monotonic();
  const isOver = (): boolean => isSuperseded() || systemClock.monotonic() - startedAt > PREVIEW_MS_MAX;
  try {
    await runPreview(request, new PreviewWorld(loader, storage, systemClock, isOver), (node) => reply({ kind: 'node', call, node }));
    reply({ kind: 'done', call });
  } catch (error) {
    reply({ kind: 'failed', call, failure: describeFailure(error, null) });
  }
}
