/** Rows per second and core of one node alone: batches that stand in memory go in, what leaves is dropped. */
import { Arena } from '../../../engine/columnar/arena.ts';
import type { Batch } from '../../../engine/columnar/batch.ts';
import { JobMemory } from '../../../engine/columnar/job-memory.ts';
import type { Operator } from '../../../engine/operators/operator.ts';
import { WATERMARK_MAX } from '../../../engine/operators/operator.ts';
import { createStatelessChain } from '../../../engine/operators/stateless-chain.ts';
import type { NodeModule, OperatorLoader } from '../../../engine/runtime/workers/operator-loader.ts';
import { nodeFolder } from '../../../engine/spec/node-folder.ts';
import type { ResolvedNode } from '../../../engine/spec/resolved-graph.ts';
import { createExchange } from './measured-exchange.ts';
import { measuringContext, resolveRow, streamsOf } from './measured-node.ts';
import { BAR, type OperatorRow } from './operator-row.ts';
import { readSource } from './read-source.ts';
import { BATCH_ROWS, streamBatches } from './stream-batches.ts';

const MEMORY_BYTES_MAX = 2 ** 31;
/** The clock of processor time ticks too coarsely for less. */
const MEASURED_ROWS_MIN = BATCH_ROWS;

export interface OperatorSpeed {
  readonly row: OperatorRow;
  /** Rows of all inputs (of a source: rows that left) per second of processor time: all threads, compiling and collecting garbage included. */
  readonly rowsPerSecond: number;
  /** Rows that left per row that came. */
  readonly rowsOutPerRow: number;
}

export interface MeasureOptions {
  readonly rows: number;
  /** Runs of which the best counts, behind one that warms up. */
  readonly repetitions: number;
}

interface Run {
  readonly rows: number;
  readonly rowsOut: number;
  readonly cpuSeconds: number;
}

export async function measureOperator(row: OperatorRow, loader: OperatorLoader, options: MeasureOptions): Promise<OperatorSpeed> {
  const node = resolveRow(row);
  if (node.definition.execution !== 'plan') await loader.load([{ type: node.type, folder: nodeFolder(node.definition) }]);
  const memory = new JobMemory({ shared: true, maximumBytes: MEMORY_BYTES_MAX });
  const wanted = Math.max(MEASURED_ROWS_MIN, Math.ceil(options.rows * (row.share ?? 1)));
  const batches = makeInputs(row, node, memory, wanted);
  let best: Run | null = null;
  for (let repetition = 0; repetition <= options.repetitions; repetition++) {
    const run = runOnce(node, loader, memory, batches, wanted);
    if (repetition > 0 || options.repetitions === 0) best = best === null || run.cpuSeconds < best.cpuSeconds ? run : best;
  }
  const { rows, rowsOut, cpuSeconds } = best ?? { rows: 0, rowsOut: 0, cpuSeconds: 1 };
  return { row, rowsPerSecond: rows / cpuSeconds, rowsOutPerRow: rowsOut / Math.max(1, rows) };
}

/** Reaches its bar, or says why it does not. */
export function isAccountedFor({ row, rowsPerSecond }: OperatorSpeed): boolean {
  return rowsPerSecond >= (row.bar ?? BAR) || row.below !== undefined;
}

interface InputBatch {
  readonly input: number;
  readonly batch: Batch;
}

function makeInputs(row: OperatorRow, node: ResolvedNode, memory: JobMemory, rows: number): InputBatch[] {
  const streams = streamsOf(row);
  const made = streams.map(([, stream], input) => streamBatches(memory, node.inputs[input].schema, stream, rows));
  const last = streams.length - 1;
  return (made[0] ?? []).map((_batch, at) => {
    const turn = at % Math.max(1, streams.length);
    const input = row.lastInputFirst === undefined ? turn : at < row.lastInputFirst ? last : turn % Math.max(1, last);
    return { input, batch: made[input][at] };
  });
}

function runOnce(node: ResolvedNode, loader: OperatorLoader, memory: JobMemory, batches: readonly InputBatch[], rows: number): Run {
  const arena = new Arena(memory);
  let rowsOut = 0;
  const context = measuringContext(node, arena, (count) => {
    rowsOut += count;
  });
  const { execution } = node.definition;
  if (execution === 'source') {
    const started = process.cpuUsage();
    readSource(loader.module(node.type), node, context, () => rowsOut >= rows);
    return { rows: rowsOut, rowsOut, cpuSeconds: secondsSince(started) };
  }
  const operator = execution === 'plan' ? createExchange(node, context) : createNode(node, loader.module(node.type), context);
  const started = process.cpuUsage();
  feed(operator, arena, batches, node.inputs.length);
  const cpuSeconds = secondsSince(started);
  arena.close();
  return { rows: batches.reduce((sum, { batch }) => sum + batch.selectedCount, 0), rowsOut, cpuSeconds };
}

type Fed = Pick<Operator, 'open' | 'processBatch' | 'processWatermark' | 'drain' | 'close'>;

function feed(operator: Fed, arena: Arena, batches: readonly InputBatch[], inputs: number): void {
  const finish = (progress: 'more' | 'done') => {
    arena.reset();
    for (let state = progress; state === 'more'; arena.reset()) state = operator.drain();
  };
  operator.open([]);
  for (const { input, batch } of batches) finish(operator.processBatch(input, batch));
  for (let input = 0; input < inputs; input++) finish(operator.processWatermark(input, WATERMARK_MAX));
  operator.close();
}

function createNode(node: ResolvedNode, module: NodeModule, context: ReturnType<typeof measuringContext>): Operator {
  const { createStage, createOperator } = module;
  if (createStage !== undefined) {
    const [inputSchema] = context.inputSchemas;
    const stage = createStage(node.config as never, { nodeId: node.id, inputSchema, settings: { timeZone: context.timeZone } });
    return createStatelessChain([stage], inputSchema, context);
  }
  if (createOperator === undefined) throw new Error(`'${node.type}' exports neither createStage nor createOperator`);
  return createOperator(node.config as never, context);
}

function secondsSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started);
  return Math.max(1, user + system) / 1e6;
}
