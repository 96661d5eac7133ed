/** `npm run bench [-- NAME …]`: runs the benchmarks of test/bench from file to file, or only the named ones. */
import { buildTargets } from './build.mjs';
import { runBundled } from './run-bundled.mjs';

await buildTargets(['renderer']);
process.exit(await runBundled('test/bench/main.ts', process.argv.slice(2)));
