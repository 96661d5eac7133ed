/** What is found in a pipeline, where in it, and how fast. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/base/json.ts';
import { addNode, createDocument, setField, setLabel } from '../document/commands.ts';
import { paletteEntries, resolveDocument } from '../document/definitions.ts';
import { excerptOf, queryTerms, rangesIn } from './matching.ts';
import { searchDocument } from './search-document.ts';

/** The entry with a field of this kind that is text, so that no node type is named here. */
function entryWith(kind: string) {
  for (const entry of paletteEntries) {
    for (const [name, field] of Object.entries(entry.definition.fields)) if (field.kind === kind) return { entry, name };
  }
  throw new Error(`No node has a ${kind}`);
}

function pipeline() {
  const { entry, name } = entryWith('expression');
  const first = addNode(createDocument('test'), { type: entry.type, config: entry.config }, { x: 400, y: 0 });
  const second = addNode(first.document, { type: entry.type, config: entry.config as JsonObject }, { x: 0, y: 0 });
  const labelled = setLabel(setLabel(second.document, first.id, 'Large amounts'), second.id, 'Everything else');
  return { document: setField(labelled, second.id, name, 'amount > 1000 AND card IS NOT NULL'), first: first.id, second: second.id, name };
}

function search(query: string) {
  const { document, ...ids } = pipeline();
  const place = (id: string) => document.drawing.positions[id] ?? { x: 0, y: 0 };
  return { ...ids, found: searchDocument({ document, nodes: resolveDocument(document).graph.node, place, language: 'en' }, query) };
}

test('names and expressions are found together, in the order of the drawing', () => {
  const { found, first, second, name } = search('amount');
  expect(found.map(({ node, findings }) => [node.id, findings[0].kind, findings[0].excerpt.text, findings[0].field])).toEqual([
    [second, 'expression', 'amount > 1000 AND card IS NOT NULL', name],
    [first, 'name', 'Large amounts', null],
  ]);
  expect(found[1].findings[0].excerpt.ranges).toEqual([{ start: 6, end: 12 }]);
});

test('every word must stand in the same text; nothing is found without words', () => {
  expect(search('card 1000').found).toHaveLength(1);
  expect(search('large null').found).toHaveLength(0);
  expect(search('   ').found).toHaveLength(0);
});

describe('matching', () => {
  test('the beginning of a word goes before its middle', () => {
    expect(rangesIn('unsaved, then saved', ['saved'])).toEqual([{ start: 14, end: 19 }]);
  });

  test('overlapping words are marked once', () => {
    expect(rangesIn('savepoint', queryTerms('Save savep'))).toEqual([{ start: 0, end: 5 }]);
  });

  test('a long text is cut around what was found', () => {
    const text = `${'a'.repeat(100)} needle ${'b'.repeat(100)}`;
    const excerpt = excerptOf(text, [{ start: 101, end: 107 }]);
    expect(excerpt.ranges.map(({ start, end }) => excerpt.text.slice(start, end))).toEqual(['needle']);
    expect(excerpt.text).toMatch(/^….*…$/);
  });
});
