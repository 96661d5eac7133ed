/** The socket sink delivers every line, waits for a slow server, and fails the run when the connection breaks. */
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { OperatorHarness } from '../../../../test/support/operator-harness.ts';
import { buildBatch } from '../../../columnar/row-builder.ts';
import { BIGINT, STRING } from '../../../types/make-type.ts';
import type { SocketSinkConfig } from './node.ts';
import { createOperator } from './operator.ts';

const schema = {
  fields: [
    { name: 'n', type: BIGINT },
    { name: 's', type: STRING },
  ],
};
let server: Server | null = null;
afterEach(() => {
  server?.close();
});

async function listen(onConnection: (socket: Socket) => void): Promise<number> {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function open(port: number) {
  const config: SocketSinkConfig = {
    ...{ host: '127.0.0.1', port, format: 'ndjson', timestampFormat: 'sql', delimiter: ',', nullText: '' },
    ...{ reconnectDelay: 10, reconnectAttempts: 3 },
  };
  const harness = new OperatorHarness({ inputSchemas: [schema] });
  const sink = createOperator(config, harness.context);
  sink.open([]);
  const finish = async (progress: string) => {
    for (let state = progress; state === 'more'; state = sink.drain()) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  return { harness, sink, finish };
}

test('every line arrives, also at a server that reads slowly', async () => {
  const received: Buffer[] = [];
  const port = await listen((socket) => {
    socket.on('data', (bytes) => {
      received.push(bytes);
      socket.pause();
      setTimeout(() => socket.resume(), 1);
    });
  });
  const { harness, sink, finish } = open(port);
  const rows = Array.from({ length: 20_000 }, (_unused, n) => [BigInt(n), 'x'.repeat(50)]);
  await finish(sink.processBatch(0, buildBatch(harness.arena, schema, rows)));
  await finish(sink.endInput(0));
  sink.close();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const lines = Buffer.concat(received).toString().trim().split('\n');
  expect(lines.length).toBe(20_000);
  expect(lines.at(-1)).toBe(`{"n":19999,"s":"${'x'.repeat(50)}"}`);
});

test('a break after rows were sent fails the run, so that they are sent again', async () => {
  const port = await listen((socket) => {
    socket.once('data', () => socket.resetAndDestroy());
  });
  const { harness, sink, finish } = open(port);
  const send = async () => {
    for (let round = 0; round < 200; round++) {
      await finish(sink.processBatch(0, buildBatch(harness.arena, schema, [[1n, 'a']])));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  await expect(send()).rejects.toThrow('broke while rows were sent');
  sink.close();
});
