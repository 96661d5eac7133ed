/** Who looks at a run: the page in a browser, or a reader that asks for all that the page asks for and throws it away. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import type { HostClient } from '../../engine/host/contract.ts';
import type { RunningHost } from '../support/running-host.ts';
import { Hand } from './designer-gestures.ts';
import { MeasuredPage } from './designer-page.ts';

export interface Watcher {
  /** Resolves when everything is being watched. */
  begin(): Promise<void>;
  end(): Promise<void>;
  close(): Promise<void>;
}

const SETTLED_MS = 2500;
/** What opening a page costs the host (reading, checking) is over by then; it is not the cost of watching. */
const PAGE_SETTLED_MS = 6000;
/** The designer asks for the watched edge's rows this often, this many. */
const TAIL_PERIOD_MS = 500;
const TAIL_ROWS = 100;
/** The first of every benchmark's pipelines has rows on it. */
const EDGE = 'e1';

/** `token` lets one more page of the client's session in. */
export type CreateWatcher = (client: HostClient, host: RunningHost, token: string) => Promise<Watcher>;

/** Watches through the connection it is given, whatever run is under way. */
export const createReader: CreateWatcher = async (client) => {
  let stops: (() => void)[] = [];
  let runId: string | null = null;
  let seen = 0;
  const ignore = (): void => undefined;
  const askForRows = async (): Promise<void> => {
    if (runId === null) return;
    const tail = await client.call('run.tail', { runId, edgeId: EDGE, afterSequence: seen, rowsMax: TAIL_ROWS }).catch(ignore);
    seen = tail?.last ?? seen;
  };
  const end = async (): Promise<void> => {
    for (const stop of stops) stop();
    stops = [];
  };
  return {
    async begin() {
      if (stops.length > 0) return;
      const timer = setInterval(() => void askForRows(), TAIL_PERIOD_MS);
      stops = [
        client.listen('run.state', (status) => {
          runId = status.endedAtMs === null ? status.runId : null;
        }),
        client.listen('run.metrics', ignore),
        client.listen('run.checkpoint', ignore),
        client.listen('run.log', ignore),
        () => clearInterval(timer),
      ];
      await wait(SETTLED_MS);
    },
    async end() {
      if (stops.length === 0) return;
      await end();
      await wait(SETTLED_MS);
    },
    close: end,
  };
};

/** The page, with the rows of an edge in its dock; nobody watches while it shows nothing. */
export function pageWatcher(browser: Browser): CreateWatcher {
  return async (_client, host, token) => {
    const measured = await MeasuredPage.create(browser);
    const { page } = measured;
    const hand = new Hand(measured, 0);
    const address = new URL('/', host.link).href;
    await page.addInitScript((value) => {
      if (location.protocol === 'http:') sessionStorage.setItem('millrace-token', value);
    }, token);
    return {
      async begin() {
        if (page.url() === address) return;
        await page.goto(address);
        await page.locator('[data-card]').first().waitFor();
        await hand.clickEdge();
        await wait(PAGE_SETTLED_MS);
      },
      async end() {
        if (page.url() !== address) return;
        await page.goto('about:blank');
        await wait(SETTLED_MS);
      },
      close: () => measured.close(),
    };
  };
}
