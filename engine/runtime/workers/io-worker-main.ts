/** Entry of the I/O worker thread: state files, syncs and renames, one request after the other. */
import { parentPort } from 'node:worker_threads';
import { createNodeStorage } from '../../base/node-storage.ts';
import { armKillPoints } from './arm-kill-points.ts';
import { performIo } from './io-core.ts';
import type { IoCall } from './io-messages.ts';

armKillPoints();
const storage = createNodeStorage();
parentPort?.on('message', ({ call, request }: IoCall) => {
  parentPort?.postMessage({ call, result: performIo(storage, request) });
});
