/** History: whole-document steps, bursts as one step, and what was undone comes back. */
import { expect, test } from 'vitest';
import { addNode, connect, createDocument, insertOnEdge, placeNodes, removeNodes, setField, setName } from './commands.ts';
import { createDocumentStore, isUnsaved } from './store.ts';

function storeAt(clock: { ms: number }) {
  return createDocumentStore(() => clock.ms, 'untitled');
}

test('typing in one field is one step; another field or a pause starts a new one', () => {
  const clock = { ms: 0 };
  const store = storeAt(clock);
  let id = '';
  store.commit('add', (document) => {
    const added = addNode(document, { type: 'x', config: {} }, { x: 0, y: 0 });
    id = added.id;
    return added.document;
  });
  for (const value of ['a', 'ab', 'abc']) {
    clock.ms += 100;
    store.commit('configure', (document) => setField(document, id, 'condition', value), `${id}.condition`);
  }
  expect(store.getState().past).toHaveLength(2);
  clock.ms += 5000;
  store.commit('configure', (document) => setField(document, id, 'condition', 'abcd'), `${id}.condition`);
  expect(store.getState().past).toHaveLength(3);
  store.undo();
  expect(store.getState().document.nodes[0].config).toEqual({ condition: 'abc' });
  store.undo();
  expect(store.getState().document.nodes[0].config).toEqual({});
  store.redo();
  store.redo();
  expect(store.getState().document.nodes[0].config).toEqual({ condition: 'abcd' });
  expect(store.redo()).toBeNull();
});

test('undoing back to the saved document is no longer an unsaved change', () => {
  const store = storeAt({ ms: 0 });
  expect(isUnsaved(store.getState())).toBe(false);
  store.commit('add', (document) => addNode(document, { type: 'x', config: {} }, { x: 0, y: 0 }).document);
  expect(isUnsaved(store.getState())).toBe(true);
  store.undo();
  expect(isUnsaved(store.getState())).toBe(false);
});

test('the name that a first save gives is no step, and undoing does not take it back', () => {
  const store = storeAt({ ms: 0 });
  const add = (type: string) => store.commit('add', (document) => addNode(document, { type, config: {} }, { x: 0, y: 0 }).document);
  add('x');
  const saved = store.getState().document;
  add('y');
  store.renew(saved, setName(saved, 'named'));
  const labels = () => store.getState().past.map((step) => step.label);
  expect([store.getState().document.name, store.getState().document.nodes.length, labels()]).toEqual(['named', 2, ['add', 'add']]);
  store.undo();
  store.undo();
  expect([store.getState().document.name, store.getState().document.nodes.length]).toEqual(['named', 0]);
});

test('a command that changes nothing makes no step', () => {
  const store = storeAt({ ms: 0 });
  store.commit('move', (document) => placeNodes(document, {}));
  expect(store.getState().past).toHaveLength(0);
});

test('removing a node takes its edges; inserting splits an edge', () => {
  const a = addNode(createDocument('d'), { type: 'a', config: {} }, { x: 0, y: 0 });
  const b = addNode(a.document, { type: 'b', config: {} }, { x: 300, y: 0 });
  const wired = connect(b.document, { node: a.id, port: 'out' }, { node: b.id, port: 'in' }, true);
  const inserted = insertOnEdge(wired, wired.edges[0].id, { type: 'c', config: {} }, { input: 'in', output: 'out' }, { x: 150, y: 0 });
  expect(inserted.document.edges.map((edge) => [edge.from.node, edge.to.node])).toEqual([
    [a.id, inserted.id],
    [inserted.id, b.id],
  ]);
  expect(removeNodes(inserted.document, new Set([inserted.id])).edges).toEqual([]);
});
