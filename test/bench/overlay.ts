/**
 * What watching a run costs the job: processor time of engine and host with somebody watching and with nobody, in turns. Once
 * watched by the page itself, which also competes for the machine, and once by a reader that asks for the same and draws nothing.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createHostClient } from '../../engine/host/client.ts';
import type { HostClient, RunStatus } from '../../engine/host/contract.ts';
import { scheduleWithTimers } from '../../engine/host/service-client.ts';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { createTestWebConnection } from '../support/web-client.ts';
import { filterJob } from './jobs.ts';
import { bidsFile } from './nexmark-bids.ts';
import { cpuOf, mainThreadsOf, readHostUsage } from './process-usage.ts';
import type { CreateWatcher } from './watchers.ts';

const FILE = 'bench.json';

/** One turn of a job: until its end, or for a while. */
interface Turn {
  readonly cpuSeconds: number;
  readonly mainSeconds: number;
  readonly wallSeconds: number;
}

export interface OverlayFigures {
  /** Watched over unwatched, one per pair. */
  readonly cpuRatios: readonly number[];
  readonly wallRatios: readonly number[];
  /** What watching adds: milliseconds of processor time per second, one per pair. */
  readonly addedMs: readonly number[];
  /** The same of the main threads alone, which answer whoever watches and work on no rows: far less noise. */
  readonly mainAddedMs: readonly number[];
  /** What watching adds on the main threads over the processor time of the job alone. */
  readonly mainShares: readonly number[];
}

export interface OverlayOptions {
  readonly pairs: number;
  /** Not counted: what is asked for the first times is compiled meanwhile; in an engine that has run for a while it no longer is. */
  readonly warmUpPairs: number;
  readonly watcher: CreateWatcher;
}

/** The fastest job there is, run anew in each turn. */
export async function measureOverlayOfFile(options: OverlayOptions & { readonly events: number }): Promise<OverlayFigures> {
  const input = await bidsFile(options.events);
  return withJobs(options, async (client, host) => {
    const output = path.join(host.workspace, 'out');
    const request = {
      path: path.join(host.workspace, FILE),
      text: writePipeline(host, filterJob.document(input, output)),
      options: {
        restore: 'none',
        parallelism: 1,
        checkpointDirectory: path.join(host.workspace, 'checkpoints'),
        checkpointIntervalMs: 1000,
      },
    } as const;
    return async () => {
      rmSync(output, { recursive: true, force: true });
      mkdirSync(output);
      const ended = whenEnded(client);
      await client.call('run.start', request);
      const { phase, error } = await ended;
      if (phase !== 'finished') throw new Error(`the run ended as ${phase}: ${error?.message}`);
    };
  });
}

/** A job of many nodes at a set pace, which goes on through all turns. */
export async function measureOverlayOfDrawing(
  options: OverlayOptions & { readonly document: object; readonly turnMs: number },
): Promise<OverlayFigures> {
  return withJobs(options, async (client, host) => {
    await client.call('run.start', {
      path: path.join(host.workspace, FILE),
      text: writePipeline(host, options.document),
      options: { restore: 'none', checkpointDirectory: path.join(host.workspace, 'checkpoints') },
    });
    return () => wait(options.turnMs);
  });
}

/** Where the page finds it. */
function writePipeline(host: RunningHost, document: object): string {
  const text = JSON.stringify(document);
  writeFileSync(path.join(host.workspace, FILE), text);
  return text;
}

async function withJobs(
  { pairs, warmUpPairs, watcher: createWatcher }: OverlayOptions,
  prepare: (client: HostClient, host: RunningHost) => Promise<() => Promise<unknown>>,
): Promise<OverlayFigures> {
  const host = await startHost({ tabs: [FILE] });
  let letIn = (_token: string): void => {};
  const token = new Promise<string>((resolve) => (letIn = resolve));
  const client = createHostClient(createTestWebConnection(host.link, { token: letIn }), scheduleWithTimers);
  const work = await prepare(client, host);
  const watcher = await createWatcher(client, host, await token);
  try {
    const turn = async (watched: boolean): Promise<Turn> => {
      await (watched ? watcher.begin() : watcher.end());
      return measureTurn(host, work);
    };
    for (let pair = 0; pair < warmUpPairs; pair++) {
      await turn(true);
      await turn(false);
    }
    const turns: (readonly [Turn, Turn])[] = [];
    for (let pair = 0; pair < pairs; pair++) {
      // The order alternates, so that what grows with time does not count against one side.
      const first = await turn(pair % 2 === 0);
      const second = await turn(pair % 2 !== 0);
      turns.push(pair % 2 === 0 ? [first, second] : [second, first]);
    }
    return {
      cpuRatios: turns.map(([watched, alone]) => watched.cpuSeconds / alone.cpuSeconds),
      wallRatios: turns.map(([watched, alone]) => watched.wallSeconds / alone.wallSeconds),
      addedMs: turns.map(msPerSecond((turn) => turn.cpuSeconds)),
      mainAddedMs: turns.map(msPerSecond((turn) => turn.mainSeconds)),
      mainShares: turns.map(([watched, alone]) => (watched.mainSeconds - alone.mainSeconds) / alone.cpuSeconds),
    };
  } finally {
    await watcher.close();
    client.close();
    await host.stop();
  }
}

async function measureTurn(host: RunningHost, work: () => Promise<unknown>): Promise<Turn> {
  const usage = () => {
    const read = readHostUsage(host.pid);
    if (read === null) throw new Error('the system does not tell what a process takes');
    return read;
  };
  const before = usage();
  const startedAt = performance.now();
  await work();
  const after = usage();
  return {
    cpuSeconds: cpuOf(after) - cpuOf(before),
    mainSeconds: mainThreadsOf(after) - mainThreadsOf(before),
    wallSeconds: (performance.now() - startedAt) / 1000,
  };
}

function whenEnded(client: HostClient): Promise<RunStatus> {
  const before = Date.now();
  return new Promise((resolve) => {
    const stop = client.listen('run.state', (status) => {
      if (status.startedAtMs < before || status.endedAtMs === null) return;
      stop();
      resolve(status);
    });
  });
}

function msPerSecond(seconds: (turn: Turn) => number): (turns: readonly [Turn, Turn]) => number {
  const rate = (turn: Turn): number => (1000 * seconds(turn)) / turn.wallSeconds;
  return ([watched, alone]) => rate(watched) - rate(alone);
}

/** The mean of the middle half of the pairs, and how far it may be off: a neighbour's work spoils single pairs, not their middle. */
export function overlayPercent(ratios: readonly number[]): string {
  return overlayShare(ratios.map((ratio) => ratio - 1));
}

export function overlayShare(shares: readonly number[]): string {
  const { mean, error } = middleOf(shares.map((share) => share * 100));
  return `${mean.toFixed(2)} % ± ${error.toFixed(2)}`;
}

export function overlayMs(added: readonly number[]): string {
  const { mean, error } = middleOf(added);
  return `${mean.toFixed(1)} ± ${error.toFixed(1)} ms per second`;
}

/** The interquartile mean and its standard error, from the winsorized variance of a mean trimmed by a quarter at each end. */
function middleOf(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const sorted = [...values].sort((left, right) => left - right);
  const cut = Math.floor(sorted.length / 4);
  const middle = sorted.slice(cut, sorted.length - cut);
  const mean = average(middle);
  const clipped = sorted.map((value) => Math.min(Math.max(value, middle[0] ?? value), middle.at(-1) ?? value));
  const around = average(clipped);
  const variance = clipped.reduce((sum, value) => sum + (value - around) ** 2, 0) / (sorted.length - 1);
  return { mean, error: Math.sqrt(variance / sorted.length) / (middle.length / sorted.length) };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
