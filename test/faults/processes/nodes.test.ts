/**
 * Nodes whose state is more than windows, by the product's command line: rows on their way to a server, joins that wait for the other
 * side, timers of custom code, half-found patterns. Each is killed with SIGKILL at a step of a checkpoint and once rows are out, goes
 * on with another parallelism, and in the end has written what a run that nobody disturbs writes.
 *
 * Killed lives read slowly, so that they cannot come to their end before; the last life and the undisturbed one read as fast as they can.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDifference } from '../workload/file-pipeline.ts';
import { CityServer } from './city-server.ts';
import { copyEngine, type Life, live, readLines } from './killed-pipeline.ts';
import { LOOKUP_VARIABLE, NODE_PIPELINES, type NodePipeline, writeNodePipeline } from './node-pipelines.ts';

/** Of one source: half a minute for all rows, and some checkpoints before anything is killed. */
const SLOW_ROWS_PER_SECOND = 100;
/** An answer of nothing would be equal to any other of nothing. */
const ROWS_OUT_LEAST = 200;
const TOKEN = 'of-this-test';

const server = new CityServer(`Bearer ${TOKEN}`);
let directory = '';
let program = '';

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'millrace-nodes-'));
  await server.listen();
  program = await copyEngine(path.join(directory, 'engine'));
});

afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});

test.each(NODE_PIPELINES)('$name', { timeout: 120_000 }, async (pipeline) => {
  const place = (name: string) => ({ folder: path.join(directory, `${pipeline.name}-${name}`), program });
  const [undisturbed, killed] = [place('undisturbed'), place('killed')];
  for (const { folder } of [undisturbed, killed]) writeNodePipeline(folder, pipeline, server.port);
  const whole = await live(undisturbed, null, '', flagsOf(pipeline, null, 2));
  expect(whole.code, whole.output).toBe(0);
  const expected = readLines(undisturbed);
  expect(expected.length).toBeGreaterThan(ROWS_OUT_LEAST);

  const lives: Life[] = [];
  lives.push(await live(killed, null, 'checkpoint.complete:2', flagsOf(pipeline, SLOW_ROWS_PER_SECOND, 2)));
  lives.push(await live(killed, null, 'checkpoint.state.half:2', flagsOf(pipeline, SLOW_ROWS_PER_SECOND, 1)));
  const before = readLines(killed).length;
  const moreIsOut = () => readLines(killed).length > before;
  lives.push(await live(killed, null, '', { ...flagsOf(pipeline, SLOW_ROWS_PER_SECOND, 2), killWhen: moreIsOut }));
  const story = () => lives.map(({ output }) => output.slice(-4000)).join('\n— next life —\n');
  expect(
    lives.map(({ killed: was }) => was),
    story(),
  ).toEqual([true, true, true]);
  const out = readLines(killed).length;
  expect(out).toBeGreaterThan(0);
  expect(out).toBeLessThan(expected.length);
  lives.push(await live(killed, null, '', flagsOf(pipeline, null, 2)));
  expect(lives[3].code, story()).toBe(0);
  const difference = describeDifference(readLines(killed), expected);
  if (difference !== null) throw new Error(`${difference}\n${story()}`);
});

/** `--json`: the process says every completed checkpoint. */
function flagsOf({ sources }: NodePipeline, rowsPerSecond: number | null, parallelism: number) {
  const pace = sources.flatMap((source) => ['--set', `${source}.rowsPerSecond=${rowsPerSecond}`]);
  return { flags: ['--json', '--trust', '--parallelism', String(parallelism), ...pace], environment: { [LOOKUP_VARIABLE]: TOKEN } };
}
