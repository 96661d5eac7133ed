/** Rows per second through a lookup that asks a server of this process, which answers at once or after a while. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Arena } from '../../engine/columnar/arena.ts';
import type { Batch } from '../../engine/columnar/batch.ts';
import { JobMemory } from '../../engine/columnar/job-memory.ts';
import { buildBatch } from '../../engine/columnar/row-builder.ts';
import type { LookupConfig } from '../../engine/nodes/joins/lookup/node.ts';
import { createOperator } from '../../engine/nodes/joins/lookup/operator.ts';
import type { OperatorContext, Progress } from '../../engine/operators/operator.ts';
import { BIGINT, STRING } from '../../engine/types/make-type.ts';

const INPUT = { fields: [{ name: 'id', type: BIGINT }] };
const OUTPUT = { fields: [...INPUT.fields, { name: 'city', type: STRING }] };

export interface LookupSpeed {
  readonly name: string;
  readonly rowsPerSecond: number;
  readonly requests: number;
}

interface Candidate {
  readonly name: string;
  readonly answerAfterMs: number;
  readonly keys: number;
  readonly config: Partial<LookupConfig>;
}

const CANDIDATES: readonly Candidate[] = [
  { name: 'ordered, answers at once', answerAfterMs: 0, keys: Number.POSITIVE_INFINITY, config: {} },
  { name: 'unordered, after 10 ms', answerAfterMs: 10, keys: Number.POSITIVE_INFINITY, config: { order: 'unordered' } },
  { name: 'cached, 100 keys', answerAfterMs: 0, keys: 100, config: { caching: 'cache' } },
];

async function measure({ name, answerAfterMs, keys, config }: Candidate, rows: number): Promise<LookupSpeed> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    const answer = (): void => void response.end(`{"city":"C${request.url}"}`);
    if (answerAfterMs === 0) answer();
    else setTimeout(answer, answerAfterMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const memory = new JobMemory();
  const arena = new Arena(memory);
  let left = 0;
  let wake: () => void = () => undefined;
  const context = {
    ...{ nodeId: 'bench', memory, arena, timeZone: 'UTC', batchRows: 4096, inputSchemas: [INPUT], outputSchemas: [OUTPUT] },
    clock: { now: () => 0, monotonic: () => 0 },
    metrics: { badRecords: 0, stateBytes: 0 },
    log: () => undefined,
    output: {
      emit: (_port: number, batch: Batch) => {
        left += batch.selectedCount;
      },
      emitWatermark: () => undefined,
      emitStatus: () => undefined,
    },
    wake: () => wake(),
  } as unknown as OperatorContext;
  const operator = createOperator(
    {
      ...{
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/{id}`,
        results: [{ name: 'city', path: '$.city', type: 'STRING' }],
      },
      ...{ missing: 'keep', order: 'ordered', capacity: 100, timeout: 60_000, onFailure: 'fail', retries: 0, retryDelay: 0 },
      ...{ retryPace: 'fixed', retryOn: 'error', caching: 'none', cacheRows: 10_000, cacheFor: 60_000, headers: [] },
      ...config,
    },
    context,
  );
  operator.open([]);
  const ids = Array.from({ length: rows }, (_, at) => [BigInt(at % keys)]);
  const startMs = performance.now();
  const batch = buildBatch(arena, INPUT, ids);
  const mark = arena.mark();
  const goOn = async (first: Progress): Promise<void> => {
    for (let progress = first; progress === 'more'; ) {
      const before = left;
      arena.release(mark);
      progress = operator.drain();
      if (progress === 'done' || left > before) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, 1);
      });
    }
  };
  await goOn(operator.processBatch(0, batch));
  await goOn(operator.endInput(0));
  const rowsPerSecond = left / ((performance.now() - startMs) / 1000);
  operator.close();
  server.closeAllConnections();
  server.close();
  return { name, rowsPerSecond, requests };
}

export async function measureLookups(rows: number): Promise<readonly LookupSpeed[]> {
  const speeds: LookupSpeed[] = [];
  for (const candidate of CANDIDATES) speeds.push(await measure(candidate, rows));
  return speeds;
}
