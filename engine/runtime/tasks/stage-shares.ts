/**
 * How the work of a fused loop divides among its stages: now and then a batch is run once more, through ever longer
 * beginnings of the loop, and what each stage adds to the time is its own. The samples take at most a two-hundredth of the time.
 */
import type { Clock } from '../../base/clock.ts';
import type { Batch } from '../../columnar/batch.ts';

const FIRST_AFTER_MS = 300;
const EVERY_MS = 500;
/** So much time passes for each millisecond that a sample takes. */
const SPACING = 200;
/** What earlier samples still count: figures follow the data, and one disturbed sample says little. */
const KEPT = 0.7;

export interface StageBeginning {
  /** Runs the stages up to one of them; nothing that it makes is kept. */
  run(batch: Batch): void;
  close(): void;
}

export class StageShares {
  private readonly clock: Clock;
  private readonly stages: number;
  private readonly create: (stages: number) => StageBeginning;
  private readonly sums: number[];
  private beginnings: StageBeginning[] = [];
  private nextMs: number;
  private failed = false;

  /** `create` makes the loop of the first so many stages. */
  constructor(stages: number, clock: Clock, create: (stages: number) => StageBeginning) {
    this.stages = stages;
    this.clock = clock;
    this.create = create;
    this.sums = Array.from({ length: stages }, () => 0);
    this.nextMs = clock.monotonic() + FIRST_AFTER_MS;
  }

  /** One share for each stage; they add up to one. Alike before the first sample. */
  read(): readonly number[] {
    const total = this.sums.reduce((sum, ms) => sum + ms, 0);
    return this.sums.map((ms) => (total === 0 ? 1 / this.stages : ms / total));
  }

  /** Takes a sample if one is due. */
  look(batch: Batch): void {
    if (this.failed || this.stages < 2 || batch.selectedCount === 0) return;
    const startMs = this.clock.monotonic();
    if (startMs < this.nextMs) return;
    try {
      this.sample(batch);
    } catch {
      // A value that the whole loop never computes may fail at a beginning of it.
      this.failed = true;
    }
    const endMs = this.clock.monotonic();
    this.nextMs = endMs + Math.max(EVERY_MS, (endMs - startMs) * SPACING);
  }

  close(): void {
    for (const beginning of this.beginnings) beginning.close();
    this.beginnings = [];
  }

  private sample(batch: Batch): void {
    if (this.beginnings.length === 0) {
      for (let stages = 1; stages <= this.stages; stages++) this.beginnings.push(this.create(stages));
    }
    // Once untimed: the first one over a batch fetches it for the others.
    this.beginnings[this.stages - 1].run(batch);
    let before = 0;
    for (let stage = 0; stage < this.stages; stage++) {
      const startMs = this.clock.monotonic();
      this.beginnings[stage].run(batch);
      const tookMs = this.clock.monotonic() - startMs;
      this.sums[stage] = this.sums[stage] * KEPT + Math.max(0, tookMs - before);
      before = Math.max(before, tookMs);
    }
  }
}
