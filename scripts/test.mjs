/** `npm test`: builds everything, then unit tests, harnesses and fault tests (Vitest), then the browser (Playwright), and prints the sum. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { buildTargets, ROOT } from './build.mjs';

const REPORTS = path.join(ROOT, 'build/reports');

await buildTargets(['engine', 'renderer', 'electron'], (line) => console.log(line));
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
/** A line for each test that failed or passed only when repeated: said again at the very end, where a long log is read. */
const remarks = [];
const units = runVitest();
const pages = runPlaywright();
const passed = units.passed + pages.passed;
const failed = units.failed + pages.failed;
const skipped = units.skipped + pages.skipped;
console.log(`\nunit and fault tests: ${formatCounts(units)}\nbrowser tests: ${formatCounts(pages)}`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
for (const remark of remarks) console.log(remark);
writeFileSync(path.join(REPORTS, 'remarks.txt'), remarks.map((remark) => `${remark}\n`).join(''));
process.exit(failed > 0 ? 1 : 0);

function runVitest() {
  const report = path.join(REPORTS, 'vitest.json');
  const status = run('vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], {});
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const summary = JSON.parse(readFileSync(report, 'utf8'));
  // A file that cannot be loaded has no failed test, but must not count as success.
  const brokenFiles = summary.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  for (const file of brokenFiles) remarks.push(`FAILED ${path.relative(ROOT, file.name)}: ${firstLine(file.message)}`);
  for (const file of summary.testResults) {
    for (const test of file.assertionResults.filter(({ status }) => status === 'failed'))
      remarks.push(`FAILED ${path.relative(ROOT, file.name)}: ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
  }
  const failed = summary.numFailedTests + brokenFiles.length;
  return { passed: summary.numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed, skipped: summary.numPendingTests };
}

function runPlaywright() {
  const report = path.join(REPORTS, 'playwright.json');
  const status = run('@playwright/test/cli.js', ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: report });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { stats, suites } = JSON.parse(readFileSync(report, 'utf8'));
  suites.forEach(remarkOnSuite);
  const failed = stats.unexpected;
  return { passed: stats.expected + stats.flaky, failed: failed === 0 && status !== 0 ? 1 : failed, skipped: stats.skipped };
}

function remarkOnSuite({ specs = [], suites = [] }) {
  for (const { file, title, tests } of specs) {
    for (const test of tests.filter(({ status }) => status === 'unexpected' || status === 'flaky')) {
      const error = test.results.map((result) => result.error?.message).find((message) => message !== undefined);
      remarks.push(`${test.status === 'flaky' ? 'FLAKY' : 'FAILED'} test/ui/${file}: ${title}: ${firstLine(error)}`);
    }
  }
  suites.forEach(remarkOnSuite);
}

function firstLine(text) {
  return stripVTControlCharacters(text ?? '').split('\n')[0];
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
