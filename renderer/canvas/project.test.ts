/** What is drawn of a document: cards of every kind, lines to whatever stands for their ends, and identity kept where nothing changed. */
import { expect, test } from 'vitest';
import type { EdgeSpec, NodeSpec, PipelineDocument, Point } from '../../engine/spec/document.ts';
import { createDocument, placeNodes, setField } from '../document/commands.ts';
import { createGroup } from '../document/group-commands.ts';
import { addNote } from '../document/note-commands.ts';
import { stackUnder } from '../document/stack-commands.ts';
import { placeCards } from './place-cards.ts';
import { EMPTY_PROJECTION, project } from './project.ts';

/** a → b → c → d, and a → d as well. */
function diamond(): PipelineDocument {
  const node = (id: string): NodeSpec => ({ id, type: id === 'd' ? 'union' : 'filter', config: {} });
  const edge = (from: string, to: string): EdgeSpec => ({
    id: `${from}${to}`,
    from: { node: from, port: 'out' },
    to: { node: to, port: 'in' },
  });
  return {
    ...createDocument('diamond'),
    nodes: ['a', 'b', 'c', 'd'].map(node),
    edges: [edge('a', 'b'), edge('b', 'c'), edge('c', 'd'), edge('a', 'd')],
    drawing: { positions: { a: { x: 0, y: 0 }, b: { x: 300, y: 0 }, c: { x: 600, y: 0 }, d: { x: 900, y: 0 } } },
  };
}

function many(count: number): PipelineDocument {
  const ids = Array.from({ length: count }, (_entry, index) => `n${index}`);
  const positions: Record<string, Point> = Object.fromEntries(
    ids.map((id, index) => [id, { x: 300 * (index % 25), y: 100 * Math.floor(index / 25) }]),
  );
  return {
    ...createDocument('many'),
    nodes: ids.map((id) => ({ id, type: 'filter', config: {} })),
    edges: ids.slice(1).map((id, index) => ({ id: `e${index}`, from: { node: ids[index], port: 'out' }, to: { node: id, port: 'in' } })),
    drawing: { positions },
  };
}

const grouped = (members: readonly string[], document = diamond()) =>
  createGroup(document, new Set(members), { label: 'G', parent: null, at: { x: 300, y: 0 } });

test('a collapsed group has a port for each stream over its border, and lines run to it', () => {
  const { document, id } = grouped(['b', 'c']);
  const { cards, lines, cardOf } = project(document, null, EMPTY_PROJECTION);
  expect(cards.map((card) => [card.kind, card.id])).toEqual([
    ['nodes', 'a'],
    ['nodes', 'd'],
    ['group', id],
  ]);
  expect(cardOf.get('c')?.id).toBe(id);
  expect(cardOf.get(id)).toMatchObject({ inputs: [{ key: 'b/in' }], outputs: [{ key: 'c/out' }] });
  expect(lines.map((line) => [line.id, line.fromCard, line.fromHandle, line.toCard, line.toHandle])).toEqual([
    ['ab', 'a', 'a/out', id, 'b/in'],
    ['cd', id, 'c/out', 'd', 'd/in'],
    ['ad', 'a', 'a/out', 'd', 'd/in'],
  ]);
});

test('several edges of one stream into a group are one line', () => {
  const { document, id } = grouped(['b', 'd']);
  const { lines, cardOf } = project(document, null, EMPTY_PROJECTION);
  expect(cardOf.get(id)).toMatchObject({
    inputs: [{ edges: [{ id: 'ab' }, { id: 'ad' }] }, { edges: [{ id: 'cd' }] }],
    outputs: [{ key: 'b/out' }],
  });
  expect(lines.map((line) => line.edges.map((edge) => edge.id))).toEqual([['ab', 'ad'], ['bc'], ['cd']]);
});

test('inside, what comes over the border stands as pills; edges outside are not drawn', () => {
  const { document, id } = grouped(['b', 'c']);
  const inside = project(document, id, EMPTY_PROJECTION);
  expect(inside.openGroup).toBe(id);
  expect(inside.cards.map((card) => [card.kind, card.id])).toEqual([
    ['nodes', 'b'],
    ['nodes', 'c'],
    ['pill', 'pill in a/out'],
    ['pill', 'pill out c/out'],
  ]);
  expect(inside.lines.map((line) => [line.id, line.fromCard, line.toCard])).toEqual([
    ['ab', 'pill in a/out', 'b'],
    ['bc', 'b', 'c'],
    ['cd', 'c', 'pill out c/out'],
  ]);
});

test('a pill stays where it was put, and its place is written in the group alone', () => {
  const { document, id } = grouped(['b', 'c']);
  const inside = project(document, id, EMPTY_PROJECTION);
  const moved = placeCards(document, inside, new Map([['pill in a/out', { x: -400, y: 33.4 }]]));
  expect(project(moved, id, inside).cardOf.get('pill in a/out')?.position).toEqual({ x: -400, y: 33 });
  expect(moved.drawing.positions).toBe(document.drawing.positions);
  expect(moved.nodes).toBe(document.nodes);
});

test('an unknown open group shows the top level', () => {
  expect(project(diamond(), 'gone', EMPTY_PROJECTION).openGroup).toBeNull();
});

test('a stack hides the ports of its joints, unless they have another edge', () => {
  const document = stackUnder(diamond(), 'b', 'c');
  const { cards, lines } = project(document, null, EMPTY_PROJECTION);
  const stack = cards.find((card) => card.id === 'b');
  expect(stack?.rows.map((row) => [row.node.id, row.top, row.hiddenInput, row.hiddenOutput])).toEqual([
    ['b', 0, null, 'out'],
    ['c', 52, 'in', null],
  ]);
  expect(lines.map((line) => line.id)).toEqual(['ab', 'cd', 'ad']);
});

test('an edit of one node makes one new card; everything else keeps its identity', () => {
  const document = many(500);
  const before = project(document, null, EMPTY_PROJECTION);
  const after = project(setField(document, 'n77', 'condition', 'TRUE'), null, before);
  const fresh = after.cards.filter((card, index) => card !== before.cards[index]);
  expect(fresh.map((card) => card.id)).toEqual(['n77']);
  expect(after.lines.every((line, index) => line === before.lines[index])).toBe(true);
});

test('a move makes one new card, in a group too, and no line', () => {
  const { document, id } = createGroup(many(500), new Set(['n1', 'n2', 'n3']), { label: 'G', parent: null, at: { x: 0, y: 0 } });
  const noted = addNote(document, { text: 'x', at: { x: 0, y: 900 }, group: null }).document;
  const before = project(noted, null, EMPTY_PROJECTION);
  const after = project(placeNodes(noted, { [id]: { x: 9, y: 9 } }), null, before);
  expect(after.cards.filter((card, index) => card !== before.cards[index]).map((card) => card.id)).toEqual([id]);
  expect(after.lines.every((line, index) => line === before.lines[index])).toBe(true);
  const inside = project(noted, id, EMPTY_PROJECTION);
  const moved = project(placeNodes(noted, { n2: { x: 300, y: 1 } }), id, inside);
  const nodes = moved.cards.filter((card) => card.kind === 'nodes');
  expect(nodes.filter((card) => inside.cardOf.get(card.id) !== card).map((card) => card.id)).toEqual(['n2']);
});

test('notes tied to a node go with its card, and are left where they are when they are moved themselves', () => {
  const noted = addNote(diamond(), { text: 'x', at: { x: 10, y: 100 }, node: 'a', group: null });
  const projection = project(noted.document, null, EMPTY_PROJECTION);
  const together = placeCards(noted.document, projection, new Map([['a', { x: 90, y: 45 }]]));
  expect(together.drawing.notes).toMatchObject([{ x: 100, y: 145 }]);
  const apart = placeCards(
    noted.document,
    projection,
    new Map([
      ['a', { x: 90, y: 45 }],
      [noted.id, { x: 1, y: 2 }],
    ]),
  );
  expect(apart.drawing.notes).toMatchObject([{ x: 1, y: 2 }]);
});

test('five hundred nodes are projected well within a frame', () => {
  const document = many(500);
  let projection = project(document, null, EMPTY_PROJECTION);
  const times = Array.from({ length: 40 }, () => {
    const start = performance.now();
    projection = project({ ...document }, null, projection);
    return performance.now() - start;
  });
  // The quickest round: the machine may be busy with other tests.
  expect(Math.min(...times)).toBeLessThan(8);
});
