/** What is copied comes back as new nodes with edges, stacks, groups and notes; secrets stay behind, other text is left alone. */

import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { printVariable } from '../../engine/spec/variables.ts';
import { clipOf, pasteClip, printClip, shiftTo } from './clipboard.ts';
import { addNode, connect, createDocument } from './commands.ts';
import { readClip } from './read-clip.ts';
import { EMPTY_SELECTION } from './selection.ts';

const HERE = { keepWires: false, group: null };

function sample() {
  const a = addNode(createDocument('d'), { type: 'filter', label: '大于 "10"', config: { condition: "x > '10'" } }, { x: 0, y: 0 });
  const b = addNode(a.document, { type: 'print-sink', config: {} }, { x: 300, y: 90 });
  const document = connect(b.document, { node: a.id, port: 'out' }, { node: b.id, port: 'in' }, true);
  return { a: a.id, b: b.id, document };
}

function roundTrip(document: PipelineDocument, nodes: readonly string[], drawn: readonly string[] = []) {
  const clip = clipOf(
    document,
    { ...EMPTY_SELECTION, nodes: new Set(nodes), drawn: new Set(drawn) },
    (id) => document.drawing.positions[id] ?? null,
  );
  const read = clip === null ? null : readClip(printClip(clip));
  if (read === null) throw new Error('not read back');
  return read;
}

test('copy and paste keep configs, labels and the edges between the copies', () => {
  const { a, b, document } = sample();
  const clip = roundTrip(document, [a, b]);
  const pasted = pasteClip(document, clip, shiftTo(clip, { x: 150, y: 300 }), HERE);
  expect(new Set(pasted.document.nodes.map((node) => node.id)).size).toBe(4);
  const [first, second] = pasted.nodes;
  expect(pasted.document.nodes[2]).toEqual({ id: first, type: 'filter', label: '大于 "10"', config: { condition: "x > '10'" } });
  expect(pasted.document.edges[1]).toMatchObject({ from: { node: first, port: 'out' }, to: { node: second, port: 'in' } });
  expect(pasted.document.drawing.positions[first]).toEqual({ x: 0, y: 255 });
});

test('wires from outside stay only when asked for', () => {
  const { a, b, document } = sample();
  const clip = roundTrip(document, [b]);
  expect(pasteClip(document, clip, { x: 0, y: 99 }, HERE).document.edges).toHaveLength(1);
  const kept = pasteClip(document, clip, { x: 0, y: 99 }, { keepWires: true, group: null });
  expect(kept.document.edges[1]).toMatchObject({ from: { node: a, port: 'out' }, to: { node: kept.nodes[0], port: 'in' } });
});

test('a group comes with what is inside, its notes included', () => {
  const { a, b, document } = sample();
  const grouped: PipelineDocument = {
    ...document,
    drawing: {
      ...document.drawing,
      positions: { ...document.drawing.positions, g: { x: 500, y: 0 } },
      groups: [{ id: 'g', label: 'Both', members: [a, b] }],
      notes: [{ id: 'n', text: 'why', x: 9, y: 9, width: 100, height: 50, group: 'g', node: a }],
      stacks: [[a, b]],
    },
  };
  const pasted = pasteClip(grouped, roundTrip(grouped, [], ['g']), { x: 10, y: 20 }, { keepWires: false, group: null });
  const { groups = [], notes = [], stacks = [], positions } = pasted.document.drawing;
  expect([pasted.nodes, pasted.drawn]).toEqual([[], [groups[1].id]]);
  expect(groups[1]).toMatchObject({ label: 'Both', members: pasted.document.nodes.slice(2).map((node) => node.id) });
  expect(notes[1]).toMatchObject({ text: 'why', x: 9, y: 9, group: groups[1].id, node: groups[1].members[0] });
  expect(stacks[1]).toEqual(groups[1].members);
  expect([positions[groups[1].id], positions[groups[1].members[1]]]).toEqual([
    { x: 510, y: 20 },
    { x: 300, y: 90 },
  ]);
});

test('secrets do not leave', () => {
  const { id, document } = addNode(
    createDocument('d'),
    { type: 'unknown-sink', config: { password: 'hunter2', apiKey: 'k', url: 'u' } },
    { x: 0, y: 0 },
  );
  expect(roundTrip(document, [id]).nodes[0].config).toEqual({ url: 'u' });
});

test('a header that is secret leaves its text behind, not the variable it names', () => {
  const open = [
    { name: 'Authorization', value: 'Bearer hunter2' },
    { name: 'Accept', value: 'text/plain' },
  ];
  const named = { name: 'X-Api-Key', value: printVariable('KEY') };
  const { id, document } = addNode(createDocument('d'), { type: 'lookup', config: { headers: [...open, named] } }, { x: 0, y: 0 });
  expect(roundTrip(document, [id]).nodes[0].config).toEqual({ headers: [{ name: 'Authorization' }, open[1], named] });
});

test('a whole pipeline pastes too, also from between the fences of a chat', () => {
  const { document } = sample();
  expect(readClip(`Look:\n\`\`\`json\n${JSON.stringify(document)}\n\`\`\`\n`)?.nodes).toHaveLength(2);
});

test.each(['', 'hello', '{"format":"millrace-nodes"', '{"format":"millrace-nodes","nodes":[1,null,{"id":3}]}', '[]', 'null', '{}'])(
  '%s is not a clip',
  (text) => {
    expect(readClip(text)).toBeNull();
  },
);
