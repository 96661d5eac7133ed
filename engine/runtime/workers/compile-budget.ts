/**
 * How eagerly V8 optimizes. Every worker is an isolate that compiles for itself, on threads of its own. With a processor
 * to spare that costs nothing; where workers take all of them, compiling what runs once per batch costs a job of seconds
 * more than it could save, so functions are then optimized later. Kernels over rows are hot within a few batches all the same.
 */
import { cpus } from 'node:os';
import { setFlagsFromString } from 'node:v8';

/** Bytes of bytecode run between two looks at a function: V8's own value, and four times as many. */
const EAGER_BUDGET_BYTES = 66 * 1024;
const LATE_BUDGET_BYTES = 4 * EAGER_BUDGET_BYTES;

let budgetBytes = EAGER_BUDGET_BYTES;

/** For all threads of this process, while so many workers run jobs. The desktop's engine keeps what its shell has set. */
export function adaptCompileBudget(busyWorkers: number): void {
  const wanted = busyWorkers >= cpus().length && busyWorkers > 1 ? LATE_BUDGET_BYTES : EAGER_BUDGET_BYTES;
  if (wanted === budgetBytes || process.versions.electron !== undefined) return;
  budgetBytes = wanted;
  setFlagsFromString(`--interrupt-budget=${wanted}`);
}
