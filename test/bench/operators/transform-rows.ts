/** Rows of the table: transforms without code, stateless and stateful, and what only edges do. */
import { key, NUMBERS, type OperatorRow, pairNumber, price, type StreamColumn, timed, word } from './operator-row.ts';

const untimed = { in: NUMBERS };
const named = { in: { columns: { key, price, name: word } } };
const disordered = { in: timed(500, pairNumber) };
const pieces = (before: string, between: string, after: string) =>
  ({
    type: 'STRING',
    value: (random) => `${before}${Array.from({ length: 5 }, () => random(1_000_000)).join(between)}${after}`,
  }) satisfies StreamColumn;
const running = { keys: ['key'], by: 'number', ties: 'first' };

export const TRANSFORM_ROWS: readonly OperatorRow[] = [
  { node: 'filter', setting: 'two comparisons', config: { condition: 'price > 50 AND key < 8000' } },
  {
    node: 'select',
    setting: 'two columns and a product',
    config: {
      keep: 'listed',
      columns: [
        { name: 'key', expression: 'key' },
        { name: 'number', expression: 'number' },
        { name: 'cost', expression: 'price * 1.1' },
      ],
    },
  },
  {
    node: 'route',
    setting: 'two routes and else',
    config: {
      routes: [
        { name: 'high', expression: 'price >= 80' },
        { name: 'middle', expression: 'price >= 30' },
      ],
    },
  },
  {
    node: 'mask',
    setting: 'a text replaced, two numbers kept',
    config: { masks: [{ column: 'name', method: 'redact' }] },
    inputs: named,
  },
  {
    node: 'mask',
    setting: 'SHA-256 of a text',
    config: { masks: [{ column: 'name', method: 'hash' }] },
    inputs: named,
    below: 'no numbers: 64 rounds over a text and 64 characters of digest for each row',
  },
  { node: 'union', setting: 'one of its channels', config: {}, inputs: untimed },
  { node: 'partition', setting: 'by key, to two subtasks', config: { strategy: 'key', keys: ['key'] }, inputs: untimed },
  { node: 'partition', setting: 'in turns, to two subtasks', config: { strategy: 'rebalance' }, inputs: untimed },
  {
    node: 'watermark',
    setting: 'a mark per row that advances it',
    config: { time: { column: 'ts', delay: '500 ms' } },
    inputs: { in: { ...disordered.in, watermarks: false } },
  },
  {
    node: 'flatten',
    setting: 'two columns',
    config: {
      from: 'columns',
      values: [
        { name: 'key', expression: 'key' },
        { name: 'number', expression: 'number' },
      ],
      name: 'name',
      keepSource: false,
    },
  },
  {
    node: 'flatten',
    setting: 'five pieces of a text',
    config: { from: 'text', column: 'text', separator: ',' },
    inputs: { in: { columns: { key, text: pieces('', ',', '') } } },
  },
  {
    node: 'flatten',
    setting: 'five numbers of a JSON array',
    config: { from: 'json', column: 'json', type: 'BIGINT' },
    inputs: { in: { columns: { key, json: pieces('[', ', ', ']') } } },
    below: 'no numbers: a text is parsed as JSON, and each element is written as a text and cast',
    work: { each: 'element', perRow: 5 },
  },
  {
    node: 'iterate',
    setting: 'ten rounds of two columns',
    config: {
      assignments: [
        { name: 'key', expression: 'key + 1' },
        { name: 'price', expression: 'price * 0.9' },
      ],
      until: 'FALSE',
      rounds: 10,
    },
    work: { each: 'round', perRow: 10 },
  },
  { node: 'sort', setting: 'by event time', config: {}, inputs: disordered },
  { node: 'sort', setting: 'by event time, within 10 000 keys', config: { keys: ['key'] }, inputs: disordered },
  { node: 'deduplicate', setting: 'half of the rows are new', config: { keys: ['number'] }, inputs: disordered },
  { node: 'deduplicate', setting: 'forgets after an hour', config: { keys: ['number'], forgetAfter: '1 h' }, inputs: disordered },
  {
    node: 'running-aggregate',
    setting: 'count, sum and max',
    config: {
      ...running,
      result: 'aggregates',
      aggregates: [
        { name: 'rows', expression: 'COUNT(*)' },
        { name: 'total', expression: 'SUM(number)' },
        { name: 'most', expression: 'MAX(number)' },
      ],
    },
  },
  { node: 'running-aggregate', setting: 'the row with the greatest number', config: { ...running, result: 'max-by' } },
];
