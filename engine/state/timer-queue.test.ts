/** The timer queue against a sorted list: order, deduplication, deletion, extreme times. */
import { expect, test } from 'vitest';
import { SeededRandom } from '../base/random.ts';
import { JobMemory } from '../columnar/job-memory.ts';
import type { Timer } from './timer-queue.ts';
import { TimerQueue } from './timer-queue.ts';

const SEED = Number(process.env['MILLRACE_SEED'] ?? 20261122);
const EXTREMES = [-(2n ** 63n), 2n ** 63n - 1n, -1n, 0n, 2n ** 32n, -(2n ** 32n) - 1n];

test(`timers fire in time order, once each (seed ${SEED})`, () => {
  const random = new SeededRandom(SEED);
  const queue = new TimerQueue(new JobMemory());
  const model = new Map<string, bigint>();
  const fired: Timer = { slot: 0, start: 0n, end: 0n, time: 0n };
  for (let step = 0; step < 5000; step++) {
    const time = random.nextInt(10) === 0 ? EXTREMES[random.nextInt(EXTREMES.length)] : BigInt(random.nextInt(300) - 150);
    const [slot, start, end] = [random.nextInt(5), BigInt(random.nextInt(3)), BigInt(random.nextInt(3))];
    const name = `${slot} ${start} ${end} ${time}`;
    const action = random.nextInt(10);
    if (action < 6) {
      queue.register(slot, start, end, time);
      model.set(name, time);
    } else if (action < 8) {
      queue.delete(slot, start, end, time);
      model.delete(name);
    } else if (queue.isDue(time)) {
      queue.poll(fired);
      const smallest = [...model.values()].reduce((least, each) => (each < least ? each : least));
      expect(fired.time, `seed ${SEED} step ${step}`).toBe(smallest);
      expect(model.delete(`${fired.slot} ${fired.start} ${fired.end} ${fired.time}`)).toBe(true);
    }
    expect(queue.count).toBe(model.size);
  }
});
