/** Exports every template as Flink SQL, runs the script unchanged on a real Flink and compares the rows with the expected ones. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportFlinkSql } from '../../engine/export/flink-sql/export-flink-sql.ts';
import { describeDifference, readJsonLines } from './compare-rows.ts';
import { findFlink, runFlinkSql } from './flink-runner.ts';
import type { Template } from './templates.ts';
import { readTemplate, TEMPLATES } from './templates.ts';

const ROOT = process.env.MILLRACE_ROOT ?? process.cwd();

/** Null when all rows are equal, else what is wrong. */
function runTemplate(flink: string, template: Template): string | null {
  const folder = mkdtempSync(path.join(tmpdir(), `millrace-flink-${template.name}-`));
  try {
    cpSync(path.join(ROOT, 'templates', template.name, 'data'), path.join(folder, 'data'), { recursive: true });
    const { resolution } = readTemplate(ROOT, template);
    const exported = exportFlinkSql(resolution.graph, { baseDirectory: folder });
    if (exported.text === '') return exported.report.map((note) => note.text.en).join('\n');
    const refusal = runFlinkSql(flink, exported.text, path.join(folder, 'job.sql'));
    if (refusal !== null) return refusal;
    for (const [out, file] of Object.entries(template.outputs)) {
      const expected = readJsonLines(path.join(ROOT, 'templates', template.name, 'expected', file));
      const difference = describeDifference(expected, readJsonLines(path.join(folder, 'out', out)));
      if (difference !== null) return `${out}: ${difference}`;
      console.log(`  ${template.name}/${out}: ${expected.length} rows equal`);
    }
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function main(): number {
  const flink = findFlink();
  if (flink === null) {
    console.log('No real Flink here (MILLRACE_FLINK names no folder with its scripts): exports were not run.');
    console.log(`0 passed, 0 failed, ${TEMPLATES.length} skipped`);
    return 0;
  }
  let failed = 0;
  for (const template of TEMPLATES) {
    const wrong = runTemplate(flink, template);
    console.log(wrong === null ? `${template.name}: same rows on Flink` : `${template.name}: FAILED\n  ${wrong}`);
    if (wrong !== null) failed++;
  }
  console.log(`${TEMPLATES.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = main();
