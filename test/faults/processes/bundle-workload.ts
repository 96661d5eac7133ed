/** Bundles the fault tests' process and threads, as the product's are bundled. */
import path from 'node:path';
import { build } from 'esbuild';

/** Returns the folder with `process.cjs`, `worker.cjs` and `io-worker.cjs`. */
export async function bundleWorkload(): Promise<string> {
  const folder = path.resolve('build/faults', String(process.pid));
  await build({
    entryPoints: {
      process: 'test/faults/processes/workload-process.ts',
      worker: 'test/faults/processes/workload-worker.ts',
      'io-worker': 'engine/runtime/workers/io-worker-main.ts',
    },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node16.17',
    logLevel: 'error',
  });
  return folder;
}
