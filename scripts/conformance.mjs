/** `npm run -s conformance -- operators|scalar DIR`: replays recorded vectors through production code. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './build.mjs';
import { runBundled } from './run-bundled.mjs';

const [kind, directory, ...rest] = process.argv.slice(2);
const source = `test/conformance/${kind}-main.ts`;
if (kind === undefined || directory === undefined || !/^[a-z]+$/.test(kind) || !existsSync(path.join(ROOT, source))) {
  console.error('usage: npm run -s conformance -- operators|scalar DIRECTORY');
  process.exit(2);
}
process.exit(await runBundled(source, [path.resolve(directory), ...rest]));
