/** `npm run -s millrace -- …`: the command line, built first if its sources changed. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { buildTargets, ROOT } from './build.mjs';

await buildTargets(['engine']);
// npm changes into the package's folder; paths on the command line are meant from where the person stands.
const startedIn = process.env.INIT_CWD ?? process.cwd();
const child = spawn(process.execPath, [path.join(ROOT, 'build/engine/cli.cjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: startedIn,
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
