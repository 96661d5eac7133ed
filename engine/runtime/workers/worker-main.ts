/** Entry of a compute worker thread. */
import { workerData } from 'node:worker_threads';
import { armKillPoints } from './arm-kill-points.ts';
import { createNodeLoader } from './node-loader.ts';
import { runWorker, type WorkerStart } from './run-worker.ts';

armKillPoints();
void runWorker(workerData as WorkerStart, createNodeLoader());
