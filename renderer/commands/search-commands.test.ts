/** What the command palette finds, in which order, and how fast. */
import { expect, test } from 'vitest';
import { searchWords } from '../actions/action-words.ts';
import { addNode, createDocument, setLabel } from '../document/commands.ts';
import { paletteEntries, resolveDocument } from '../document/definitions.ts';
import { actionNames } from '../strings/en/actions.ts';
import type { CommandSource, SearchSource } from './search-commands.ts';
import { readQuery, searchPalette } from './search-commands.ts';

const commands: readonly CommandSource[] = (['save', 'saveAs', 'stop', 'savepoint', 'undo'] as const).map((id) => ({
  id,
  name: actionNames[id],
  words: searchWords(id),
}));

function source(count: number): SearchSource {
  let document = createDocument('test');
  for (let index = 0; index < count; index++) {
    const entry = paletteEntries[index % paletteEntries.length];
    const added = addNode(document, { type: entry.type, config: entry.config }, { x: index * 300, y: 0 });
    document = setLabel(added.document, added.id, `Step ${index} saves`);
  }
  return { commands, nodes: document.nodes, resolved: resolveDocument(document).graph.node, language: 'en', files: [] };
}

test('a prefix chooses what is searched', () => {
  expect(readQuery(' > save')).toEqual({ mode: 'commands', query: 'save' });
  expect(readQuery('@save').mode).toBe('nodes');
  expect(readQuery('#save').mode).toBe('columns');
  expect(readQuery('save')).toEqual({ mode: 'all', query: 'save' });
});

test('names that begin with the words come first, other words for an action last', () => {
  const { commands: found, nodes } = searchPalette(source(3), 'save');
  expect(found.map(({ id, label }) => [id, label.ranges.length])).toEqual([
    ['save', 1],
    ['saveAs', 1],
    ['savepoint', 1],
    ['stop', 0],
  ]);
  expect(nodes.map(({ label }) => label.text)).toEqual(['Step 0 saves', 'Step 1 saves', 'Step 2 saves']);
});

test('an action is found by its name in the other language', () => {
  expect(searchPalette(source(0), '撤销').commands.map(({ id }) => id)).toEqual(['undo']);
});

test('without words every command is there, and nothing else', () => {
  const { commands: found, nodes, columns } = searchPalette(source(2), '');
  expect([found.length, nodes.length, columns.length]).toEqual([commands.length, 0, 0]);
});

test('500 nodes are searched in less than 30 ms', () => {
  const large = source(500);
  searchPalette(large, 'warm');
  // The best of several runs: other work of the machine is not the search's.
  const fastest = (query: string) =>
    Math.min(
      ...Array.from({ length: 7 }, () => {
        const begun = performance.now();
        searchPalette(large, query);
        return performance.now() - begun;
      }),
    );
  for (const query of ['s', 'st', 'step 4', '#a', 'nothing like it']) expect(fastest(query)).toBeLessThan(30);
});

test('recent files are found by name and folder, unless they are gone', () => {
  const file = (path: string, modifiedMs: number | null) => ({
    path,
    name: path.split('/').at(-1) ?? '',
    openedAtMs: 1,
    modifiedMs,
    draft: null,
  });
  const files = [file('/home/flows/cards.json', 1), file('/home/flows/cards-old.json', null), file('/home/other/rates.json', 1)];
  expect(searchPalette({ ...source(0), files }, 'cards').files.map(({ path }) => path)).toEqual(['/home/flows/cards.json']);
  expect(searchPalette({ ...source(0), files }, 'other').files.map(({ path }) => path)).toEqual(['/home/other/rates.json']);
  expect(searchPalette({ ...source(0), files }, '').files).toEqual([]);
  expect(searchPalette({ ...source(0), files }, '@cards').files).toEqual([]);
});
