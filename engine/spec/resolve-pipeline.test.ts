/** Graph checks over hand-made nodes: cycles, ports, switched-off branches, event time, guarantees, and the cost of five hundred nodes. */
import { describe, expect, it } from 'vitest';
import { BIGINT, STRING, timestampType } from '../types/make-type.ts';
import { unsupported } from './contributions/unsupported.ts';
import type { AnyNode, Catalog, NodeSource } from './define-node.ts';
import { appendOnly, defineNode, inputPort, outputPort } from './define-node.ts';
import type { EdgeSpec, NodeSpec, PipelineDocument } from './document.ts';
import type { Fields } from './fields.ts';
import { expressionField, textField, watermarkField } from './fields.ts';
import { computeGuarantee } from './guarantee.ts';
import { createResolver, resolvePipeline } from './resolve-pipeline.ts';
import { sameText, text } from './text.ts';

const WORDS = text({ en: 'a node', zh: '一个节点' });
const SCHEMA = {
  fields: [
    { name: 'id', type: BIGINT },
    { name: 'name', type: STRING },
    { name: 'ts', type: timestampType(3) },
  ],
};
const REFUSED = unsupported(WORDS, WORDS);

/** What every node of these tests shares. */
const BASE: Pick<
  NodeSource<Fields>,
  'category' | 'label' | 'summary' | 'searchWords' | 'presets' | 'describe' | 'check' | 'flinkSql' | 'pySpark' | 'migrations'
> = {
  category: 'transforms',
  label: WORDS,
  summary: WORDS,
  searchWords: [],
  presets: [],
  describe: () => '-',
  check: () => [],
  flinkSql: () => REFUSED,
  pySpark: () => REFUSED,
  migrations: [],
};
const IN = inputPort('in', sameText('in'), { changelog: 'append' });
const OUT = outputPort('out', sameText('out'));

const nodes: readonly AnyNode[] = [
  defineNode({
    ...BASE,
    type: 'read',
    execution: 'source',
    fields: {},
    inputs: [],
    outputs: () => [OUT],
    outputSchema: () => ({ out: appendOnly(SCHEMA) }),
    delivery: () => 'replayable',
  }),
  defineNode({
    ...BASE,
    type: 'listen',
    execution: 'source',
    fields: {},
    inputs: [],
    outputs: () => [OUT],
    outputSchema: () => ({ out: appendOnly(SCHEMA) }),
    delivery: () => 'not-replayable',
  }),
  defineNode({
    ...BASE,
    type: 'keep',
    execution: 'stage',
    fields: { condition: expressionField({ label: WORDS, returns: 'BOOLEAN' }) },
    inputs: [IN],
    outputs: () => [OUT],
    outputSchema: (_config, inputs) => ({ out: inputs.shape() }),
  }),
  defineNode({
    ...BASE,
    type: 'reshape',
    execution: 'stage',
    fields: { note: textField({ label: WORDS, optional: true }) },
    inputs: [IN],
    outputs: () => [OUT],
    outputSchema: () => ({ out: appendOnly({ fields: [{ name: 'only', type: STRING }] }) }),
  }),
  defineNode({
    ...BASE,
    type: 'time',
    execution: 'stage',
    fields: { time: watermarkField({ label: WORDS }) },
    inputs: [IN],
    outputs: () => [OUT],
    outputSchema: (_config, inputs) => ({ out: appendOnly({ ...inputs.schema(), rowtime: 'ts' }) }),
  }),
  defineNode({
    ...BASE,
    type: 'window',
    execution: 'operator',
    fields: {},
    inputs: [{ ...IN, needs: 'watermark' }],
    outputs: () => [OUT],
    outputSchema: (_c, inputs) => ({ out: inputs.shape() }),
  }),
  defineNode({
    ...BASE,
    type: 'merge',
    execution: 'plan',
    fields: {},
    inputs: [{ ...IN, many: true }],
    outputs: () => [OUT],
    outputSchema: (_c, inputs) => ({ out: inputs.shape() }),
  }),
  defineNode({
    ...BASE,
    type: 'write',
    execution: 'sink',
    fields: {},
    inputs: [IN],
    outputs: () => [],
    outputSchema: () => ({}),
    delivery: () => 'transactional',
  }),
  defineNode({
    ...BASE,
    type: 'show',
    execution: 'sink',
    fields: {},
    inputs: [IN],
    outputs: () => [],
    outputSchema: () => ({}),
    delivery: () => 'repeats',
  }),
];
const catalog: Catalog = new Map(nodes.map((node) => [node.type, node]));

/** `'a:read b:keep'` and `'a>b'`. */
function pipeline(
  nodeWords: string,
  edgeWords: string,
  changes: { readonly [id: string]: Partial<NodeSpec> } = {},
  job: PipelineDocument['job'] = {},
): PipelineDocument {
  const specs = nodeWords.split(' ').map((word): NodeSpec => {
    const [id, type] = word.split(':');
    return { id, type, config: type === 'keep' ? { condition: 'id > 1' } : {}, ...changes[id] };
  });
  const edges = edgeWords
    .split(' ')
    .filter((word) => word !== '')
    .map((word): EdgeSpec => {
      const [from, to] = word.split('>');
      return { id: word.replace('>', '-'), from: { node: from, port: 'out' }, to: { node: to, port: 'in' } };
    });
  return { format: 'millrace-pipeline', version: 1, id: 'p', name: 'p', job, nodes: specs, edges, drawing: { positions: {} } };
}

function found(document: PipelineDocument): string[] {
  return resolvePipeline(document, catalog).problems.map((problem) =>
    `${problem.code} ${problem.nodeId ?? problem.edgeId ?? problem.field ?? ''}`.trim(),
  );
}

describe('graph checks', () => {
  const table: readonly (readonly [string, PipelineDocument, readonly string[]])[] = [
    ['a sound pipeline', pipeline('a:read b:keep c:write', 'a>b b>c'), []],
    ['an empty one', { ...pipeline('a:read', ''), nodes: [] }, ['MR2310']],
    ['a circle', pipeline('a:keep b:keep c:keep', 'a>b b>c c>a'), ['MR2310', 'MR2303 a']],
    ['a node fed by itself', pipeline('a:keep', 'a>a'), ['MR2310', 'MR2303 a']],
    ['a node type of a newer version', pipeline('a:read b:teleport c:write', 'a>b b>c'), ['MR2309 a', 'MR2301 b', 'MR2305 c']],
    ['an edge to nowhere', pipeline('a:read c:write', 'a>c a>x'), ['MR2302 a-x']],
    ['an input without edge', pipeline('a:read b:keep c:write', 'b>c'), ['MR2309 a', 'MR2305 b']],
    ['two edges into one input', pipeline('a:read b:read c:write', 'a>c b>c'), ['MR2306 c']],
    ['two edges into a union', pipeline('a:read b:read u:merge c:write', 'a>u b>u u>c'), []],
    ['no event time', pipeline('a:read w:window c:write', 'a>w w>c'), ['MR2307 w']],
    [
      'event time',
      pipeline('a:read t:time w:window c:write', 'a>t t>w w>c', { t: { config: { time: { column: 'ts', delay: '1 s' } } } }),
      [],
    ],
    ['no sink', pipeline('a:read b:keep', 'a>b'), ['MR2314', 'MR2309 b']],
    ['a switched-off node that passes through', pipeline('a:read b:keep c:write', 'a>b b>c', { b: { disabled: true, config: {} } }), []],
    ['a switched-off node that cannot', pipeline('a:read b:reshape c:write', 'a>b b>c', { b: { disabled: true } }), ['MR2313 c']],
    [
      'a parallelism beyond the key groups',
      pipeline('a:read c:write', 'a>c', {}, { parallelism: 64, maxParallelism: 32 }),
      ['MR2315 parallelism'],
    ],
    ['a time zone that does not exist', pipeline('a:read c:write', 'a>c', {}, { timeZone: 'Mars/Base' }), ['MR2127 timeZone']],
    ['a field of a newer version', pipeline('a:read b:reshape c:write', 'a>b b>c', { b: { config: { shine: 1 } } }), ['MR2102 b']],
  ];
  it.each(table)('%s', (_name, document, expected) => expect(found(document)).toEqual(expected));

  it('names the circle by its labels and offers a watermark node', () => {
    const [, cycle] = resolvePipeline(
      pipeline('a:keep b:keep', 'a>b b>a', { a: { label: 'Left' }, b: { label: 'Right' } }),
      catalog,
    ).problems;
    expect(cycle.text.en).toBe('Rows would run in a circle: Left → Right → Left');
    const [missing] = resolvePipeline(pipeline('a:read w:window c:write', 'a>w w>c'), catalog).problems;
    expect(missing.fixes[0].edit).toEqual({
      kind: 'insert-node',
      edgeId: 'a-w',
      type: 'time',
      config: { time: { column: 'ts', delay: '5 s' } },
    });
  });

  it('answers a million edges on one node and a circle of five thousand within two seconds', () => {
    const started = performance.now();
    const ids = Array.from({ length: 5000 }, (_, index) => `n${index}`);
    const ring = pipeline(
      ids.map((id) => `${id}:keep`).join(' '),
      ids.map((id, index) => `${id}>${ids[(index + 1) % ids.length]}`).join(' '),
    );
    expect(found(ring)).toContain('MR2303 n0');
    const star = {
      ...pipeline('a:read b:write', ''),
      edges: Array.from({ length: 20_000 }, (_, index) => ({
        id: `e${index}`,
        from: { node: 'a', port: 'out' },
        to: { node: 'b', port: 'in' },
      })),
    };
    expect(found(star).filter((code) => code.startsWith('MR2311'))).toHaveLength(19_999);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('what a pipeline promises', () => {
  it.each([
    ['a:read c:write', 'a>c', {}, 'exactly-once'],
    ['a:read c:show', 'a>c', {}, 'at-least-once'],
    ['a:listen c:write', 'a>c', {}, 'at-most-once'],
    ['a:read c:write', 'a>c', { guarantee: 'at-least-once' }, 'at-least-once'],
    ['a:read c:write', 'a>c', { guarantee: 'at-most-once' }, 'at-most-once'],
  ] as const)('%s %s %j: %s', (nodeWords, edgeWords, job, expected) => {
    const { graph } = resolvePipeline(pipeline(nodeWords, edgeWords, {}, job), catalog);
    const { guarantee, reason } = computeGuarantee(graph);
    expect(guarantee).toBe(expected);
    expect(reason.zh).toMatch(/[\u4e00-\u9fff]/);
  });
});

it('types again only what an edit reaches, and five hundred nodes in 50 ms', () => {
  const ids = Array.from({ length: 500 }, (_, index) => `n${index}`);
  const document = pipeline(
    `a:read ${ids.map((id) => `${id}:keep`).join(' ')} z:write`,
    `a>n0 ${ids
      .slice(1)
      .map((id, index) => `${ids[index]}>${id}`)
      .join(' ')} n499>z`,
  );
  const resolver = createResolver(catalog);
  const before = resolver.resolve(document);
  const edited = {
    ...document,
    nodes: document.nodes.map((node) => (node.id === 'n250' ? { ...node, config: { condition: 'id > 2' } } : node)),
  };
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now();
    resolver.resolve({ ...edited });
    return performance.now() - started;
  });
  expect(before.problems).toEqual([]);
  expect(Math.min(...times)).toBeLessThan(50);
});
