/** Cards of a template have room for the foot that they get while it runs, and some air between them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import type { Box } from '../../renderer/canvas/geometry.ts';
import { cardBox, EMPTY_PROJECTION, project } from '../../renderer/canvas/project.ts';
import { REPOSITORY } from '../support/source-files.ts';

const AIR = 12;

const templates = readdirSync(path.join(REPOSITORY, 'templates'), { withFileTypes: true }).filter((entry) => entry.isDirectory());

function near(a: Box, b: Box): boolean {
  return a.x < b.x + b.width + AIR && b.x < a.x + a.width + AIR && a.y < b.y + b.height + AIR && b.y < a.y + a.height + AIR;
}

test.each(templates.map((entry) => entry.name))('%s', (name) => {
  const document = JSON.parse(readFileSync(path.join(REPOSITORY, 'templates', name, 'pipeline.json'), 'utf8')) as PipelineDocument;
  const cards = project(document, null, EMPTY_PROJECTION).cards;
  const pairs = cards.flatMap((card, index) => cards.slice(index + 1).map((other) => [card, other] as const));
  const crowded = pairs.filter(([card, other]) => near(cardBox(card, true), cardBox(other, true)));
  expect(crowded.map(([card, other]) => `${card.id} and ${other.id}`)).toEqual([]);
  expect(cards.length).toBeGreaterThan(2);
});
