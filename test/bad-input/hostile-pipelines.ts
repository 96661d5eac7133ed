/** Pipeline files that somebody else wrote to hurt: too big, too deep, circular, of the wrong types, polluting, naughty. */
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';

export interface HostilePipeline {
  readonly name: string;
  readonly text: string;
  /** A problem code that must be among those found; null = the file is odd but can be carried. */
  readonly code: string | null;
}

type Node = { readonly id: string; readonly type: string; readonly config: JsonObject };
type Edge = { readonly id: string; readonly from: JsonObject; readonly to: JsonObject };

const COLUMNS = [{ name: 'a', type: 'INT' }];
export const SOURCE: Node = { id: 'read', type: 'file-source', config: { path: 'in.ndjson', schema: COLUMNS } };
const SINK: Node = { id: 'write', type: 'file-sink', config: { path: 'out' } };

export function pipelineText(nodes: readonly JsonValue[], edges: readonly JsonValue[], more: JsonObject = {}): string {
  return JSON.stringify({ format: 'millrace-pipeline', version: 1, id: 'x', name: 'x', job: {}, nodes, edges, drawing: {}, ...more });
}

export function edge(id: string, from: string, to: string): Edge {
  return { id, from: { node: from, port: 'out' }, to: { node: to, port: 'in' } };
}

/** read → … → write */
export function chainText(between: readonly Node[], columns: JsonValue = COLUMNS): string {
  const nodes = [{ ...SOURCE, config: { path: 'in.ndjson', schema: columns } }, ...between, SINK];
  return pipelineText(
    nodes,
    nodes.slice(1).map((node, index) => edge(`e${index}`, nodes[index].id, node.id)),
  );
}

export function filterNode(id: string, condition: string): Node {
  return { id, type: 'filter', config: { condition } };
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const wide = times(2000, (index) => ({ name: `a${index}`, type: 'INT' }));

function selectNode(id: string, count: number, expression: string): Node {
  return { id, type: 'select', config: { keep: 'all', columns: times(count, (at) => ({ name: `${id}_${at}`, expression })) } };
}

/** Each is made when it is asked for: together they are hundreds of megabytes. */
export const HOSTILE: readonly (() => HostilePipeline)[] = [
  () => ({ name: '50 MB of name', text: pipelineText([], [], { name: 'x'.repeat(50_000_000) }), code: 'MR2001' }),
  () => ({ name: '50 MB of blanks', text: `${' '.repeat(50_000_000)}{}`, code: 'MR2001' }),
  () => ({ name: 'lists a million deep', text: `{"nodes":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`, code: 'MR2003' }),
  () => ({ name: 'objects 500,000 deep, never closed', text: '{"a":'.repeat(500_000), code: 'MR2003' }),
  () => ({
    name: '100,000 nodes',
    text: pipelineText(
      times(100_000, (n) => ({ id: `n${n}`, type: 'x' })),
      [],
    ),
    code: 'MR2011',
  }),
  () => ({
    name: 'a million edges',
    text: pipelineText(
      [SOURCE, SINK],
      times(1_000_000, (n) => n),
    ),
    code: 'MR2001',
  }),
  () => ({
    name: 'a million values',
    text: pipelineText(
      [],
      times(1_000_000, () => 0),
    ),
    code: 'MR2004',
  }),
  () => ({
    name: '20,000 equal edges',
    text: pipelineText(
      [SOURCE, SINK],
      times(20_000, (n) => edge(`e${n}`, 'read', 'write')),
    ),
    code: 'MR2311',
  }),
  () => {
    const count = 4000;
    const nodes = times(count, (n) => filterNode(`n${n}`, 'a > 1'));
    return {
      name: 'a circle of 4,000',
      text: pipelineText(
        nodes,
        times(count, (n) => edge(`e${n}`, `n${n}`, `n${(n + 1) % count}`)),
      ),
      code: 'MR2303',
    };
  },
  () => ({ name: 'an edge to its own node', text: pipelineText([filterNode('f', 'a > 1')], [edge('e', 'f', 'f')]), code: 'MR2303' }),
  () => ({ name: 'a node id twice', text: pipelineText([SOURCE, SOURCE], []), code: 'MR2013' }),
  () => ({
    name: 'unknown node types',
    text: pipelineText(
      [
        { ...SINK, type: 'constructor' },
        { ...SOURCE, type: '__proto__' },
      ],
      [],
    ),
    code: 'MR2301',
  }),
  () => ({ name: 'a type 10,000 deep', text: chainText([], [{ name: 'a', type: `${'ROW<x '.repeat(10_000)}INT` }]), code: 'MR2117' }),
  () => ({ name: 'a type of 10,000 ARRAYs', text: chainText([], [{ name: 'a', type: `INT${' ARRAY'.repeat(10_000)}` }]), code: 'MR2117' }),
  () => ({ name: 'a type of a megabyte', text: chainText([], [{ name: 'a', type: `ROW<${'x INT, '.repeat(150_000)}` }]), code: 'MR2117' }),
  () => ({
    name: 'an expression 40,000 deep',
    text: chainText([filterNode('f', `${'('.repeat(40_000)}a${')'.repeat(40_000)} > 1`)]),
    code: 'MR3011',
  }),
  () => ({ name: 'an expression of a megabyte', text: chainText([filterNode('f', `a IN (${'1, '.repeat(300_000)}1)`)]), code: 'MR3011' }),
  () => ({
    name: '100,000 columns',
    text: chainText(
      [],
      times(100_000, (n) => ({ name: `a${n}`, type: 'INT' })),
    ),
    code: 'MR2112',
  }),
  () => ({
    name: 'columns that grow from node to node',
    text: chainText(times(50, (n) => selectNode(`n${n}`, 1500, 'a'))),
    code: 'MR2316',
  }),
  () => ({
    name: '2,000 columns through 4,500 projections',
    text: chainText(
      times(4500, (n) => selectNode(`n${n}`, 1, 'a1')),
      wide,
    ),
    code: 'MR2317',
  }),
  () => ({
    name: '2,000 columns through 4,500 filters',
    text: chainText(
      times(4500, (n) => filterNode(`n${n}`, 'a1999 > 1')),
      wide,
    ),
    code: null,
  }),
  () => ({
    name: '1,800 filters of 200 terms',
    text: chainText(times(1800, (n) => filterNode(`n${n}`, times(200, (t) => `a = ${t}`).join(' OR ')))),
    code: null,
  }),
];

/** Every value of the document replaced by values of every other type, one at a time; and every key by keys that pollute. */
export function* mutateEverywhere(text: string): Generator<{ readonly name: string; readonly text: string }> {
  const values: readonly JsonValue[] = [
    null,
    true,
    -1,
    0.5,
    1e308,
    '',
    '\u0000',
    [],
    {},
    [null],
    [[[]]],
    { a: null },
    '__proto__',
    'constructor',
  ];
  for (const place of placesOf(JSON.parse(text) as JsonValue)) {
    for (const value of values) {
      yield {
        name: `${place.join('.')} = ${JSON.stringify(value)}`,
        text: JSON.stringify(withValue(JSON.parse(text) as JsonValue, place, value)),
      };
    }
    const key = place[place.length - 1];
    if (!/^\d+$/.test(key)) {
      for (const other of ['constructor', 'prototype', 'toString', 'hasOwnProperty']) {
        yield { name: `${place.join('.')} → ${other}`, text: JSON.stringify(withKey(JSON.parse(text) as JsonValue, place, other)) };
      }
    }
  }
}

export function placesOf(value: JsonValue, at: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, JsonValue]) => [[...at, key], ...placesOf(part, [...at, key])]);
}

type Container = { [key: string]: JsonValue };

function parentOf(root: JsonValue, place: readonly string[]): Container {
  let at = root as Container;
  for (const key of place.slice(0, -1)) at = at[key] as Container;
  return at;
}

export function withValue(root: JsonValue, place: readonly string[], value: JsonValue): JsonValue {
  parentOf(root, place)[place[place.length - 1]] = value;
  return root;
}

function withKey(root: JsonValue, place: readonly string[], key: string): JsonValue {
  const parent = parentOf(root, place);
  const old = place[place.length - 1];
  parent[key] = parent[old];
  delete parent[old];
  return root;
}
