/** After a failure: how long to wait before the next attempt, or not to try again. Flink's strategies with its defaults. */
import type { Random } from '../../base/random.ts';

export type RestartStrategySettings =
  | { readonly kind: 'none' }
  | { readonly kind: 'fixed-delay'; readonly attempts: number; readonly delayMs: number }
  | {
      readonly kind: 'exponential-delay';
      readonly initialMs: number;
      readonly maximumMs: number;
      readonly multiplier: number;
      readonly jitter: number;
      /** Running so long without a failure starts the back-off anew. */
      readonly resetMs: number;
      readonly attempts: number;
    }
  | { readonly kind: 'failure-rate'; readonly failures: number; readonly intervalMs: number; readonly delayMs: number };

export const EXPONENTIAL_DELAY_DEFAULT: Extract<RestartStrategySettings, { kind: 'exponential-delay' }> = {
  kind: 'exponential-delay',
  initialMs: 1000,
  maximumMs: 60_000,
  multiplier: 1.5,
  jitter: 0.1,
  resetMs: 3_600_000,
  attempts: Number.POSITIVE_INFINITY,
};

export interface RestartStrategy {
  /** Milliseconds to wait, or null: give up. `nowMs` is monotonic. */
  onFailure(nowMs: number): number | null;
  /** A checkpoint has completed: the job has got somewhere since the last failure. */
  onProgress(): void;
}

export function createRestartStrategy(settings: RestartStrategySettings, random: Random): RestartStrategy {
  switch (settings.kind) {
    case 'none':
      return { onFailure: () => null, onProgress: () => undefined };
    case 'fixed-delay':
      return createFixedDelay(settings.attempts, settings.delayMs);
    case 'failure-rate':
      return createFailureRate(settings);
    default:
      return createExponentialDelay(settings, random);
  }
}

function createFixedDelay(attempts: number, delayMs: number): RestartStrategy {
  let failures = 0;
  return {
    onFailure: () => (++failures > attempts ? null : delayMs),
    onProgress() {
      failures = 0;
    },
  };
}

function createFailureRate(settings: Extract<RestartStrategySettings, { kind: 'failure-rate' }>): RestartStrategy {
  const times: number[] = [];
  return {
    onFailure(nowMs) {
      times.push(nowMs);
      while (times.length > 0 && times[0] <= nowMs - settings.intervalMs) times.shift();
      return times.length > settings.failures ? null : settings.delayMs;
    },
    onProgress: () => undefined,
  };
}

function createExponentialDelay(
  settings: Extract<RestartStrategySettings, { kind: 'exponential-delay' }>,
  random: Random,
): RestartStrategy {
  let delayMs = settings.initialMs;
  let failures = 0;
  let lastFailureMs = Number.NEGATIVE_INFINITY;
  return {
    onFailure(nowMs) {
      if (nowMs - lastFailureMs >= settings.resetMs + delayMs) {
        delayMs = settings.initialMs;
        failures = 0;
      }
      lastFailureMs = nowMs;
      if (++failures > settings.attempts) return null;
      const spread = delayMs * settings.jitter * ((random.nextInt(2001) - 1000) / 1000);
      const wait = Math.min(settings.maximumMs, delayMs + spread);
      delayMs = Math.min(settings.maximumMs, delayMs * settings.multiplier);
      return wait;
    },
    onProgress() {
      failures = 0;
    },
  };
}
