/** Checkpoints of keyed window state that changes all the time: how long the job stands still, and the bytes a key takes. */
import { withWarmEngine } from './warm-engine.ts';

export interface KeyedStateFigures {
  /** Of each checkpoint, milliseconds from the barrier's arrival until the next batch could be taken. */
  readonly pausesMs: readonly number[];
  /** Bytes of each checkpoint, mean. */
  readonly checkpointBytes: number;
  readonly stateBytes: number;
  readonly stateKeys: number;
}

const FIRST_WAIT_MS_MAX = 60_000;

/** A day's window over `keys` keys with three accumulators, every row of the source changing one. */
export async function measureKeyedState(options: { readonly keys: number; readonly checkpoints: number }): Promise<KeyedStateFigures> {
  return withWarmEngine(async ({ jobs, start }) => {
    const pausesMs: number[] = [];
    let bytes = 0;
    let full = false;
    const { runId } = await start(keyedStateDocument(options.keys), { checkpointIntervalMs: 100 });
    const state = () => {
      const node = jobs.metrics(runId).nodes.find(({ nodeId }) => nodeId === 'window');
      return { stateBytes: node?.stateBytes ?? 0, stateKeys: node?.stateKeys ?? 0 };
    };
    const enough = new Promise<void>((resolve) => {
      jobs.listen({
        checkpoint: (_run, info) => {
          if (!full || info.status !== 'complete' || info.pauseMs === undefined) return;
          pausesMs.push(info.pauseMs);
          bytes += info.bytes;
          if (pausesMs.length === options.checkpoints) resolve();
        },
      });
    });
    const giveUpAt = performance.now() + FIRST_WAIT_MS_MAX;
    while (state().stateKeys < options.keys) {
      if (performance.now() > giveUpAt) throw new Error(`after a minute the window has ${state().stateKeys} keys of ${options.keys}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    full = true;
    const { stateBytes, stateKeys } = state();
    await enough;
    await jobs.stop(runId, 'discard');
    return { pausesMs, checkpointBytes: bytes / pausesMs.length, stateBytes, stateKeys };
  });
}

function keyedStateDocument(keys: number): object {
  const nodes = [
    {
      id: 'rows',
      type: 'generator-source',
      config: {
        schema: [
          { name: 'id', type: 'BIGINT' },
          { name: 'ts', type: 'TIMESTAMP(3)' },
        ],
        rules: [{ column: 'id', rule: 'sequence' }],
        count: null,
        timeColumn: 'ts',
        timeStep: '0 ms',
        rowsPerSecond: null,
      },
    },
    {
      id: 'columns',
      type: 'select',
      config: {
        keep: 'listed',
        columns: [
          { name: 'key', expression: `MOD(id, ${keys})` },
          { name: 'id', expression: 'id' },
          { name: 'ts', expression: 'ts' },
        ],
      },
    },
    { id: 'time', type: 'watermark', config: { time: { column: 'ts', delay: '4 s' } } },
    {
      id: 'window',
      type: 'window-aggregate',
      config: {
        window: 'tumbling',
        size: '1 d',
        keys: ['key'],
        aggregates: [
          { name: 'rows', expression: 'COUNT(*)' },
          { name: 'total', expression: 'SUM(id)' },
          { name: 'highest', expression: 'MAX(id)' },
        ],
      },
    },
    { id: 'out', type: 'preview-sink', config: {} },
  ];
  return {
    format: 'millrace-pipeline',
    version: 1,
    id: 'bench-keyed-state',
    name: 'keyed state',
    job: {},
    nodes,
    edges: nodes.slice(1).map((node, index) => ({
      id: `e${index + 1}`,
      from: { node: nodes[index].id, port: 'out' },
      to: { node: node.id, port: 'in' },
    })),
    drawing: { positions: {} },
  };
}
