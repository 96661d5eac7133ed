/** Process entry of the command line: this build's tools and runtime, the language of the environment. */
import { systemClock } from '../base/node-clock.ts';
import { createNodeStorage } from '../base/node-storage.ts';
import { createJobManager } from '../runtime/job-manager.ts';
import { StateProcessor } from '../runtime/state-processor/state-processor.ts';
import { listStoredCheckpoints } from '../runtime/stored-checkpoints.ts';
import { runCommandLine } from './command-line/cli.ts';
import { createTools } from './create-tools.ts';

const { LC_ALL, LC_MESSAGES, LANG } = process.env;
const language = /^zh/i.test(LC_ALL ?? LC_MESSAGES ?? LANG ?? '') ? 'zh' : 'en';

// A reader that went away (`| head`) is no failure of ours.
process.stdout.on('error', () => process.exit(0));

void runCommandLine(process.argv.slice(2), {
  language,
  tools: createTools(__dirname),
  // One thread is kept ready; a run asks for as many more as it is parallel.
  createJobs: () => createJobManager({ bundleFolder: __dirname, warmWorkers: 1 }),
  listCheckpoints: (directory) => listStoredCheckpoints(createNodeStorage(), directory),
  openState: (savepoint) => new StateProcessor(createNodeStorage(), savepoint),
  nowMs: () => systemClock.now(),
}).then((code) => {
  process.exitCode = code;
});
