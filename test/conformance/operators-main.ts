/** `npm run -s conformance -- operators DIRECTORY`: replays recorded operator vectors and prints a table by family. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FamilyResult } from './operators/replay.ts';
import { replayFile } from './operators/replay.ts';

const FAILURES_SHOWN = 10;

function main(directory: string, only: string | undefined): number {
  const files = readdirSync(directory).filter((name) => name.endsWith('.json') && (only === undefined || name === `${only}.json`));
  const results = files.sort().map((name) => replayFile(name.slice(0, -'.json'.length), readFileSync(path.join(directory, name), 'utf8')));
  for (const result of results) printFamily(result);
  const skipped = new Map<string, number>();
  for (const result of results) for (const [name, count] of result.skipped) skipped.set(name, (skipped.get(name) ?? 0) + count);
  if (skipped.size > 0) console.log('\nskipped, by what is missing:');
  for (const [name, count] of [...skipped].sort()) console.log(`  ${String(count).padStart(5)}  ${name}`);
  const [passed, failed, waiting] = [
    sum(results, (each) => each.passed),
    sum(results, (each) => each.failures.length),
    sum(results, countSkipped),
  ];
  console.log(`\n${passed} passed, ${failed} failed, ${waiting} skipped`);
  return failed === 0 ? 0 : 1;
}

function printFamily(result: FamilyResult): void {
  const columns = [result.passed, result.failures.length, countSkipped(result)].map((count) => String(count).padStart(6)).join('  ');
  console.log(`${result.family.padEnd(24)} passed ${columns.replace(/^(\S*\s*\d+)\s\s(\s*\d+)\s\s/, '$1  failed $2  skipped ')}`);
  for (const { id, reason } of result.failures.slice(0, FAILURES_SHOWN)) console.log(`  FAILED ${id}: ${reason}`);
  if (result.failures.length > FAILURES_SHOWN) console.log(`  … and ${result.failures.length - FAILURES_SHOWN} more`);
}

function countSkipped(result: FamilyResult): number {
  return [...result.skipped.values()].reduce((total, count) => total + count, 0);
}

function sum(results: readonly FamilyResult[], count: (result: FamilyResult) => number): number {
  return results.reduce((total, result) => total + count(result), 0);
}

process.exitCode = main(process.argv[2], process.argv[3]);
