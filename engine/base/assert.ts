/** Assertions for our own mistakes; they stay on in production. */

/** Throws when `condition` does not hold; `message` says which invariant was broken. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`);
}

/** For the default branch of an exhaustive switch. */
export function assertNever(value: never, what: string): never {
  throw new Error(`assertion failed: unexpected ${what}: ${String(value)}`);
}
