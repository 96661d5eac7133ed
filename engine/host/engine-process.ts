/** Process entry of the engine: takes up the runs of a dead predecessor, then answers pages until its host ends it. */
import { createJobManager } from '../runtime/job-manager.ts';
import { createTools } from './create-tools.ts';
import type { EngineOptions } from './engine-channel.ts';
import { createEngineService } from './engine-service.ts';
import { RunRecords } from './services/run-records.ts';
import { TrustedFiles } from './services/trusted-files.ts';
import { serveHost } from './transports/engine-end.ts';

const RECOVERY_AWAITED_MS = 2_000;

const options: EngineOptions = JSON.parse(process.argv[2]);
const log = (line: string): void => console.error(`millrace engine: ${line}`);
const jobs = createJobManager({ bundleFolder: __dirname });
const trusted = options.trustedFile === undefined ? null : new TrustedFiles(options.trustedFile);
const isTrusted = (pipelinePath: string): boolean => trusted?.has(pipelinePath) ?? false;
const service = createEngineService(jobs, createTools(__dirname), new RunRecords(options.runsDirectory), log, isTrusted);

// A terminal sends its signals to the whole group; the host decides when the engine ends.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => log(`${signal} is left to the host`));

let ending = false;
function end(): void {
  if (ending) return;
  ending = true;
  void service.close().finally(() => process.exit(0));
}

// Pages are to find the recovered runs, but a large state must not look like an engine that hangs.
const recoveredOrLate = Promise.race([service.recover(), new Promise((resolve) => setTimeout(resolve, RECOVERY_AWAITED_MS))]);
void recoveredOrLate.then(() => serveHost(service, end));
