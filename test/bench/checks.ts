/** How long the designer waits for its checks: the first of a drawing, and the one behind a keystroke in its middle. */
import { catalog } from '../../engine/nodes/node-types.ts';
import type { NodeSpec, PipelineDocument } from '../../engine/spec/document.ts';
import { DOCUMENT_FORMAT } from '../../engine/spec/document.ts';
import { createResolver } from '../../engine/spec/resolve-pipeline.ts';

const CHAIN_LENGTH = 10;

export interface CheckTimes {
  readonly nodes: number;
  readonly firstMs: readonly number[];
  readonly keystrokeMs: readonly number[];
}

export function measureChecks(options: { readonly nodes: number; readonly repetitions: number }): CheckTimes {
  const firstMs: number[] = [];
  const keystrokeMs: number[] = [];
  for (let repetition = 0; repetition < options.repetitions; repetition++) {
    const document = createDocument(options.nodes);
    const resolver = createResolver(catalog);
    firstMs.push(timeOf(() => resolver.resolve(document)));
    const middle = Math.floor(options.nodes / CHAIN_LENGTH / 2) * CHAIN_LENGTH + 1;
    const nodes = document.nodes.map((node, index) =>
      index === middle ? { ...node, config: { condition: `n1 > ${repetition} AND nope` } } : node,
    );
    keystrokeMs.push(timeOf(() => resolver.resolve({ ...document, nodes })));
  }
  return { nodes: options.nodes, firstMs, keystrokeMs };
}

/** Chains of a source, filters and derivations, and a sink. */
function createDocument(count: number): PipelineDocument {
  const nodes = Array.from({ length: count }, (_node, index) => createNode(index));
  const wired = nodes.flatMap((node, index) => (index % CHAIN_LENGTH === 0 ? [] : [{ from: nodes[index - 1], to: node }]));
  return {
    format: DOCUMENT_FORMAT,
    version: 1,
    id: 'bench',
    name: 'Bench',
    job: {},
    nodes,
    edges: wired.map(({ from, to }) => ({ id: `e-${to.id}`, from: { node: from.id, port: 'out' }, to: { node: to.id, port: 'in' } })),
    drawing: { positions: {} },
  };
}

function createNode(index: number): NodeSpec {
  const id = `n${index}`;
  const place = index % CHAIN_LENGTH;
  if (place === 0) {
    const schema = Array.from({ length: 10 }, (_column, column) => ({ name: `n${column}`, type: column % 2 === 0 ? 'STRING' : 'BIGINT' }));
    return { id, type: 'collection-source', config: { schema, rows: [] } };
  }
  if (place === CHAIN_LENGTH - 1) return { id, type: 'preview-sink', config: {} };
  if (place % 2 === 1) return { id, type: 'filter', config: { condition: 'n1 > 10 AND n3 IS NOT NULL' } };
  return { id, type: 'select', config: { keep: 'all', columns: [{ name: `made${place}`, expression: 'n1 * 2 + n3' }] } };
}

function timeOf(work: () => unknown): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}
