/** The built product with the drawing that runs: a host and engine of its own, the page in a browser, the job started as a person would. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { printDocument } from '../../engine/spec/save-document.ts';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { MeasuredPage } from './designer-page.ts';
import type { DrawingSize } from './designer-pipeline.ts';
import { cardId } from './designer-pipeline.ts';
import type { RunningOptions } from './running-pipeline.ts';
import { runningPipeline } from './running-pipeline.ts';

const FILE = 'bench.json';
const STARTED_WITHIN_MS = 60_000;
/** Rows have come through to the sinks by then. */
const SETTLED_MS = 3000;

export interface RunningDesigner {
  readonly host: RunningHost;
  readonly measured: MeasuredPage;
  readonly page: Page;
  /** Nodes of the pipeline. */
  readonly nodes: number;
  close(): Promise<void>;
}

export async function openRunningDesigner(browser: Browser, size: DrawingSize, options: RunningOptions): Promise<RunningDesigner> {
  const host = await startHost({ tabs: [FILE] });
  const document = runningPipeline(size, options);
  writeFileSync(path.join(host.workspace, FILE), printDocument(document));
  const measured = await MeasuredPage.create(browser);
  const { page } = measured;
  const close = async () => {
    await measured.close();
    await host.stop();
  };
  try {
    await page.goto(host.link);
    await page.locator(`[data-node="${cardId(1, 1)}"]`).waitFor({ timeout: STARTED_WITHIN_MS });
    await page.keyboard.press('F5');
    await page.locator('[data-run-phase="running"]').waitFor({ timeout: STARTED_WITHIN_MS });
    await page.waitForTimeout(SETTLED_MS);
  } catch (error) {
    await close();
    throw error;
  }
  return { host, measured, page, nodes: document.nodes.length, close };
}
