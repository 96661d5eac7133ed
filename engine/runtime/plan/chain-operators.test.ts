/** Which operators share a task, and how rows cross between those that do not. */
import { expect, test } from 'vitest';
import { chainOperators, type UnchainedEdge, type UnchainedOperator } from './chain-operators.ts';
import type { Partitioning } from './physical-plan.ts';

function operator(nodeId: string, parallelism: number): UnchainedOperator {
  return {
    nodeId,
    nodeIds: [nodeId],
    kind: 'operator',
    type: 'x',
    folder: 'x',
    stageModules: [],
    innerEdges: [],
    stageFilters: [],
    config: {},
    parallelism,
    inputSchemas: [],
    outputSchemas: [],
    requiredColumns: [],
  };
}

function edge(from: number, to: number, partitioning: Partitioning = { kind: 'forward' }): UnchainedEdge {
  return { documentEdges: [`${from}-${to}`], from, fromPort: 0, to, toPort: 0, partitioning, schema: { fields: [] } };
}

const HASH: Partitioning = { kind: 'hash', columns: ['k'] };
const shape = (operators: UnchainedOperator[], edges: UnchainedEdge[]) => {
  const chained = chainOperators(operators, edges);
  return {
    tasks: chained.tasks.map((task) => task.name),
    edges: chained.edges.map((each) => (each.direct ? 'direct' : each.partitioning.kind)),
  };
};

test('at parallelism 1 everything is one task, keyed edges and unions included', () => {
  const operators = ['source', 'other', 'union', 'window', 'sink'].map((id) => operator(id, 1));
  expect(shape(operators, [edge(0, 2), edge(1, 2), edge(2, 3, HASH), edge(3, 4)])).toEqual({
    tasks: ['source → other → union → window → sink'],
    edges: ['direct', 'direct', 'direct', 'direct'],
  });
});

test('a keyed edge ends a task', () => {
  const operators = ['source', 'filter', 'window', 'sink'].map((id) => operator(id, 2));
  expect(shape(operators, [edge(0, 1), edge(1, 2, HASH), edge(2, 3)])).toEqual({
    tasks: ['source → filter', 'window → sink'],
    edges: ['direct', 'hash', 'direct'],
  });
});

test('an operator with two inputs starts its own task, so that tasks never form a circle', () => {
  const operators = ['source', 'left', 'right', 'both'].map((id) => operator(id, 2));
  expect(shape(operators, [edge(0, 1), edge(0, 2), edge(1, 3), edge(2, 3, HASH)])).toEqual({
    tasks: ['source → left → right', 'both'],
    edges: ['direct', 'direct', 'forward', 'hash'],
  });
});

test('another parallelism: rows are dealt out, or all go to the one subtask', () => {
  const operators = [operator('socket', 1), operator('map', 3), operator('print', 1), operator('after', 1)];
  expect(shape(operators, [edge(0, 1), edge(1, 2), edge(2, 3, HASH)])).toEqual({
    tasks: ['socket', 'map', 'print → after'],
    edges: ['rebalance', 'global', 'direct'],
  });
});
