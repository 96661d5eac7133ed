/** Pipelines in one line over a file of rows, each in a folder of its own, and waiting for what a run comes to: for tests of the job manager. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const WAIT_MS = 25;
const TRIES_MAX = 400;

export interface WrittenPipeline {
  readonly path: string;
  readonly text: string;
}

interface LineNode {
  readonly id: string;
  readonly type: string;
  readonly config: object;
}

/** The rows are in `in.ndjson` beside the pipeline; each node's output `out` goes to the next one's input `in`. */
export function writeLine(
  folder: string,
  name: string,
  nodes: readonly LineNode[],
  rows: readonly object[],
  job: object = {},
): WrittenPipeline {
  const place = path.join(folder, name);
  mkdirSync(place);
  writeFileSync(path.join(place, 'in.ndjson'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const edges = nodes
    .slice(1)
    .map((node, index) => ({ id: `e${index}`, from: { node: nodes[index].id, port: 'out' }, to: { node: node.id, port: 'in' } }));
  const document = { format: 'millrace-pipeline', version: 1, id: name, name, job, nodes, edges, drawing: { positions: {} } };
  return { path: path.join(place, 'pipeline.json'), text: JSON.stringify(document) };
}

/** Of columns like `id BIGINT`. */
export function schemaOf(...columns: readonly string[]): readonly { readonly name: string; readonly type: string }[] {
  return columns.map((column) => ({ name: column.split(' ')[0], type: column.slice(column.indexOf(' ') + 1) }));
}

export async function until(condition: () => boolean, what: () => string): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > TRIES_MAX) throw new Error(`waited in vain for ${what()}`);
    await new Promise((resolve) => {
      setTimeout(resolve, WAIT_MS);
    });
  }
}
