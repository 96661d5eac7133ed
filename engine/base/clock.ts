/** Time as the engine sees it; injected so that a test can own it. */
export interface Clock {
  /** Wall clock, epoch milliseconds; may jump. For processing-time timers and display. */
  now(): number;
  /** Monotonic milliseconds with fractions; for durations. */
  monotonic(): number;
}
