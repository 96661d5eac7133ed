/** Exports every template and every case of a node as Flink SQL, runs the scripts on a real Flink and compares the rows with the expected ones. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportFlinkSql } from '../../engine/export/flink-sql/export-flink-sql.ts';
import { nodes } from '../../engine/nodes/node-types.ts';
import type { NodeCases } from '../../engine/spec/node-cases.ts';
import { nodeFolder } from '../../engine/spec/node-folder.ts';
import { describeDifference, readJsonLines } from './compare-rows.ts';
import { prepareFlinkCases } from './flink-cases.ts';
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

async function main(): Promise<number> {
  const flink = findFlink();
  if (flink === null) {
    console.log('No real Flink here (MILLRACE_FLINK names no folder with its scripts): exports were not run.');
    console.log(`0 passed, 0 failed, ${TEMPLATES.length} skipped`);
    return 0;
  }
  let passed = 0;
  let failed = 0;
  const tell = (title: string, wrong: string | null): void => {
    if (wrong === null) passed++;
    else failed++;
    console.log(wrong === null ? `${title}: same rows on Flink` : `${title}: FAILED\n  ${wrong}`);
  };
  const unsaid: string[] = [];
  for (const template of process.argv.includes('--cases') ? [] : TEMPLATES) {
    if (template.notInFlinkSql === undefined) tell(template.name, runTemplate(flink, template));
    else unsaid.push(`${template.name}: skipped (${template.notInFlinkSql})`);
  }
  const { cases, refused, refusal } = process.argv.includes('--templates')
    ? { cases: [], refused: [], refusal: null }
    : runCases(flink, await loadAllCases());
  if (refusal !== null) console.log(`Flink stopped at a statement of the cases:\n${refusal}`);
  for (const { title, wrong } of cases) tell(title, wrong);
  for (const title of refused) console.log(`${title}: skipped (not compared: no Flink SQL form, no rows, or a known difference)`);
  for (const line of unsaid) console.log(line);
  console.log(`${passed} passed, ${failed} failed, ${refused.length + unsaid.length} skipped`);
  return failed === 0 ? 0 : 1;
}

interface CasesOutcome {
  readonly cases: readonly { readonly title: string; readonly wrong: string | null }[];
  readonly refused: readonly string[];
  /** Flink stops at the first statement it refuses. */
  readonly refusal: string | null;
}

async function loadAllCases(): Promise<ReadonlyMap<string, NodeCases>> {
  const at = process.argv.indexOf('--node');
  const wanted = nodes.filter(({ type }) => at < 0 || type === process.argv[at + 1]);
  const loaded = wanted.map(async (definition): Promise<[string, NodeCases]> => {
    const [group, folder] = nodeFolder(definition).split('/');
    const module: { readonly cases: NodeCases } = await import(`../../engine/nodes/${group}/${folder}/cases.ts`);
    return [definition.type, module.cases];
  });
  return new Map(await Promise.all(loaded));
}

function runCases(flink: string, all: ReadonlyMap<string, NodeCases>): CasesOutcome {
  const folder = mkdtempSync(path.join(tmpdir(), 'millrace-flink-cases-'));
  try {
    const prepared = prepareFlinkCases(folder, (definition) => all.get(definition.type) ?? { rows: [], invalid: [] });
    const script = prepared.cases.map((one) => one.script).join('\n');
    const refusal = runFlinkSql(flink, script, path.join(folder, 'cases.sql'));
    return { cases: prepared.cases.map((one) => ({ title: one.title, wrong: one.compare() })), refused: prepared.refused, refusal };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main().then((code) => {
  process.exitCode = code;
});
