/** What is wrong with a screen as it stands: text that is cut, small or hard to read, and what axe finds by the rules of WCAG 2.2 AA. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { settle } from '../screens/scenes.ts';
import { auditText } from './text-audit.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** 28 px to hit but closer than that in a crowd: connecting has an equivalent, the C key and the outline. */
const EXCEPTED = '[data-port]';

export async function auditPage(page: Page, screen: string): Promise<void> {
  await settle(page);
  expect.soft(await auditText(page), `text of ${screen}`).toEqual([]);
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).exclude(EXCEPTED).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`),
  );
  expect.soft(found, `axe on ${screen}`).toEqual([]);
}
