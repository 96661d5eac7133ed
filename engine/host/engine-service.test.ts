/** What the answer to a start says of a run that was over before the answer left. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createFakeJobs } from '../../test/support/fake-jobs.ts';
import { fakeTools } from '../../test/support/fake-tools.ts';
import { createEngineService } from './engine-service.ts';
import type { RunRecord } from './services/run-records.ts';
import { RunRecords } from './services/run-records.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'millrace-service-'));

afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** The run ends while its record is on its way to the disk. */
class SlowRecords extends RunRecords {
  onPut: (runId: string) => void = () => undefined;

  override async put(record: Omit<RunRecord, 'version'>): Promise<void> {
    await super.put(record);
    this.onPut(record.runId);
  }
}

it('a run that finishes while it is being recorded is answered as finished, and its record is removed', async () => {
  const jobs = createFakeJobs();
  const records = new SlowRecords(directory);
  records.onPut = (runId) => jobs.emitState({ ...jobs.status(runId), phase: 'finished', endedAtMs: 2 });
  const { handlers } = createEngineService(jobs, fakeTools, records, () => undefined);
  const answer = await handlers['run.start']?.({ path: '/p.json', text: '{}', options: { restore: 'none' } });
  expect(answer).toMatchObject({ phase: 'finished', endedAtMs: 2 });
  expect(await records.list()).toEqual([]);
});
