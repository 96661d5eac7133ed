/** A renamed column takes its real uses along, as far as its name travels, and nothing that only looks like it. */
import { expect, test } from 'vitest';
import type { JsonObject } from '../../engine/base/json.ts';
import type { EdgeSpec, NodeSpec, PipelineDocument } from '../../engine/spec/document.ts';
import { createDocument, setField } from './commands.ts';
import { followRename, renameInExpression, renameInPattern } from './rename-column.ts';

function edge(id: string, from: string, to: string, port = 'out'): EdgeSpec {
  return { id, from: { node: from, port }, to: { node: to, port: 'in' } };
}

function pipeline(nodes: readonly NodeSpec[], edges: readonly EdgeSpec[]): PipelineDocument {
  return { ...createDocument('test'), nodes, edges };
}

const schema = [
  { name: 'amount', type: 'BIGINT' },
  { name: 'card', type: 'STRING' },
  { name: 'ts', type: 'TIMESTAMP(3)' },
];

const flow = pipeline(
  [
    { id: 'rows', type: 'collection-source', config: { schema, rows: [{ amount: 1, card: 'amount' }] } },
    { id: 'large', type: 'filter', config: { condition: "amount > 10 AND card <> 'amount' /* amount */" } },
    { id: 'time', type: 'watermark', config: { time: { column: 'ts', delay: '5 s' } } },
    {
      id: 'window',
      type: 'window-aggregate',
      config: { keys: ['card'], aggregates: [{ name: 'total', expression: 'SUM(amount)' }], size: '1 min' },
    },
    { id: 'after', type: 'filter', config: { condition: 'total > 5' } },
  ],
  [edge('e1', 'rows', 'large'), edge('e2', 'large', 'time'), edge('e3', 'time', 'window'), edge('e4', 'window', 'after')],
);

function configs(document: PipelineDocument): Record<string, JsonObject> {
  return Object.fromEntries(document.nodes.map((node) => [node.id, node.config]));
}

function rename(document: PipelineDocument, node: string, field: string, value: JsonObject[string]) {
  return followRename(document, setField(document, node, field, value), node);
}

test('a source column: expressions, aggregates and rows follow; texts and comments do not', () => {
  const renamed = rename(flow, 'rows', 'schema', [{ name: 'order', type: 'BIGINT' }, ...schema.slice(1)]);
  const now = configs(renamed.document);
  expect(now['large']['condition']).toBe("`order` > 10 AND card <> 'amount' /* amount */");
  expect(now['window']['aggregates']).toEqual([{ name: 'total', expression: 'SUM(order)' }]);
  expect(now['rows']['rows']).toEqual([{ order: 1, card: 'amount' }]);
  expect(now['after']).toBe(configs(flow)['after']);
  expect(renamed.uses.map((use) => [use.nodeId, use.field])).toEqual([
    ['large', 'condition'],
    ['window', 'aggregates[0].expression'],
  ]);
});

test('keys and time columns follow', () => {
  const names = schema.map((column) => ({ ...column, name: `${column.name}_2` }));
  const now = configs(rename(flow, 'rows', 'schema', names).document);
  expect(now['time']['time']).toEqual({ column: 'ts_2', delay: '5 s' });
  expect(now['window']['keys']).toEqual(['card_2']);
});

test('an aggregate name goes to what is behind the window', () => {
  const renamed = rename(flow, 'window', 'aggregates', [{ name: 'sum of it', expression: 'SUM(amount)' }]);
  expect(configs(renamed.document)['after']['condition']).toBe('`sum of it` > 5');
});

test.each(['', 'card'])('nothing follows a name that is empty or taken (%s)', (name) => {
  const renamed = rename(flow, 'rows', 'schema', [{ name, type: 'BIGINT' }, ...schema.slice(1)]);
  expect(renamed.uses).toEqual([]);
  expect(configs(renamed.document)['large']).toBe(configs(flow)['large']);
});

test('a projection of the old name keeps its own name, so the rename ends there', () => {
  const selecting = pipeline(
    [
      flow.nodes[0],
      { id: 'select', type: 'select', config: { keep: 'listed', columns: [{ name: 'amount', expression: 'amount + 1' }] } },
      { id: 'behind', type: 'filter', config: { condition: 'amount > 1' } },
    ],
    [edge('e1', 'rows', 'select'), edge('e2', 'select', 'behind')],
  );
  const now = configs(rename(selecting, 'rows', 'schema', [{ name: 'price', type: 'BIGINT' }, ...schema.slice(1)]).document);
  expect(now['select']['columns']).toEqual([{ name: 'amount', expression: 'price + 1' }]);
  expect(now['behind']).toEqual({ condition: 'amount > 1' });
});

test('an edge follows the route it leaves by', () => {
  const routed = pipeline(
    [
      flow.nodes[0],
      { id: 'route', type: 'route', config: { routes: [{ name: 'big', expression: 'amount > 1' }] } },
      { id: 'end', type: 'print-sink', config: {} },
    ],
    [edge('e1', 'rows', 'route'), edge('e2', 'route', 'end', 'big')],
  );
  const renamed = rename(routed, 'route', 'routes', [{ name: 'large', expression: 'amount > 1' }]);
  expect(renamed.document.edges[1].from.port).toBe('large');
});

test.each([
  ['bid.price > 1 AND price > 2', 'bid.price > 1 AND cost > 2'],
  ['`price`+price', 'cost+cost'],
  ["CASE WHEN price IS NULL THEN 'price' END", "CASE WHEN cost IS NULL THEN 'price' END"],
  ['price >', 'price >'],
  ['PRICE', 'PRICE'],
])('%s → %s', (before, after) => {
  expect(renameInExpression(before, new Map([['price', 'cost']]))).toBe(after);
});

test('finds a column behind the name of a step', () => {
  const before = 'amount > LAST(small.amount, 1) + amounts.amount';
  expect(renameInPattern(before, new Map([['amount', 'cents']]))).toBe('cents > LAST(small.cents, 1) + amounts.cents');
  expect(renameInPattern('small.amount + bid.price', new Map([['bid', 'offer']]))).toBe('small.amount + offer.price');
});
