/** Thumbnails keep the order of the drawing, never overlap, and take stacks, groups and empty pipelines. */
import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { addNode, connect, createDocument } from '../document/commands.ts';
import { pictureOf } from './picture.ts';
import { BLOCK_ROW, thumbnailOf } from './thumbnail.ts';

/** Adds filters at these places, joined in a row. */
function chain(places: readonly (readonly [number, number])[]): PipelineDocument {
  let document = createDocument('d');
  const ids: string[] = [];
  for (const [x, y] of places) {
    const added = addNode(document, { type: 'filter', config: {} }, { x, y });
    document = added.document;
    ids.push(added.id);
  }
  for (let index = 1; index < ids.length; index++)
    document = connect(document, { node: ids[index - 1], port: 'out' }, { node: ids[index], port: 'in' }, true);
  return document;
}

const thumbnail = (document: PipelineDocument) => thumbnailOf(pictureOf(document, null, 'en'));

test('an empty pipeline has an empty thumbnail', () => {
  expect(thumbnail(createDocument('d'))).toEqual({ blocks: [], curves: [], view: { x: -4, y: -4, width: 8, height: 8 } });
});

test('cards become blocks in columns, in the order of the drawing', () => {
  const { blocks, curves } = thumbnail(
    chain([
      [0, 0],
      [900, 400],
      [310, 20],
      [905, -700],
    ]),
  );
  const columns = blocks.map((block) => block.box.x / 86);
  expect(columns).toEqual([0, 1, 2, 2]);
  expect(blocks[2].box.y).toBeLessThan(blocks[3].box.y);
  expect(curves).toHaveLength(3);
});

test('blocks never overlap, however crowded the drawing is', () => {
  const { blocks } = thumbnail(chain(Array.from({ length: 40 }, (_place, index) => [(index % 5) * 30, index * 3] as const)));
  for (const a of blocks) {
    for (const b of blocks) {
      if (a === b || a.box.x !== b.box.x) continue;
      expect(a.box.y + a.box.height <= b.box.y || b.box.y + b.box.height <= a.box.y).toBe(true);
    }
  }
});

test('a stack is one block with a row per node', () => {
  const document = chain([
    [0, 0],
    [300, 0],
    [600, 0],
  ]);
  const [a, b] = document.nodes.map((node) => node.id);
  const stacked = { ...document, drawing: { ...document.drawing, stacks: [[a, b]] } };
  const { blocks, curves } = thumbnail(stacked);
  expect(blocks.map((block) => [block.categories.length, block.box.height])).toEqual([
    [2, 2 * BLOCK_ROW],
    [1, BLOCK_ROW],
  ]);
  expect(curves).toHaveLength(1);
});

test('a group is one block, and its inside is a picture of its own', () => {
  const document = chain([
    [0, 0],
    [0, 0],
    [300, 0],
    [600, 0],
  ]);
  const [first, second, third] = document.nodes.map((node) => node.id);
  const groups = [
    { id: 'g', label: 'Inside', members: [second] },
    { id: 'h', label: 'Deeper', parent: 'g', members: [third] },
  ];
  const positions = { ...document.drawing.positions, g: { x: 300, y: 0 }, h: { x: 300, y: 0 } };
  const grouped = { ...document, drawing: { ...document.drawing, positions, groups } };
  expect(pictureOf(grouped, null, 'en').cards.map((card) => card.id)).toEqual([first, document.nodes[3].id, 'g']);
  expect(thumbnail(grouped).curves).toHaveLength(2);
  expect(pictureOf(grouped, 'g', 'en').cards.map((card) => card.id)).toEqual([second, 'h']);
});
