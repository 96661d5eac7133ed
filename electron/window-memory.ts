/** Where the window stood, remembered for each arrangement of displays: a laptop at its desk and on the way are two places. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { writeFileAtomically } from '../engine/host/services/atomic-file.ts';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Placement extends Area {
  readonly maximised: boolean;
}

export const SMALLEST = { width: 960, height: 600 };
const USUAL = { width: 1440, height: 900 };
/** So much of the title bar has to lie on a display, or the window could not be fetched back. */
const GRIP = { width: 160, height: 38 };
const ARRANGEMENTS_MAX = 12;
const WRITE_AFTER_MS = 400;

/** By arrangement, the newest last. */
type Remembered = readonly (readonly [string, Placement])[];

export class WindowMemory {
  private readonly file: string;
  private remembered: Remembered;
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  constructor(stateDirectory: string) {
    this.file = path.join(stateDirectory, 'window.json');
    this.remembered = readRemembered(this.file);
  }

  placementFor(displays: readonly Area[]): Placement {
    const name = arrangementOf(displays);
    const known = this.remembered.find(([arrangement]) => arrangement === name)?.[1];
    return known === undefined ? centred(displays[0]) : fitted(known, displays);
  }

  note(displays: readonly Area[], placement: Placement): void {
    const name = arrangementOf(displays);
    const others = this.remembered.filter(([arrangement]) => arrangement !== name);
    const kept: Remembered = [...others.slice(1 - ARRANGEMENTS_MAX), [name, placement]];
    this.remembered = kept;
    this.timer ??= setTimeout(() => void this.flush(), WRITE_AFTER_MS);
  }

  async flush(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    else return this.writing;
    this.timer = null;
    const text = `${JSON.stringify(this.remembered, null, 2)}\n`;
    // A place that is not remembered is no reason to trouble anybody.
    this.writing = this.writing.then(() => writeFileAtomically(this.file, text, 0o600)).catch(() => undefined);
    return this.writing;
  }
}

function arrangementOf(displays: readonly Area[]): string {
  return displays
    .map(({ x, y, width, height }) => `${width}x${height}@${x},${y}`)
    .sort()
    .join(' ');
}

function centred(display: Area): Placement {
  const width = Math.min(USUAL.width, display.width);
  const height = Math.min(USUAL.height, display.height);
  const x = display.x + Math.round((display.width - width) / 2);
  return { x, y: display.y + Math.round((display.height - height) / 2), width, height, maximised: false };
}

/** As it was, if it can still be seen and taken hold of; no larger than the display it is mostly on. */
export function fitted(placement: Placement, displays: readonly Area[]): Placement {
  const [display] = [...displays].sort((a, b) => overlap(placement, b) - overlap(placement, a));
  const width = Math.max(SMALLEST.width, Math.min(placement.width, display.width));
  const height = Math.max(SMALLEST.height, Math.min(placement.height, display.height));
  const sized = { ...placement, width, height };
  const grip = { x: sized.x, y: sized.y, width, height: GRIP.height };
  const held = displays.some((area) => overlap(grip, area) >= GRIP.width * GRIP.height && sized.y >= area.y);
  return held ? sized : { ...centred(display), maximised: placement.maximised };
}

function overlap(a: Area, b: Area): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

/** A damaged list is forgotten. */
function readRemembered(file: string): Remembered {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(value) ? value.filter(isEntry).slice(-ARRANGEMENTS_MAX) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is [string, Placement] {
  if (!Array.isArray(value) || typeof value[0] !== 'string' || typeof value[1] !== 'object' || value[1] === null) return false;
  const placement: Readonly<Record<string, unknown>> = value[1];
  return ['x', 'y', 'width', 'height'].every((name) => Number.isFinite(placement[name])) && typeof placement['maximised'] === 'boolean';
}
