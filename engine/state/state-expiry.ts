/** The clock of one state's time to live: what has expired, and when an access counts. */
import type { TimeToLive } from './state-spec.ts';

/** The wall clock of a step, set once by `KeyedState.begin`; shared by all states of an operator. */
export interface StateClock {
  nowMs: number;
}

export class StateExpiry {
  readonly returnsExpired: boolean;
  readonly renewsOnRead: boolean;
  readonly inBackground: boolean;
  private readonly ms: number;
  private readonly clock: StateClock;

  constructor(ttl: TimeToLive, clock: StateClock) {
    this.ms = ttl.ms;
    this.clock = clock;
    this.returnsExpired = ttl.visibility === 'ReturnExpiredIfNotCleanedUp';
    this.renewsOnRead = ttl.update === 'OnReadAndWrite';
    this.inBackground = ttl.cleanup === 'background';
  }

  get nowMs(): number {
    return this.clock.nowMs;
  }

  isExpired(accessMs: number): boolean {
    return accessMs + this.ms <= this.clock.nowMs;
  }
}

export function createExpiry(ttl: TimeToLive | null, clock: StateClock): StateExpiry | null {
  return ttl === null ? null : new StateExpiry(ttl, clock);
}
