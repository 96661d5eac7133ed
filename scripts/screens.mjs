/** `npm run screens`: builds the product and takes the pictures of docs/screens from it. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { buildTargets, ROOT } from './build.mjs';

await buildTargets(['engine', 'renderer'], (line) => console.log(line));
const { status } = spawnSync(
  process.execPath,
  [path.join(ROOT, 'node_modules/@playwright/test/cli.js'), 'test', '-c', 'test/ui/screens/playwright.config.ts', ...process.argv.slice(2)],
  { stdio: 'inherit', cwd: ROOT },
);
process.exit(status ?? 1);
