/** What a person does with the designer: drags, wires, types, reads; by role and name, geometry by data-node and data-port. */

import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

export class Person {
  readonly page: Page;
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  get canvas(): Locator {
    return this.page.getByRole('region', { name: /^(Canvas|画布)$/ });
  }

  node(id: string): Locator {
    return this.page.locator(`[data-node="${id}"]`);
  }

  /** By the name on the card. */
  card(name: string | RegExp): Locator {
    return this.canvas.getByRole('button', { name: typeof name === 'string' ? new RegExp(`^${name}\\b`) : name });
  }

  /** Drags a palette item to a place of the canvas; answers the id of the new node. */
  async drag(item: string, x: number, y: number): Promise<string> {
    const before = await this.nodeIds();
    await this.page
      .getByRole('complementary', { name: /^(Nodes|节点)$/ })
      .getByRole('treeitem', { name: item, exact: true })
      .dragTo(this.canvas, { targetPosition: { x, y } });
    await expect.poll(async () => (await this.nodeIds()).length).toBe(before.length + 1);
    const id = (await this.nodeIds()).find((candidate) => !before.includes(candidate));
    if (id === undefined) throw new Error(`dragging ${item} added no node`);
    return id;
  }

  nodeIds(): Promise<string[]> {
    return this.page.locator('[data-node]').evaluateAll((elements) => elements.map((element) => element.getAttribute('data-node') ?? ''));
  }

  /** From port to port with the mouse; `hover` stays over the target without letting go. */
  async wire(from: string, to: string, hover = false): Promise<void> {
    const start = await this.centre(this.page.locator(`[data-port="${from}"][data-side="out"]`));
    const end = await this.centre(this.page.locator(`[data-port="${to}"][data-side="in"]`));
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 5 });
    await this.page.mouse.move(end.x, end.y, { steps: 5 });
    if (!hover) await this.page.mouse.up();
  }

  /** The field of the open form. */
  field(label: string | RegExp): Locator {
    return this.page.getByRole('complementary', { name: /^(Inspector|检查器)$/ }).getByLabel(label, { exact: typeof label === 'string' });
  }

  async choose(control: string, option: string): Promise<void> {
    await this.page
      .getByRole('complementary', { name: /^(Inspector|检查器)$/ })
      .getByRole('combobox', { name: control })
      .click();
    await this.page.getByRole('option', { name: new RegExp(`^${option}\\b`) }).click();
  }

  async edgeCount(count: number): Promise<void> {
    await expect(this.page.getByRole('contentinfo').getByText(new RegExp(`\\b${count} (edges?\\b|条连线)`))).toBeVisible();
  }

  async centre(locator: Locator): Promise<{ x: number; y: number }> {
    const box = await locator.boundingBox();
    if (box === null) throw new Error('not on the page');
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }
}
