/** Makes the input of the file benchmarks: nested NDJSON bids from the Nexmark source, one object a line. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { BENCH_FOLDER, measureCommandLine } from './measured-run.ts';

/** Of 50 events 46 are bids. */
const EVENTS_PER_BID = 50 / 46;
const NEWLINE = 10;
const OPENING = Buffer.from('{"event_type":2,"bid":');
const CLOSING = Buffer.from('}\n');

/** NDJSON of `events` nested bids, made once. */
export async function bidsFile(events: number): Promise<string> {
  mkdirSync(BENCH_FOLDER, { recursive: true });
  const file = path.join(BENCH_FOLDER, `bids-${events}.ndjson`);
  if (!existsSync(file)) {
    await writeBids(`${file}.tmp`, events);
    renameSync(`${file}.tmp`, file);
  }
  return file;
}

/** Writes `{"event_type":2,"bid":{…}}` lines, exactly `bids` of them, to `file`. */
async function writeBids(file: string, bids: number): Promise<void> {
  const folder = path.join(BENCH_FOLDER, `make-bids-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  const pipeline = path.join(BENCH_FOLDER, 'make-bids.json');
  writeFileSync(pipeline, JSON.stringify(generatorDocument(Math.ceil(bids * EVENTS_PER_BID) + 50, folder)));
  const checkpoints = path.join(BENCH_FOLDER, 'make-bids-checkpoints');
  await measureCommandLine(['run', pipeline, '--restore', 'none', '--checkpoints', checkpoints], 'make-bids');
  const target = openSync(file, 'w');
  let written = 0;
  for (const name of partFiles(folder)) written += wrapLines(readFileSync(path.join(folder, name)), target, bids - written);
  closeSync(target);
  rmSync(folder, { recursive: true, force: true });
  if (written !== bids) throw new Error(`the generator made ${written} bids, ${bids} were wanted`);
}

function partFiles(folder: string): string[] {
  const partNumber = (name: string) => Number(name.match(/-(\d+)\.ndjson$/)?.[1]);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .sort((a, b) => partNumber(a) - partNumber(b));
}

/** Copies up to `linesMax` lines, each wrapped as the nested event; returns how many. */
function wrapLines(source: Buffer, target: number, linesMax: number): number {
  const pieces: Buffer[] = [];
  let lines = 0;
  for (let at = 0; at < source.length && lines < linesMax; lines++) {
    const end = source.indexOf(NEWLINE, at);
    pieces.push(OPENING, source.subarray(at, end), CLOSING);
    at = end + 1;
    if (pieces.length >= 30000) writeSync(target, Buffer.concat(pieces.splice(0)));
  }
  writeSync(target, Buffer.concat(pieces));
  return lines;
}

function generatorDocument(count: number, output: string): object {
  return {
    format: 'millrace-pipeline',
    version: 1,
    id: 'bench-make-bids',
    name: 'make bids',
    job: { checkpointInterval: '10 s' },
    nodes: [
      { id: 'bids', type: 'nexmark-source', config: { events: 'bid', count } },
      { id: 'out', type: 'file-sink', config: { path: output, format: 'ndjson', timestampFormat: 'iso-8601' } },
    ],
    edges: [{ id: 'e1', from: { node: 'bids', port: 'out' }, to: { node: 'out', port: 'in' } }],
    drawing: { positions: {} },
  };
}
