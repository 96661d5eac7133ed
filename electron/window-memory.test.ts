/** The window comes back where it stood, per arrangement of displays, and never where it cannot be fetched from. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fitted, WindowMemory } from './window-memory.ts';

const LAPTOP = { x: 0, y: 0, width: 1600, height: 1000 };
const DESK = { x: 1600, y: 0, width: 2560, height: 1400 };

describe('the place of the window', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'millrace-window-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('is the middle of the first display at first', () => {
    expect(new WindowMemory(directory).placementFor([LAPTOP])).toEqual({ x: 80, y: 50, width: 1440, height: 900, maximised: false });
  });

  it('is remembered for each arrangement of displays, over launches', async () => {
    const memory = new WindowMemory(directory);
    const atDesk = { x: 1700, y: 60, width: 2000, height: 1200, maximised: true };
    const onTheWay = { x: 10, y: 20, width: 1000, height: 700, maximised: false };
    memory.note([LAPTOP, DESK], atDesk);
    memory.note([LAPTOP], onTheWay);
    await memory.flush();
    const next = new WindowMemory(directory);
    expect([next.placementFor([DESK, LAPTOP]), next.placementFor([LAPTOP])]).toEqual([atDesk, onTheWay]);
  });

  it('is forgotten when the file is damaged', () => {
    writeFileSync(path.join(directory, 'window.json'), '[["1600x1000@0,0", {"x": "far"}], 7, {');
    expect(new WindowMemory(directory).placementFor([LAPTOP]).x).toBe(80);
  });

  it.each([
    { what: 'as it was', from: { x: 100, y: 100, width: 1000, height: 700 }, to: { x: 100, y: 100, width: 1000, height: 700 } },
    { what: 'no larger than its display', from: { x: 0, y: 0, width: 4000, height: 3000 }, to: { x: 0, y: 0, width: 1600, height: 1000 } },
    { what: 'no smaller than usable', from: { x: 0, y: 0, width: 10, height: 10 }, to: { x: 0, y: 0, width: 960, height: 600 } },
    {
      what: 'off every display: back in the middle',
      from: { x: 9000, y: 50, width: 1000, height: 700 },
      to: { x: 80, y: 50, width: 1440, height: 900 },
    },
    {
      what: 'its title bar above the display',
      from: { x: 0, y: -60, width: 1000, height: 700 },
      to: { x: 80, y: 50, width: 1440, height: 900 },
    },
  ])('$what', ({ from, to }) => {
    expect(fitted({ ...from, maximised: true }, [LAPTOP])).toEqual({ ...to, maximised: true });
  });
});
