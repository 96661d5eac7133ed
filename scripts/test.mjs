/** `npm test`: builds everything, then unit tests, harnesses and fault tests (Vitest), then the browser (Playwright), and prints the sum. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildTargets, ROOT } from './build.mjs';

const REPORTS = path.join(ROOT, 'build/reports');

await buildTargets(['engine', 'renderer', 'electron'], (line) => console.log(line));
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const units = runVitest();
const pages = runPlaywright();
const passed = units.passed + pages.passed;
const failed = units.failed + pages.failed;
const skipped = units.skipped + pages.skipped;
console.log(`\nunit and fault tests: ${formatCounts(units)}\nbrowser tests: ${formatCounts(pages)}`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed > 0 ? 1 : 0);

function runVitest() {
  const report = path.join(REPORTS, 'vitest.json');
  const status = run('vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], {});
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const summary = JSON.parse(readFileSync(report, 'utf8'));
  // A file that cannot be loaded has no failed test, but must not count as success.
  const brokenFiles = summary.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  const failed = summary.numFailedTests + brokenFiles;
  return { passed: summary.numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed, skipped: summary.numPendingTests };
}

function runPlaywright() {
  const report = path.join(REPORTS, 'playwright.json');
  const status = run('@playwright/test/cli.js', ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: report });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { stats } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = stats.unexpected;
  return { passed: stats.expected + stats.flaky, failed: failed === 0 && status !== 0 ? 1 : failed, skipped: stats.skipped };
}

function run(program, programArguments, environment) {
  const result = spawnSync(process.execPath, [path.join(ROOT, 'node_modules', program), ...programArguments], {
    stdio: 'inherit',
    cwd: ROOT,
    env: { ...process.env, ...environment },
  });
  return result.status ?? 1;
}

function formatCounts(counts) {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}
