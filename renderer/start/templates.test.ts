/** The bundled templates make gallery cards that any word about them finds. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { TemplateCard } from '../../engine/host/contract.ts';
import { findTemplates, galleryTemplate } from './templates.ts';

function card(name: string): TemplateCard {
  const folder = path.resolve(import.meta.dirname, '../../templates', name);
  const description = JSON.parse(readFileSync(path.join(folder, 'template.json'), 'utf8')) as Omit<TemplateCard, 'name' | 'document'>;
  return { ...description, name, document: readFileSync(path.join(folder, 'pipeline.json'), 'utf8') };
}

const templates = [galleryTemplate(card('flights')), galleryTemplate(card('nexmark-bids'))];

test.each([
  ['', ['flights', 'nexmark-bids']],
  ['Flight', ['flights']],
  ['sliding 拍卖', ['nexmark-bids']],
  ['watermark', ['flights', 'nexmark-bids']],
  ['MASK', ['flights']],
  ['merge sort', []],
])('“%s” finds %j', (query, names) => {
  expect(findTemplates(templates, query).map((template) => template.info.name)).toEqual(names);
});

test('cards know their drawing', () => {
  const [{ nodeCount, thumbnail }] = templates;
  expect(nodeCount).toBe(8);
  expect(thumbnail.blocks.map((block) => block.categories.length)).toEqual([3, 1, 1, 1, 2]);
  expect(thumbnail.curves).toHaveLength(4);
});

test('a damaged document still makes a card', () => {
  expect(galleryTemplate({ ...card('flights'), document: '{' })).toMatchObject({ nodeCount: 0, thumbnail: { blocks: [] } });
});
