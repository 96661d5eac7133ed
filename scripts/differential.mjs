/** Runs exported templates and cases on a real Flink (`MILLRACE_FLINK` names the folder of its scripts) and compares rows. */
import { runBundled } from './run-bundled.mjs';

process.exit(await runBundled('test/differential/main.ts', process.argv.slice(2)));
