/**
 * What Flink's own operators answered to settings and rows drawn at random. Recorded by us: the operators of Flink 2.2.1 (jars from
 * Maven Central) under Flink's test harnesses, fed step by step by a program that first gave all answers of the shared vectors again.
 * Left out: settings that Flink refuses with a Java error while it runs, and dynamic sessions by the clock, where Flink loses rows
 * (docs/differences-from-flink.md). The `once-wrong` ones, and those of watermarks that end idleness, are here because they were answered otherwise once.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { replayFile } from './replay.ts';

const FOLDER = new URL('recorded/', import.meta.url);
/** The shortest file of them. */
const VECTORS_MIN = 6;

test.each(readdirSync(FOLDER).sort())('%s', (name) => {
  const lines = readFileSync(new URL(name, FOLDER), 'utf8').trim().split('\n');
  const result = replayFile(name.replace('.ndjson', ''), `[${lines.join(',')}]`);
  expect(result.failures).toEqual([]);
  expect([result.passed, result.skipped.size]).toEqual([lines.length, 0]);
  expect(lines.length).toBeGreaterThanOrEqual(VECTORS_MIN);
});
