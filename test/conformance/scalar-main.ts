/** `npm run -s conformance -- scalar DIR [CATEGORY]`: replays scalar vectors through parser, checker, kernels and interpreter. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { InputTable, ScalarRecord } from './scalar-record.ts';
import { runRecord } from './scalar-record.ts';

const FAILURES_SHOWN_MAX = 40;

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

function main(args: readonly string[]): number {
  const [directory, only] = args;
  const table = JSON.parse(readFileSync(path.join(directory, 'table-t40.json'), 'utf8')) as InputTable;
  const tallies = new Map<string, Tally>();
  const missing = new Map<string, number>();
  const failures: string[] = [];
  for (const file of readdirSync(directory).sort()) {
    if (!file.endsWith('.json') || file === 'table-t40.json' || file === 'functions.json') continue;
    if (only !== undefined && file !== `${only}.json`) continue;
    for (const record of JSON.parse(readFileSync(path.join(directory, file), 'utf8')) as ScalarRecord[]) {
      const outcome = runRecord(record, table);
      const tally = tallies.get(record.category) ?? { passed: 0, failed: 0, skipped: 0 };
      tallies.set(record.category, tally);
      tally[outcome.kind]++;
      if (outcome.kind === 'skipped') missing.set(outcome.why, (missing.get(outcome.why) ?? 0) + 1);
      if (outcome.kind === 'failed') failures.push(`${record.id}: ${record.sql}\n    ${outcome.why}`);
    }
  }
  report(tallies, missing, failures);
  return failures.length === 0 ? 0 : 1;
}

function report(tallies: ReadonlyMap<string, Tally>, missing: ReadonlyMap<string, number>, failures: readonly string[]): void {
  const shown = process.env.MILLRACE_FAILURES === 'all' ? failures.length : FAILURES_SHOWN_MAX;
  for (const failure of failures.slice(0, shown)) console.log(`FAILED ${failure}`);
  if (failures.length > shown) console.log(`… and ${failures.length - shown} more failures (MILLRACE_FAILURES=all shows them)`);
  const total: Tally = { passed: 0, failed: 0, skipped: 0 };
  console.log(`${'category'.padEnd(14)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'skipped'.padStart(9)}`);
  for (const [category, tally] of [...tallies].sort()) {
    console.log(
      `${category.padEnd(14)}${String(tally.passed).padStart(8)}${String(tally.failed).padStart(8)}${String(tally.skipped).padStart(9)}`,
    );
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.skipped += tally.skipped;
  }
  const names = [...missing].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${name} (${count})`);
  if (names.length > 0) console.log(`not built: ${names.join(', ')}`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
}

process.exitCode = main(process.argv.slice(2));
