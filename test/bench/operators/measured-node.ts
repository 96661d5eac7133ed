/** Makes a row of the table runnable: the node as a pipeline file says it, resolved by the checks of the product. */

import { createNodeStorage } from '../../../engine/base/node-storage.ts';
import { SeededRandom } from '../../../engine/base/random.ts';
import type { Arena } from '../../../engine/columnar/arena.ts';
import { catalog } from '../../../engine/nodes/node-types.ts';
import type { OperatorContext } from '../../../engine/operators/operator.ts';
import { NORMAL_SPEED } from '../../../engine/operators/operator.ts';
import { NOBODY_WATCHES } from '../../../engine/operators/time/window-view.ts';
import type { CaseInput } from '../../../engine/spec/node-cases.ts';
import { resolvePipeline } from '../../../engine/spec/resolve-pipeline.ts';
import type { ResolvedNode } from '../../../engine/spec/resolved-graph.ts';
import { casePipeline, NODE_ID } from '../../cases/case-pipeline.ts';
import { NUMBERS, type OperatorRow, type Stream } from './operator-row.ts';
import { BATCH_ROWS } from './stream-batches.ts';

export function definitionOf(row: OperatorRow) {
  const definition = catalog.get(row.node);
  if (definition === undefined) throw new Error(`there is no node type '${row.node}'`);
  return definition;
}

/** Streams by input port, in the order of the ports. */
export function streamsOf(row: OperatorRow): readonly (readonly [port: string, stream: Stream])[] {
  return definitionOf(row).inputs.map(({ name }) => [name, row.inputs?.[name] ?? NUMBERS] as const);
}

export function resolveRow(row: OperatorRow): ResolvedNode {
  const inputs = Object.fromEntries(streamsOf(row).map(([port, stream]) => [port, caseInput(stream)]));
  const { graph, problems } = resolvePipeline(casePipeline(definitionOf(row), row.config, inputs, []), catalog);
  // Whether anybody reads the outputs is no matter here.
  const wrong = problems.filter(({ severity, nodeId }) => severity === 'error' && nodeId === NODE_ID);
  const node = graph.node.get(NODE_ID);
  if (wrong.length > 0 || node === undefined)
    throw new Error(`${row.node}, ${row.setting}: ${wrong.map(({ code, text }) => `${code} ${text.en}`).join('; ')}`);
  return node;
}

function caseInput({ columns, disorderMs, watermarks }: Stream): CaseInput {
  const types = Object.fromEntries(Object.entries(columns).map(([name, { type }]) => [name, type]));
  const isTimed = disorderMs !== undefined && watermarks !== false;
  return { columns: types, rows: [], ...(isTimed ? { watermark: { column: 'ts', delay: `${disorderMs} ms` } } : {}) };
}

/** All an operator may ask for; what it emits is counted and dropped. */
export function measuringContext(node: ResolvedNode, arena: Arena, count: (rows: number) => void): OperatorContext {
  return {
    nodeId: NODE_ID,
    jobId: 'bench',
    subtaskIndex: 0,
    parallelism: 1,
    maxParallelism: 128,
    keyGroups: { start: 0, end: 127 },
    attempt: 1,
    memory: arena.memory,
    arena,
    clock: { now: () => 0, monotonic: () => 0 },
    random: new SeededRandom(1),
    storage: createNodeStorage(),
    output: { emit: (_port, batch) => count(batch.selectedCount), emitWatermark: () => {}, emitStatus: () => {} },
    metrics: { lateRecords: 0, partlyLateRecords: 0, behindRecords: 0, badRecords: 0, stateBytes: 0, stateKeys: 0 },
    observer: NOBODY_WATCHES,
    timeZone: 'UTC',
    replay: NORMAL_SPEED,
    batchRows: BATCH_ROWS,
    inputSchemas: node.inputs.map(({ schema }) => schema),
    outputSchemas: node.outputs.map(({ schema }) => schema),
    baseDirectory: '/',
    requiredColumns: node.outputs.map(() => null),
    log: () => {},
    requestProcessingTime: () => {},
    publishRows: () => {},
    wake: () => {},
  };
}
