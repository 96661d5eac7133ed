/** Boxed values: how one SQL value looks in JavaScript wherever rows are not in columns (interpreter, functions, constants). */

/**
 * | SQL type | JavaScript |
 * | --- | --- |
 * | any, when NULL | null |
 * | BOOLEAN | boolean |
 * | TINYINT SMALLINT INTEGER | number (integer) |
 * | BIGINT | bigint, within 64 bits |
 * | FLOAT, DOUBLE | number; a FLOAT is always a value of `Math.fround` |
 * | DECIMAL(p, s) | bigint: the unscaled value at the type's scale (`1.50` as DECIMAL(3, 2) is 150n) |
 * | CHAR, VARCHAR | string (UTF-16; lengths and positions of SQL count code points) |
 * | BINARY, VARBINARY | Uint8Array, never modified |
 * | DATE | number: days since 1970-01-01, a 32-bit integer |
 * | TIME | number: milliseconds of the day |
 * | TIMESTAMP, TIMESTAMP_LTZ | bigint: nanoseconds since 1970-01-01T00:00:00 (UTC for LTZ); may carry more digits than the type's precision, as Flink's do |
 * | INTERVAL YEAR TO MONTH | number: months, a 32-bit integer |
 * | INTERVAL DAY TO SECOND | bigint: milliseconds, within 64 bits |
 * | ROW | readonly Value[] in field order |
 */
export type Value = null | boolean | number | bigint | string | Uint8Array | readonly Value[];

export const NANOS_PER_MILLI = 1_000_000n;

/** Milliseconds of a timestamp value, rounded down (the lane that columns keep). */
export function timestampMillis(nanos: bigint): bigint {
  const millis = nanos / NANOS_PER_MILLI;
  return nanos < 0n && millis * NANOS_PER_MILLI !== nanos ? millis - 1n : millis;
}

/** Nanoseconds within the millisecond of a timestamp value, 0…999999. */
export function timestampNanosOfMilli(nanos: bigint): number {
  return Number(nanos - timestampMillis(nanos) * NANOS_PER_MILLI);
}
