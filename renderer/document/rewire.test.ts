/** Ends of edges move without new edges; a hole is joined only where that fits. */
import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { createDocument } from './commands.ts';
import { moveEnds, removeAndHeal } from './rewire.ts';

function edge(id: string, from: string, to: string) {
  return { id, from: { node: from, port: 'out' }, to: { node: to, port: 'in' } };
}

const document: PipelineDocument = {
  ...createDocument('d'),
  nodes: ['a', 'b', 'c', 'd'].map((id) => ({ id, type: 'filter', config: {} })),
  edges: [edge('1', 'a', 'b'), edge('2', 'b', 'c'), edge('3', 'a', 'd')],
};

function wires(next: PipelineDocument) {
  return next.edges.map(({ from, to }) => `${from.node}-${to.node}`);
}

test('an end moves, and the port it lands on lets go of its edge', () => {
  const next = moveEnds(document, new Set(['1']), 'in', { node: 'd', port: 'in' }, true);
  expect(next.edges.map(({ id }) => id)).toEqual(['1', '2']);
  expect(wires(next)).toEqual(['a-d', 'b-c']);
});

test('all edges of an output move together', () => {
  expect(wires(moveEnds(document, new Set(['1', '3']), 'out', { node: 'c', port: 'out' }, false))).toEqual(['c-b', 'b-c', 'c-d']);
});

test('nothing moves to where it is', () => {
  expect(moveEnds(document, new Set(['1']), 'in', { node: 'b', port: 'in' }, true)).toBe(document);
});

test('a hole is joined where it fits, and named where it does not', () => {
  expect(wires(removeAndHeal(document, new Set(['b']), () => true).document)).toEqual(['a-d', 'a-c']);
  const open = removeAndHeal(document, new Set(['b']), () => false);
  expect([wires(open.document), open.open]).toEqual([['a-d'], ['b']]);
});
