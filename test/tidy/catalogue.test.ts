/** The catalogue, the folders and their files say the same; nobody outside engine/nodes knows a node type by name. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { NODE_CATEGORIES } from '../../engine/spec/define-node.ts';
import { nodeFolder } from '../../engine/spec/node-folder.ts';
import { isTest, REPOSITORY, readSourceFiles } from '../support/source-files.ts';

const NODES = path.join(REPOSITORY, 'engine/nodes');

interface NodeFolder {
  readonly group: string;
  readonly folder: string;
  readonly type: string;
  readonly execution: string;
  readonly files: readonly string[];
}

const folders = listNodeFolders();

function listNodeFolders(): readonly NodeFolder[] {
  const groups = readdirSync(NODES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return groups.flatMap((group) =>
    readdirSync(path.join(NODES, group.name)).map((folder) => {
      const definition = path.join(NODES, group.name, folder, 'node.ts');
      const text = existsSync(definition) ? readFileSync(definition, 'utf8') : '';
      return {
        group: group.name,
        folder,
        // Two spaces: the definition's own property, not one of a column in a default.
        type: /^ {2}type: '([a-z0-9-]+)'/m.exec(text)?.[1] ?? '',
        execution: /^ {2}execution: '([a-z]+)'/m.exec(text)?.[1] ?? '',
        files: readdirSync(path.join(NODES, group.name, folder)),
      };
    }),
  );
}

describe('every node folder', () => {
  it('has an icon of its own', () => {
    const icons = folders.map(({ group, folder }) => readFileSync(path.join(NODES, group, folder, 'icon.svg'), 'utf8'));
    expect(folders.filter((_node, index) => icons.indexOf(icons[index]) !== index).map(({ folder }) => folder)).toEqual([]);
  });

  it.each(folders)('$group/$folder is complete', ({ files, execution }) => {
    // A node that only the planner reads has nothing that runs.
    const expected = [
      'node.ts',
      'flink.ts',
      'spark.ts',
      'cases.ts',
      'help.md',
      'icon.svg',
      ...(execution === 'plan' ? [] : ['operator.ts']),
    ];
    expect(expected.filter((file) => !files.includes(file))).toEqual([]);
  });

  it.each(folders)('$group/$folder is named like its type', ({ group, folder, type }) => {
    const category = NODE_CATEGORIES.find((one) => one === group);
    expect(category && nodeFolder({ type, category })).toBe(`${group}/${folder}`);
  });

  it('has exactly one line in the catalogue', () => {
    const catalogue = readFileSync(path.join(NODES, 'catalog.ts'), 'utf8');
    const named = [...catalogue.matchAll(/'\.\/([a-z-]+\/[a-z0-9-]+)\/node\.ts'/g)].map((match) => match[1]);
    expect([...named].sort()).toEqual(folders.map(({ group, folder }) => `${group}/${folder}`).sort());
  });

  it.each(folders)('$group/$folder has help in both languages and an icon of one colour', ({ group, folder }) => {
    const help = readFileSync(path.join(NODES, group, folder, 'help.md'), 'utf8');
    expect(help).toMatch(/[\u4e00-\u9fff]/);
    expect(help).toMatch(/[A-Za-z]{4}/);
    const icon = readFileSync(path.join(NODES, group, folder, 'icon.svg'), 'utf8');
    expect(icon).toContain('viewBox="0 0 24 24"');
    expect(icon).not.toMatch(/<(script|image|style|foreignObject)|on[a-z]+=|href/i);
  });
});

describe('page, desktop shell and engine', () => {
  it('know no node type by name', () => {
    // Words like 'filter' are also ordinary English; a type is meant where it is compared or looked up.
    const types = folders.map((node) => node.type);
    const sources = readSourceFiles(['renderer', 'electron', 'engine'], ['.ts', '.tsx']).filter(
      (file) => !isTest(file.path) && !file.path.startsWith('engine/nodes/'),
    );
    const found = sources.flatMap((file) =>
      types
        .filter((type) =>
          type.includes('-')
            ? file.text.includes(`'${type}'`)
            : new RegExp(`\\b(node|definition|spec)\\.type\\s*[!=]==?\\s*'${type}'`).test(file.text) ||
              // In the engine the same words name stages and field kinds.
              (!file.path.startsWith('engine/') && file.text.includes(`case '${type}':`)),
        )
        .map((type) => `${file.path}: ${type}`),
    );
    expect(found).toEqual([]);
  });
});
