/** Runs one TypeScript program of the repository: bundles it like the engine, then executes it with the arguments given. */
import { spawnSync } from 'node:child_process';
import { buildTargets, bundleScript, ROOT } from './build.mjs';

/** Builds the engine if stale (programs start its workers), runs `source` and returns its exit code. */
export async function runBundled(source, programArguments, nodeArguments = []) {
  await buildTargets(['engine']);
  const bundle = await bundleScript(source);
  const result = spawnSync(process.execPath, [...nodeArguments, '--enable-source-maps', bundle, ...programArguments], {
    stdio: 'inherit',
    env: { ...process.env, MILLRACE_ROOT: ROOT },
  });
  return result.status ?? 1;
}
