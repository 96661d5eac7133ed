/** Hands on the drawing: idle, wheel pan, Ctrl and wheel, dragging one and many, the lasso; each for a while. */
import type { Locator, Page } from '@playwright/test';
import type { MeasuredPage } from './designer-page.ts';

const STEP_MS = 8;

interface Place {
  readonly x: number;
  readonly y: number;
}

export type Zoom = 0.8 | 0.5 | 'fit';

export class Hand {
  private readonly measured: MeasuredPage;
  private readonly page: Page;
  private readonly durationMs: number;

  constructor(measured: MeasuredPage, durationMs: number) {
    this.measured = measured;
    this.page = measured.page;
    this.durationMs = durationMs;
  }

  async middle(): Promise<Place> {
    const box = await this.measured.canvasBox();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  private get level(): Locator {
    return this.page.locator('[data-canvas]').getByText(/^\d+%$/);
  }

  /** Whole first, so that the middle of the drawing is what one looks at. */
  async setZoom(zoom: Zoom): Promise<void> {
    await this.page.locator('[data-canvas]').getByRole('button', { name: 'Fit', exact: false }).first().click();
    await this.page.waitForTimeout(500);
    if (zoom === 'fit') return;
    const middle = await this.middle();
    await this.page.mouse.move(middle.x, middle.y);
    await this.page.keyboard.down('Control');
    for (let attempt = 0; attempt < 3; attempt++) {
      const now = Number.parseInt((await this.level.textContent()) ?? '', 10) / 100;
      await this.page.mouse.wheel(0, -Math.log2(zoom / now) / 0.002);
      await this.page.waitForTimeout(120);
    }
    await this.page.keyboard.up('Control');
  }

  async clear(): Promise<void> {
    const place = await this.emptyPlace();
    await this.page.mouse.click(place.x, place.y);
  }

  rest(): Promise<void> {
    return this.page.waitForTimeout(this.durationMs);
  }

  async pan(): Promise<void> {
    await this.toMiddle();
    await this.go(async (step) => {
      const back = Math.floor(step / 40) % 2 === 0 ? 1 : -1;
      await this.page.mouse.wheel(9 * back, 6 * back);
    });
  }

  async zoom(): Promise<void> {
    await this.toMiddle();
    await this.page.keyboard.down('Control');
    await this.go((step) => this.page.mouse.wheel(0, Math.floor(step / 12) % 2 === 0 ? 14 : -14));
    await this.page.keyboard.up('Control');
  }

  /** The card nearest to the middle, on which it lands again; `Escape` gives the move up. */
  async drag(): Promise<void> {
    const start = await this.cardPlace();
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.go((step) => this.page.mouse.move(start.x + 90 * Math.sin(step / 15), start.y + 60 * Math.sin(step / 11)));
    await this.page.keyboard.press('Escape');
    await this.page.mouse.up();
  }

  async lasso(): Promise<void> {
    const start = await this.emptyPlace();
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.go((step) => this.page.mouse.move(start.x + 20 + 3 * (step % 90), start.y + 20 + 2 * (step % 90)));
    await this.page.keyboard.press('Escape');
    await this.page.mouse.up();
  }

  /** Selects about `count` cards around the middle of the whole drawing, then comes as near as `zoom`. */
  async select(count: number, zoom: Zoom): Promise<void> {
    await this.setZoom('fit');
    await this.clear();
    if (count > 50) {
      await this.page.keyboard.press('Control+a');
    } else {
      const { x, y } = await this.middle();
      const cards = await this.cardBoxes();
      const nearest = cards.sort((a, b) => distance(a, { x, y }) - distance(b, { x, y })).slice(0, count);
      const size = { width: Math.max(...nearest.map((card) => Math.abs(card.x - x))), height: 0 };
      size.height = Math.max(...nearest.map((card) => Math.abs(card.y - y)));
      const start = await this.emptyPlace({ x: x - size.width * 0.9, y: y - size.height * 0.9 });
      await this.page.mouse.move(start.x, start.y);
      await this.page.mouse.down();
      await this.page.mouse.move(x, y, { steps: 3 });
      await this.page.mouse.move(x + size.width * 0.9, y + size.height * 0.9, { steps: 3 });
      await this.page.mouse.up();
    }
    if (zoom !== 'fit') await this.setZoom(zoom);
  }

  selected(): Promise<number> {
    return this.page.locator('[data-node][aria-pressed="true"]').count();
  }

  /** A place on a card near the middle, clear of its ports. */
  async cardPlace(): Promise<Place> {
    const middle = await this.middle();
    const cards = await this.cardBoxes();
    const [nearest] = cards.sort((a, b) => distance(a, middle) - distance(b, middle));
    if (nearest === undefined) throw new Error('no card is in view');
    return nearest;
  }

  /** An edge whose middle is in view; false where cards cover them all. */
  async clickEdge(): Promise<boolean> {
    const place = await this.page.evaluate(() => {
      for (const path of document.querySelectorAll<SVGPathElement>('[data-edge]')) {
        const middle = path.getPointAtLength(path.getTotalLength() / 2);
        const matrix = path.getScreenCTM();
        if (matrix === null) continue;
        const at = new DOMPoint(middle.x, middle.y).matrixTransform(matrix);
        if (document.elementFromPoint(at.x, at.y)?.closest('[data-edge]') === path) return { x: at.x, y: at.y };
      }
      return null;
    });
    if (place !== null) await this.page.mouse.click(place.x, place.y);
    return place !== null;
  }

  private async toMiddle(): Promise<void> {
    const middle = await this.middle();
    await this.page.mouse.move(middle.x, middle.y);
  }

  private cardBoxes(): Promise<Place[]> {
    return this.page.locator('[data-card]').evaluateAll((cards) =>
      cards
        .filter((card) => card.querySelector('[data-node]') !== null)
        .map((card) => {
          const box = card.getBoundingClientRect();
          return { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 20) };
        }),
    );
  }

  /** The nearest place that neither card nor edge covers. */
  private async emptyPlace(near?: Place): Promise<Place> {
    const around = near ?? (await this.middle());
    const place = await this.page.evaluate(({ x, y }) => {
      for (let radius = 0; radius < 200; radius += 2) {
        for (let angle = 0; angle < 6.28; angle += 0.4) {
          const at = { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
          const element = document.elementFromPoint(at.x, at.y);
          if (element?.closest('[data-canvas]') === null) continue;
          if (element?.closest('[data-card], [data-edge], [data-port], [data-note], [data-over-canvas], [role="toolbar"]') === null)
            return at;
        }
      }
      return null;
    }, around);
    if (place === null) throw new Error('the canvas has no empty place');
    return place;
  }

  private async go(act: (step: number) => Promise<void>): Promise<void> {
    const end = performance.now() + this.durationMs;
    for (let step = 0; performance.now() < end; step++) {
      const next = performance.now() + STEP_MS;
      await act(step);
      const left = next - performance.now();
      if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
    }
  }
}

function distance(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
