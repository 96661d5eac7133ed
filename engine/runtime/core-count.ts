/** How many cores this process may use: as many workers are kept ready. */
import { availableParallelism, cpus } from 'node:os';

export function coreCount(): number {
  return typeof availableParallelism === 'function' ? availableParallelism() : cpus().length;
}
