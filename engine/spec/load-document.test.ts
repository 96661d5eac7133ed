/** Reading and writing pipeline files: identity, untouched bytes, limits and places. */
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../base/random.ts';
import type { PipelineDocument } from './document.ts';
import { loadDocument } from './load-document.ts';
import { printDocument, saveDocument } from './save-document.ts';

const DOCUMENT: PipelineDocument = {
  format: 'millrace-pipeline',
  version: 1,
  id: 'p1',
  name: 'Delays – 航班',
  job: { parallelism: 2 },
  nodes: [
    { id: 'in', type: 'file-source', config: { path: 'a.csv', format: 'csv', schema: [{ name: 'a', type: 'INT' }] } },
    { id: 'out', type: 'file-sink', label: 'Write', config: { path: 'out' } },
  ],
  edges: [{ id: 'e1', from: { node: 'in', port: 'out' }, to: { node: 'out', port: 'in' } }],
  drawing: { positions: { in: { x: 0, y: 0 }, out: { x: 300, y: 0 } } },
};

/** As another program might write it: tabs, one line, unknown fields, odd spacing. */
const FOREIGN = `{"format":"millrace-pipeline" , "version": 1,\t"id": "p9", "name":"x", "futureField": {"a" : [1,2 ,3]},
\t"nodes": [
\t\t{ "id":"in", "type":"file-source", "config":{ "path":"a.csv",   "big": 12345678901234567890 } , "tint":"red" },
\t\t{ "id":"out", "type":"file-sink", "config":{} }
\t],
\t"edges": []
}`;

function open(text: string): { document: PipelineDocument; opened: ReturnType<typeof loadDocument> } {
  const opened = loadDocument(text);
  if (opened.document === null) throw new Error(opened.problems.map((problem) => problem.text.en).join('\n'));
  return { document: opened.document, opened };
}

describe('load and save', () => {
  it('is the identity for files we wrote', () => {
    const text = printDocument(DOCUMENT);
    const { document, opened } = open(text);
    expect(saveDocument(document, opened)).toBe(text);
    expect(saveDocument({ ...document }, opened)).toBe(text);
    expect(text.split('\n').filter((line) => line.includes('"x"'))).toHaveLength(2);
  });

  it('writes how a result is shown in one line, fields of a newer version included', () => {
    const result = { threshold: 800, later: [1], keys: ['host'], view: 'lines' } as const;
    const text = printDocument({ ...DOCUMENT, drawing: { ...DOCUMENT.drawing, results: { out: result } } });
    const { document, opened } = open(text);
    expect(text).toContain('      "out": { "view": "lines", "keys": ["host"], "threshold": 800, "later": [1] }\n');
    expect(document.drawing.results).toEqual({ out: result });
    expect(saveDocument({ ...document }, opened)).toBe(text);
    expect(loadDocument(text.replace('"threshold": 800', '"threshold": "much"')).problems).toMatchObject([{ severity: 'error' }]);
  });

  it('keeps every byte of a foreign file that was not edited', () => {
    const { document, opened } = open(FOREIGN);
    expect(saveDocument({ ...document }, opened)).toBe(FOREIGN);
    const renamed = saveDocument({ ...document, name: 'y' }, opened);
    expect(renamed).toBe(FOREIGN.replace('"name":"x"', '"name":"y"'));
  });

  it('edits a value, adds and removes entries of a foreign file in place', () => {
    const { document, opened } = open(FOREIGN);
    const [first, second] = document.nodes;
    const edited = saveDocument({ ...document, nodes: [{ ...first, config: { ...first.config, path: 'b.csv' } }, second] }, opened);
    expect(edited).toBe(FOREIGN.replace('a.csv', 'b.csv'));
    const removed = saveDocument({ ...document, nodes: [first] }, opened);
    expect(removed).toContain('12345678901234567890 } , "tint":"red" }\n\t],');
    const added = saveDocument(
      { ...document, nodes: [first, second, { id: 'n', type: 'filter', config: { condition: 'a > 1' } }] },
      opened,
    );
    expect(added).toContain(FOREIGN.slice(0, FOREIGN.indexOf('\n\t],')));
    expect(open(added).document.nodes[2].id).toBe('n');
    const emptied = saveDocument({ ...document, nodes: [] }, opened);
    expect(open(emptied).document.nodes).toEqual([]);
  });

  it('says the same after random edits of the foreign file', () => {
    const seed = Number(process.env.MILLRACE_SEED ?? Date.now() % 100000);
    const random = new SeededRandom(seed);
    for (let round = 0; round < 300; round++) {
      const { document, opened } = open(FOREIGN);
      let next: PipelineDocument = document;
      for (let step = random.nextInt(6); step >= 0; step--) next = randomEdit(next, random);
      const written = saveDocument(next, opened);
      expect(plain(open(written).document), `seed ${seed}, round ${round}`).toEqual(plain(next));
    }
  });

  it('reads a byte order mark', () => {
    expect(open(`\uFEFF${FOREIGN}`).document.id).toBe('p9');
  });
});

function randomEdit(document: PipelineDocument, random: SeededRandom): PipelineDocument {
  const nodes = [...document.nodes];
  const at = random.nextInt(nodes.length + 1);
  switch (random.nextInt(6)) {
    case 0:
      nodes.splice(at, 0, { id: `n${random.nextUint32()}`, type: 'filter', config: { condition: `${random.nextInt(9)} = 1` } });
      return { ...document, nodes };
    case 1:
      nodes.splice(at, 1);
      return { ...document, nodes };
    case 2:
      return { ...document, nodes: nodes.reverse() };
    case 3:
      return { ...document, nodes: nodes.map((node, index) => (index === at ? { ...node, label: `l${random.nextInt(9)}` } : node)) };
    case 4:
      return {
        ...document,
        drawing: {
          ...document.drawing,
          positions: { ...document.drawing.positions, [`n${random.nextInt(5)}`]: { x: random.nextInt(9), y: 0 } },
        },
      };
    default:
      return { ...document, job: { ...document.job, parallelism: random.nextInt(9) } };
  }
}

function plain(document: PipelineDocument): unknown {
  return JSON.parse(JSON.stringify(document));
}

function codes(text: string): string[] {
  const started = performance.now();
  const found = loadDocument(text).problems.map((problem) => problem.code);
  expect(performance.now() - started).toBeLessThan(2000);
  return found;
}

describe('hostile files are refused by name', () => {
  const start = '{"format":"millrace-pipeline","version":1,"id":"p","name":"n"';
  const node = (id: string): string => `{"id":"${id}","type":"filter","config":{}}`;
  const hostile: readonly [string, string, string][] = [
    ['50 MB', ' '.repeat(50_000_000), 'MR2001'],
    ['a million levels', `${start},"nodes":${'['.repeat(1_000_000)}`, 'MR2003'],
    ['a million values', `${start},"nodes":[${'0,'.repeat(1_100_000)}0]}`, 'MR2004'],
    [
      '100,000 nodes',
      `${start},"edges":[],"nodes":[${Array.from({ length: 100_000 }, (_, index) => `{"id":"n${index}","type":"x"}`).join(',')}]}`,
      'MR2011',
    ],
    ['__proto__', `${start},"nodes":[],"edges":[],"job":{"__proto__":{"polluted":true}}}`, 'MR2005'],
    ['a key twice', `${start},"nodes":[],"nodes":[]}`, 'MR2006'],
    ['another format', '{"format":"something"}', 'MR2007'],
    ['not JSON', `${start},"nodes":[},"edges":[]}`, 'MR2002'],
    ['text without end', `${start},"nodes":"${'x'.repeat(1_000_000)}`, 'MR2002'],
    ['an id with odd characters', `${start},"edges":[],"nodes":[${node('../x')}]}`, 'MR2012'],
    ['an id twice', `${start},"edges":[],"nodes":[${node('a')},${node('a')}]}`, 'MR2013'],
    ['nodes that are no list', `${start},"edges":[],"nodes":{}}`, 'MR2009'],
    ['no edges', `${start},"nodes":[]}`, 'MR2010'],
  ];
  for (const [name, text, code] of hostile) {
    it(name, () => {
      expect(codes(text)).toContain(code);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    });
  }

  it('says line, column and offset', () => {
    const [problem] = loadDocument('{\n  "format": millrace\n}').problems;
    expect(problem.text.en).toBe('Not JSON: unexpected "m" at line 2, column 13 (offset 14)');
    expect(problem.source).toEqual({ line: 2, column: 13, offset: 14 });
  });

  it('opens a newer version for reading', () => {
    const opened = loadDocument(FOREIGN.replace('"version": 1', '"version": 7'));
    expect([opened.readOnly, opened.document?.version, opened.problems.map((problem) => problem.code)]).toEqual([true, 7, ['MR2008']]);
  });
});
