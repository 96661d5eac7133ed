/** Rows of the table: sources and sinks that compute; those of files, sockets and the like are measured with the world they read. */
import type { OperatorRow } from './operator-row.ts';

export const END_ROWS: readonly OperatorRow[] = [
  {
    node: 'generator-source',
    setting: 'two random numbers and a time',
    config: {
      schema: [
        { name: 'id', type: 'BIGINT' },
        { name: 'price', type: 'DOUBLE' },
        { name: 'ts', type: 'TIMESTAMP(3)' },
      ],
      rules: [
        { column: 'id', rule: 'random', minimum: 0, maximum: 10_000 },
        { column: 'price', rule: 'random', minimum: 0, maximum: 100 },
      ],
      rowsPerSecond: null,
    },
  },
  { node: 'nexmark-source', setting: 'bids', config: { events: 'bid', count: null, eventsPerSecond: null } },
  {
    node: 'collection-source',
    setting: 'two numbers',
    config: {
      schema: [
        { name: 'id', type: 'BIGINT' },
        { name: 'price', type: 'DOUBLE' },
      ],
      rows: Array.from({ length: 50_000 }, (_, row) => ({ id: row, price: row / 7 })),
    },
  },
  { node: 'preview-sink', setting: 'the newest 200 rows', config: {} },
  { node: 'print-sink', setting: 'as many lines as it may print', config: {} },
];

/** Nodes without a row of their own, and where they are measured. */
export const MEASURED_ELSEWHERE: { readonly [node: string]: string } = {
  'file-source': 'npm run bench -- file-to-file',
  'file-sink': 'npm run bench -- file-to-file',
  'custom-sink': 'writes files',
  lookup: 'npm run bench -- lookup',
  'socket-source': 'waits for the network',
  'socket-sink': 'waits for the network',
};
