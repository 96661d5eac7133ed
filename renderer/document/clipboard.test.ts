/** What is copied comes back as new nodes with their edges; other text on the clipboard is left alone. */
import { expect, test } from 'vitest';
import { copyNodes, pasteNodes, readClip } from './clipboard.ts';
import { addNode, connect, createDocument } from './commands.ts';

test('copy and paste keep configs, labels and the edges between the copies', () => {
  const a = addNode(createDocument('d'), { type: 'filter', label: '大于 "10"', config: { condition: "x > '10'" } }, { x: 0, y: 0 });
  const b = addNode(a.document, { type: 'print-sink', config: {} }, { x: 300, y: 90 });
  const document = connect(b.document, { node: a.id, port: 'out' }, { node: b.id, port: 'in' }, true);
  const clip = readClip(copyNodes(document, new Set([a.id, b.id]), (id) => document.drawing.positions[id]));
  if (clip === null) throw new Error('not read back');
  const pasted = pasteNodes(document, clip, { x: 150, y: 300 });
  expect(pasted.document.nodes).toHaveLength(4);
  expect(new Set(pasted.document.nodes.map((node) => node.id)).size).toBe(4);
  const [first, second] = pasted.ids;
  expect(pasted.document.nodes[2]).toEqual({ id: first, type: 'filter', label: '大于 "10"', config: { condition: "x > '10'" } });
  expect(pasted.document.edges[1]).toMatchObject({ from: { node: first, port: 'out' }, to: { node: second, port: 'in' } });
  expect(pasted.document.drawing.positions[first]).toEqual({ x: 0, y: 255 });
});

test.each(['', 'hello', '{"format":"millrace-nodes"', '{"format":"millrace-nodes","nodes":[1,null,{"id":3}]}', '[]', 'null'])(
  '%s is not a clip',
  (text) => {
    expect(readClip(text)).toBeNull();
  },
);
