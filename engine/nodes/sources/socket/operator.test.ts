/** Socket source and sink against real servers on the loopback: pieces of lines, long lines, breaks, slow readers. */
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { OperatorHarness } from '../../../../test/support/operator-harness.ts';
import type { SourceOperator } from '../../../operators/operator.ts';
import { DEAD_LETTER_SCHEMA } from '../../../spec/dead-letter.ts';
import { BIGINT, STRING } from '../../../types/make-type.ts';
import type { SocketSourceConfig } from './node.ts';
import { createSource } from './operator.ts';

const schema = {
  fields: [
    { name: 'n', type: BIGINT },
    { name: 's', type: STRING },
  ],
};
const BASE: SocketSourceConfig = {
  host: '127.0.0.1',
  port: 0,
  format: 'ndjson',
  schema: schema.fields,
  reconnectDelay: 20,
  reconnectAttempts: 3,
  timestampFormat: 'sql',
  delimiter: ',',
  nullText: '',
  badLines: 'dead-letter',
  lineBytesMax: 300_000,
};

let server: Server | null = null;
afterEach(() => {
  server?.close();
});

async function listen(onConnection: (socket: Socket, index: number) => void): Promise<number> {
  let connections = 0;
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    onConnection(socket, connections++);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function runToEnd(harness: OperatorHarness, source: SourceOperator): Promise<void> {
  source.open([]);
  for (let round = 0; round < 5000; round++) {
    const kind = harness.poll(source);
    if (kind === 'end') return;
    if (kind === 'idle') await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error('the source did not end');
}

test('lines in pieces, a long line, a bad one, and one without a line end', async () => {
  const port = await listen((socket) => {
    socket.write('{"n":1}\n{"n"');
    setTimeout(() => {
      socket.write(`:2,"s":"é"}\nbad\n{"s":"${'x'.repeat(500_000)}"}\n`);
      socket.end('{"n":3}');
    }, 20);
  });
  const harness = new OperatorHarness({ outputSchemas: [schema, DEAD_LETTER_SCHEMA] });
  const source = createSource({ ...BASE, port }, harness.context);
  await runToEnd(harness, source);
  expect(harness.rows[0]).toEqual([
    [1n, null],
    [2n, 'é'],
    [3n, null],
  ]);
  expect(harness.rows[1].map((row) => row.slice(1, 4))).toEqual([
    [3n, 25n, 'the line is not valid JSON'],
    [4n, 29n, 'the line is longer than 300000 bytes'],
  ]);
  source.close();
});

test('a broken connection is made again; one that cannot be made is an error with its address', async () => {
  const port = await listen((socket, index) => {
    if (index === 0) socket.write('{"n":1}\n', () => socket.resetAndDestroy());
    else socket.end('{"n":2}\n');
  });
  const harness = new OperatorHarness({ outputSchemas: [schema, DEAD_LETTER_SCHEMA] });
  const source = createSource({ ...BASE, port }, harness.context);
  await runToEnd(harness, source);
  expect(harness.rows[0].at(-1)).toEqual([2n, null]);
  source.close();
  server?.close();
  const lost = createSource({ ...BASE, port: 9, reconnectAttempts: 2 }, harness.context);
  await expect(runToEnd(harness, lost)).rejects.toThrow('127.0.0.1:9 cannot be reached after 2 attempts');
  lost.close();
});
