/** Lookups against a real server: order, watermarks, retries, time, capacity, the cache, and what a checkpoint brings back. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { OperatorHarness } from '../../../../test/support/operator-harness.ts';
import type { JsonValue } from '../../../base/json.ts';
import type { Batch } from '../../../columnar/batch.ts';
import { buildBatch, type RowsOptions } from '../../../columnar/row-builder.ts';
import { readRows } from '../../../columnar/row-reader.ts';
import type { MemoryRange, Operator, Progress, RestoredSection } from '../../../operators/operator.ts';
import { WATERMARK_MAX } from '../../../operators/operator.ts';
import { printVariable } from '../../../spec/variables.ts';
import { INT, STRING } from '../../../types/make-type.ts';
import type { LookupConfig } from './node.ts';
import { createOperator } from './operator.ts';
import { failedSchema, lookupSchema } from './schema.ts';

const INPUT = {
  fields: [
    { name: 'id', type: INT },
    { name: 'name', type: STRING },
  ],
};
const RESULTS: LookupConfig['results'] = [
  { name: 'city', path: '$.city', type: 'STRING' },
  { name: 'size', path: '$.size', type: 'BIGINT' },
];

type Answer = { readonly status?: number; readonly body?: unknown; readonly text?: string; readonly location?: string };

/** What a server saw, and how it answers; an answer may wait. */
interface Served {
  readonly port: number;
  readonly seen: string[];
  readonly headers: IncomingHttpHeaders[];
  underWay: number;
  mostUnderWay: number;
}

const servers: Server[] = [];
const operators: Operator[] = [];
afterEach(() => {
  for (const operator of operators.splice(0)) operator.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(answer: (path: string, times: number) => Promise<Answer> | Answer): Promise<Served> {
  const served: Served = { port: 0, seen: [], headers: [], underWay: 0, mostUnderWay: 0 };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '';
    served.seen.push(path);
    served.headers.push(request.headers);
    served.mostUnderWay = Math.max(served.mostUnderWay, ++served.underWay);
    const { status = 200, body, text, location } = await answer(path, served.seen.filter((each) => each === path).length);
    served.underWay--;
    response.writeHead(status, location === undefined ? {} : { location });
    response.end(text ?? (body === undefined ? '' : JSON.stringify(body)));
  };
  const server = createServer((request, response) => void handle(request, response));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(served, { port: (server.address() as AddressInfo).port });
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** One lookup and what leaves it: rows by port, in order, watermarks between those of the first. */
class Running {
  readonly operator: Operator;
  readonly rows: unknown[][] = [];
  readonly failed: unknown[][] = [];
  readonly harness: OperatorHarness;

  constructor(config: Partial<LookupConfig> & { readonly url: string }, restored: readonly RestoredSection[] = [], batchRows = 4096) {
    const full: LookupConfig = {
      ...{ results: RESULTS, missing: 'keep', order: 'ordered', capacity: 100, timeout: 5000, onFailure: 'fail', retries: 0 },
      ...{ retryDelay: 1, retryPace: 'fixed', retryOn: 'error', caching: 'none', cacheRows: 10, cacheFor: 60_000, headers: [] },
      ...config,
    };
    const outputSchemas = [lookupSchema(full, INPUT), failedSchema(INPUT)];
    this.harness = new OperatorHarness({ inputSchemas: [INPUT], outputSchemas, batchRows });
    const { context } = this.harness;
    context.output.emit = (port: number, batch: Batch) => {
      if (port === 1) this.failed.push(...readRows(batch));
      else this.take(batch);
    };
    context.output.emitWatermark = (watermark) => {
      // Behind the batch; the task ignores what it has sent before.
      const before = this.rows.filter(([kind]) => kind === 'watermark').at(-1)?.[1];
      if (before !== Number(watermark)) this.rows.push(['watermark', Number(watermark)]);
    };
    this.operator = createOperator(full, context);
    operators.push(this.operator);
    this.operator.open(restored);
  }

  async feed(rows: readonly (readonly [number, string | null])[], options: RowsOptions = {}): Promise<void> {
    await this.finish(this.operator.processBatch(0, buildBatch(this.harness.arena, INPUT, rows, options)));
  }

  async end(): Promise<void> {
    await this.finish(this.operator.processWatermark(0, WATERMARK_MAX));
    await this.finish(this.operator.endInput(0));
  }

  snapshot(): RestoredSection[] {
    const sections: RestoredSection[] = [];
    const { u8 } = this.harness.arena.memory;
    this.operator.snapshot(1, {
      section: (name, distribution, header, parts) => {
        const pieces = parts.map((part) =>
          'address' in part ? u8.slice(part.address, part.address + (part as MemoryRange).bytes) : new Uint8Array(0),
        );
        const copy = JSON.parse(JSON.stringify(header)) as JsonValue;
        const bytes = new Uint8Array(Buffer.concat(pieces));
        sections.push({ name, distribution, header: copy, bytes, keyGroups: { start: 0, end: 127 }, subtaskIndex: 0 });
      },
      syncBeforeComplete: () => undefined,
      committable: () => undefined,
    });
    return sections;
  }

  private async finish(progress: Progress): Promise<void> {
    for (let state = progress; state === 'more'; state = this.operator.drain()) await pause(1);
  }

  private take(batch: Batch): void {
    const { i32, i64 } = batch.memory;
    readRows(batch).forEach((row, at) => {
      this.rows.push(row);
      for (let mark = 0; mark < batch.markCount; mark++)
        if (i32[(batch.markRows >>> 2) + mark] === at) this.rows.push(['watermark', Number(i64[(batch.markWatermarks >>> 3) + mark])]);
    });
  }
}

const city = (path: string): Answer => ({ body: { city: `C${path.split('/').at(-1)}`, size: 7 } });
const rowsOf = (ids: readonly number[]) => ids.map((id): [number, string | null] => [id, `n${id}`]);

describe('lookup', () => {
  test('what is found stands beside the row; values are escaped; nothing found is NULL, or no row', async () => {
    const served = await serve((path) => {
      if (path.includes('nobody')) return { status: 404 };
      if (path.includes('empty')) return { text: '' };
      if (path.includes('null')) return { text: 'null' };
      return { text: '{"city": "Bern", "size": 12345678901234567890, "more": [1]}' };
    });
    const url = `http://127.0.0.1:${served.port}/users/{name}?id={id}`;
    const rows: [number, string | null][] = [
      [1, 'a b/ü?&'],
      [2, 'nobody'],
      [3, null],
      [4, 'empty'],
      [5, 'null'],
      [6, '..'],
    ];
    const results: LookupConfig['results'] = [...RESULTS, { name: 'more', path: '$.more', type: 'STRING' }];
    const kept = new Running({ url, results });
    await kept.feed(rows);
    await kept.end();
    expect(kept.rows).toEqual([
      [1, 'a b/ü?&', 'Bern', null, '[1]'],
      [2, 'nobody', null, null, null],
      [3, null, null, null, null],
      [4, 'empty', null, null, null],
      [5, 'null', null, null, null],
      [6, '..', 'Bern', null, '[1]'],
    ]);
    expect([...served.seen].sort()).toEqual([
      '/users/%2E%2E?id=6',
      '/users/a%20b%2F%C3%BC%3F%26?id=1',
      '/users/empty?id=4',
      '/users/nobody?id=2',
      '/users/null?id=5',
    ]);
    const left = new Running({ url, missing: 'drop' });
    await left.feed(rows);
    await left.end();
    expect(left.rows.map(([id]) => id)).toEqual([1, 6]);
  });

  test('headers go with every question, with what a variable of this machine holds, which no log and no row tells', async () => {
    vi.stubEnv('LOOKUP_TOKEN', 'only-the-server');
    const served = await serve(() => ({ status: 503 }));
    const headers = [
      { name: 'Authorization', value: `Bearer ${printVariable('LOOKUP_TOKEN')}` },
      { name: 'Accept', value: 'application/vnd.city+json' },
    ];
    const running = new Running({ url: `http://127.0.0.1:${served.port}/{id}`, headers, onFailure: 'side', retries: 1 });
    await running.feed(rowsOf([1]));
    await running.end();
    const sent = { authorization: 'Bearer only-the-server', accept: 'application/vnd.city+json' };
    expect(served.headers).toMatchObject([sent, sent]);
    expect(running.harness.logs.length).toBe(1);
    expect(JSON.stringify([running.failed, running.harness.logs])).not.toContain('only-the-server');
    vi.unstubAllEnvs();
    expect(() => new Running({ url: 'http://127.0.0.1:1/{id}', headers })).toThrow('LOOKUP_TOKEN');
  });

  test('in order, rows wait for those before them; watermarks stay where they are', async () => {
    const served = await serve(async (path) => {
      await pause(path.endsWith('/0') ? 60 : 1);
      return city(path);
    });
    const running = new Running({ url: `http://127.0.0.1:${served.port}/{id}` });
    await running.feed(rowsOf([0, 1, 2, 3]), { marks: [{ row: 1, watermark: 5n }] });
    await running.end();
    expect(running.rows.map(([id, second]) => (id === 'watermark' ? `w${second}` : id))).toEqual([0, 1, 'w5', 2, 3]);
  });

  test('as answered, a row passes others but no watermark', async () => {
    let release: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const served = await serve(async (path) => {
      if (path === '/0') await slow;
      return city(path);
    });
    const running = new Running({ url: `http://127.0.0.1:${served.port}/{id}`, order: 'unordered' });
    await running.feed(rowsOf([0, 1, 2, 3]), { marks: [{ row: 2, watermark: 5n }] });
    while (running.rows.length < 2) {
      await pause(1);
      running.operator.onProcessingTime(0);
    }
    expect(running.rows.map(([id]) => id).sort()).toEqual([1, 2]);
    release();
    await running.end();
    expect(running.rows.slice(2).map(([id]) => id)).toEqual([0, 'watermark', 3]);
  });

  test('the server never sees more than the capacity, and sees that many', async () => {
    const served = await serve(async (path) => {
      await pause(5);
      return city(path);
    });
    const running = new Running({ url: `http://127.0.0.1:${served.port}/{id}`, capacity: 7, order: 'unordered' });
    await running.feed(rowsOf(Array.from({ length: 100 }, (_, id) => id)));
    await running.end();
    expect(served.mostUnderWay).toBeLessThanOrEqual(7);
    expect(served.mostUnderWay).toBeGreaterThan(1);
    expect(running.rows.map(([id]) => id).sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 100 }, (_, id) => id));
  });

  test('an error is tried again, nothing found only when asked for', async () => {
    const served = await serve((path, times) => {
      if (path === '/1') return times < 3 ? { status: 500 } : city(path);
      if (path === '/2') return times < 2 ? { text: '{"city": ' } : city(path);
      return times < 2 ? { status: 404 } : city(path);
    });
    const url = `http://127.0.0.1:${served.port}/{id}`;
    const errors = new Running({ url, retries: 3, retryPace: 'exponential' });
    await errors.feed(rowsOf([1, 2, 3]));
    await errors.end();
    expect(errors.rows.map(([id, , found]) => [id, found])).toEqual([
      [1, 'C1'],
      [2, 'C2'],
      [3, null],
    ]);
    served.seen.length = 0;
    const both = new Running({ url, retries: 1, retryOn: 'missing' });
    await both.feed(rowsOf([3]));
    await both.end();
    expect([both.rows[0][2], served.seen]).toEqual(['C3', ['/3', '/3']]);
  });

  test('a connection that the server closed while it was not used is no error', async () => {
    const served = await serve(city);
    const used = new Set<unknown>();
    servers[0].prependListener('request', (request: IncomingMessage) => {
      if (used.has(request.socket)) request.socket.destroy();
      used.add(request.socket);
    });
    const running = new Running({ url: `http://127.0.0.1:${served.port}/{id}`, capacity: 1 });
    await running.feed(rowsOf([1, 2, 3]));
    await running.end();
    expect(running.rows.map(([, , found]) => found)).toEqual(['C1', 'C2', 'C3']);
    expect(used.size).toBeGreaterThan(1);
  });

  test('without an answer the run fails, or the row leaves with NULLs, or by a port of its own', async () => {
    const served = await serve(async (path) => {
      if (path === '/1') await pause(10_000);
      if (path === '/2') return { status: 302, location: 'http://127.0.0.1:1/' };
      return path === '/3' ? { status: 503 } : city(path);
    });
    const url = `http://127.0.0.1:${served.port}/{id}`;
    const failing = new Running({ url });
    await expect(failing.feed(rowsOf([3])).then(() => failing.end())).rejects.toMatchObject({ code: 'MR4040' });
    const nulls = new Running({ url, onFailure: 'nulls', timeout: 1000 });
    await nulls.feed(rowsOf([1, 2, 3, 4]));
    await nulls.end();
    expect(nulls.rows.map(([id, , found]) => [id, found])).toEqual([
      [1, null],
      [2, null],
      [3, null],
      [4, 'C4'],
    ]);
    const side = new Running({ url, onFailure: 'side', timeout: 1000, missing: 'drop', retries: 1 });
    await side.feed(rowsOf([1, 2, 3, 4]));
    await side.end();
    expect(side.rows.map(([id]) => id)).toEqual([4]);
    expect(side.failed.map(([id, name, reason]) => [id, name, String(reason).split(/[;:]/)[0]])).toEqual([
      [1, 'n1', 'no answer within 1000 ms'],
      [2, 'n2', 'the server answered 302'],
      [3, 'n3', 'the server answered 503'],
    ]);
    expect(side.harness.context.metrics.badRecords).toBe(3);
  });

  test('a cached answer is used again, also that there is nothing, and not for ever', async () => {
    const served = await serve((path) => (path === '/2' ? { status: 404 } : city(path)));
    const running = new Running({ url: `http://127.0.0.1:${served.port}/{id}`, caching: 'cache', capacity: 1, cacheRows: 2 });
    await running.feed(rowsOf([1, 2, 1, 2, 1]));
    await running.feed(rowsOf([3, 2, 1]));
    await running.end();
    expect(running.rows.map(([id, , found]) => [id, found]).slice(0, 5)).toEqual([
      [1, 'C1'],
      [2, null],
      [1, 'C1'],
      [2, null],
      [1, 'C1'],
    ]);
    expect(served.seen).toEqual(['/1', '/2', '/3', '/2', '/1']);
    running.harness.clock.nowMs += 60_000;
    await running.feed(rowsOf([1]));
    await running.end();
    expect(served.seen.length).toBe(6);
  });

  test.each([
    ['cache', 3],
    ['none', 12],
  ] as const)('rows that ask for the same at the same time, %s: %d requests', async (caching, requests) => {
    const served = await serve(async (path) => {
      await pause(20);
      return path === '/2' ? { status: 404 } : city(path);
    });
    const running = new Running({ url: `http://127.0.0.1:${served.port}/{id}`, caching });
    await running.feed(rowsOf([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]), { marks: [{ row: 5, watermark: 5n }] });
    await running.end();
    const found = [1, 'C1', 2, null, 3, 'C3'];
    expect(running.rows.flatMap(([id, second, name]) => (id === 'watermark' ? [`w${second}`] : [id, name]))).toEqual([
      ...[...found, ...found, 'w5'],
      ...[...found, ...found],
    ]);
    expect(served.seen.length).toBe(requests);
  });

  test('rows that share a request count as under way, those that were restored as well', async () => {
    let release: () => void = () => undefined;
    const open = new Promise<void>((resolve) => {
      release = resolve;
    });
    const served = await serve(async (path) => {
      await open;
      return city(path);
    });
    const config = { url: `http://127.0.0.1:${served.port}/{id}`, caching: 'cache', capacity: 4 } as const;
    const running = new Running(config);
    const fed = running.feed(rowsOf([1, 1, 1, 1, 1, 1]));
    const timestampsOf = (sections: readonly RestoredSection[]) => (sections[0].header as { timestamps: JsonValue[] }).timestamps.length;
    const sections = running.snapshot();
    expect(timestampsOf(sections)).toBe(4);
    const restored = new Running({ ...config, capacity: 2 }, sections);
    const ended = restored.end();
    release();
    await Promise.all([fed, ended]);
    await running.end();
    expect([running.rows.length, restored.rows.length]).toEqual([6, 4]);
    expect(served.seen.length).toBe(2);
  });

  test.each(['ordered', 'unordered'] as const)('rows under way are in the checkpoint and asked for again (%s)', async (order) => {
    let open = false;
    const served = await serve(async (path) => {
      if (!open) await pause(100_000);
      return city(path);
    });
    const config = { url: `http://127.0.0.1:${served.port}/{id}`, order };
    const first = new Running(config);
    await first.feed(rowsOf([1, 2, 3]), { timestamps: [10n, null, 30n] });
    const sections = first.snapshot();
    expect([first.rows, sections.length]).toEqual([[], 1]);
    first.operator.close();
    open = true;
    // Fewer may be under way than were restored.
    const second = new Running({ ...config, capacity: 2 }, sections);
    expect(second.snapshot()).toEqual(sections);
    await second.feed(rowsOf([4]));
    await second.end();
    expect(second.rows.map(([id, name, found]) => [id, name, found]).sort()).toEqual([1, 2, 3, 4].map((id) => [id, `n${id}`, `C${id}`]));
    expect(second.snapshot()).toEqual([]);
  });
});
