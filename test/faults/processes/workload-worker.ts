/** Entry of a compute worker that knows the fault tests' operators. */
import { workerData } from 'node:worker_threads';
import { armKillPoints } from '../../../engine/runtime/workers/arm-kill-points.ts';
import { createLoader } from '../../../engine/runtime/workers/operator-loader.ts';
import { runWorker, type WorkerStart } from '../../../engine/runtime/workers/run-worker.ts';
import { MODULES } from '../workload/operators.ts';
import { STAGED_SINK } from '../workload/staged-sink.ts';

armKillPoints();
const modules = { ...MODULES, sink: STAGED_SINK };
void runWorker(
  workerData as WorkerStart,
  createLoader(async ({ type }) => modules[type as keyof typeof modules]),
);
