/** Which operators share a task, and how rows cross between those that do not. */
import { expect, test } from 'vitest';
import { chainOperators, type Unchained, type UnchainedEdge } from './chain-operators.ts';
import type { Partitioning } from './physical-plan.ts';

function operator(nodeId: string, parallelism: number, chaining: Unchained['chaining'] = 'join'): Unchained {
  return { nodeId, parallelism, chaining };
}

function edge(from: number, to: number, partitioning: Partitioning = { kind: 'forward' }): UnchainedEdge {
  return { documentEdges: [`${from}-${to}`], from, fromPort: 0, to, toPort: 0, partitioning, schema: { fields: [] } };
}

const HASH: Partitioning = { kind: 'hash', columns: ['k'] };
const shape = (operators: Unchained[], edges: UnchainedEdge[]) => {
  const chained = chainOperators(operators, edges);
  return {
    tasks: chained.tasks.map((task) => task.name),
    edges: chained.edges.map((each) => (each.direct ? 'direct' : each.partitioning.kind)),
    breaks: chained.breaks,
  };
};

test('at parallelism 1 everything is one task, keyed edges and unions included', () => {
  const operators = ['source', 'other', 'union', 'window', 'sink'].map((id) => operator(id, 1));
  expect(shape(operators, [edge(0, 2), edge(1, 2), edge(2, 3, HASH), edge(3, 4)])).toEqual({
    tasks: ['source → other → union → window → sink'],
    edges: ['direct', 'direct', 'direct', 'direct'],
    breaks: [null, null, null, null],
  });
});

test('a keyed edge ends a task', () => {
  const operators = ['source', 'filter', 'window', 'sink'].map((id) => operator(id, 2));
  expect(shape(operators, [edge(0, 1), edge(1, 2, HASH), edge(2, 3)])).toEqual({
    tasks: ['source → filter', 'window → sink'],
    edges: ['direct', 'hash', 'direct'],
    breaks: [null, 'shuffle', null],
  });
});

test('an operator with two inputs starts its own task, so that tasks never form a circle', () => {
  const operators = ['source', 'left', 'right', 'both'].map((id) => operator(id, 2));
  expect(shape(operators, [edge(0, 1), edge(0, 2), edge(1, 3), edge(2, 3, HASH)])).toEqual({
    tasks: ['source → left → right', 'both'],
    edges: ['direct', 'direct', 'forward', 'hash'],
    breaks: [null, null, 'inputs', 'shuffle'],
  });
});

test('another parallelism: rows are dealt out, or all go to the one subtask', () => {
  const operators = [operator('socket', 1), operator('map', 3), operator('print', 1), operator('after', 1)];
  expect(shape(operators, [edge(0, 1), edge(1, 2), edge(2, 3, HASH)])).toEqual({
    tasks: ['socket', 'map', 'print → after'],
    edges: ['rebalance', 'global', 'direct'],
    breaks: ['parallelism', 'parallelism', null],
  });
});

test('chaining is switched off at the head, on both sides, and for one subtask too', () => {
  const operators = (chaining: Unchained['chaining'], parallelism: number) => [
    operator('source', parallelism),
    operator('filter', parallelism, chaining),
    operator('sink', parallelism),
  ];
  const edges = [edge(0, 1), edge(1, 2)];
  expect(shape(operators('start', 2), edges).tasks).toEqual(['source', 'filter → sink']);
  expect(shape(operators('never', 2), edges).tasks).toEqual(['source', 'filter', 'sink']);
  expect(shape(operators('never', 1), edges)).toEqual({
    tasks: ['source', 'filter', 'sink'],
    edges: ['forward', 'forward'],
    breaks: ['switched-off', 'switched-off'],
  });
});

test('with one chain broken, an operator with two inputs starts its own task at parallelism 1 too: no circle of tasks', () => {
  const operators = [operator('source', 1), operator('slow', 1, 'start'), operator('both', 1)];
  expect(shape(operators, [edge(0, 1), edge(0, 2), edge(1, 2)])).toEqual({
    tasks: ['source', 'slow', 'both'],
    edges: ['forward', 'forward', 'forward'],
    breaks: ['switched-off', 'inputs', 'inputs'],
  });
});
