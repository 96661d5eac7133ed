/** `npm run check`: format, lint, types of every environment and the dependency rules; goes through all before it fails. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './build.mjs';

const TYPE_PROJECTS = ['portable', 'engine', 'renderer', 'electron', 'test'].map((name) => `tsconfig.${name}.json`);
const STEPS = [
  ['format and lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']],
  ['types', 'typescript/bin/tsc', ['-b', ...TYPE_PROJECTS]],
  ['dependency rules', 'dependency-cruiser/bin/dependency-cruise.mjs', ['engine', 'renderer', 'electron', 'test', '--output-type', 'err']],
];

let failed = 0;
for (const [name, program, programArguments] of STEPS) {
  const result = spawnSync(process.execPath, [path.join(ROOT, 'node_modules', program), ...programArguments], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  const good = result.status === 0;
  if (!good) failed++;
  console.log(`${good ? 'ok    ' : 'FAILED'} ${name}`);
}
console.log(`${STEPS.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
