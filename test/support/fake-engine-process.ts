/** An engine process without an engine, for tests of supervision and of the browser host's forwarding. */
import type { EngineOptions } from '../../engine/host/engine-channel.ts';
import { createEngineService } from '../../engine/host/engine-service.ts';
import { RunRecords } from '../../engine/host/services/run-records.ts';
import { serveHost } from '../../engine/host/transports/engine-end.ts';
import { createFakeJobs } from './fake-jobs.ts';
import { fakeTools } from './fake-tools.ts';

const options: EngineOptions = JSON.parse(process.argv[2]);
const service = createEngineService(createFakeJobs(), fakeTools, new RunRecords(options.runsDirectory), (line) => console.error(line));
void service.recover().then(() => serveHost(service, () => void service.close().finally(() => process.exit(0))));
