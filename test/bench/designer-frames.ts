/** Frames of every gesture at every zoom, while the figures of the whole drawing move, and the bars they are held to. */
import type { Zoom } from './designer-gestures.ts';
import { Hand } from './designer-gestures.ts';
import type { Frames, MeasuredPage } from './designer-page.ts';
import { median } from './measured-run.ts';

export interface GestureOptions {
  readonly repetitions: number;
  readonly gestureMs: number;
  readonly zooms: readonly Zoom[];
  /** Only what has one of these words in its name; all when empty. */
  readonly only: readonly string[];
}

export interface FrameRow {
  readonly name: string;
  readonly perSecond: number;
  readonly perSecondMin: number;
  readonly p95Ms: number;
  /** Null where frames per second alone are asked for. */
  readonly p95MaxMs: number | null;
  readonly cpuMsPerFrame: number;
  readonly stylesPerFrame: number;
  readonly longFrames: number;
}

const FRAMES_MIN = 55;
const FRAMES_MIN_ALL_SELECTED = 25;
const FRAME_P95_MAX_MS = 34;

/** `open` shows the drawing with its figures moving; the page is closed behind the last gesture. */
export async function measureGestures(open: () => Promise<MeasuredPage>, options: GestureOptions): Promise<readonly FrameRow[]> {
  const rows = new Map<string, Frames[]>();
  const wanted = (name: string) => options.only.length === 0 || options.only.some((word) => name.includes(word));
  const measured = await open();
  const hand = new Hand(measured, options.gestureMs);
  await measured.fitCanvas();
  const keep = async (name: string, prepare: () => Promise<void>, act: () => Promise<void>) => {
    if (!wanted(name)) return;
    await prepare();
    await measured.page.waitForTimeout(250);
    rows.set(name, [...(rows.get(name) ?? []), await measured.frames(act)]);
  };
  for (let repetition = 0; repetition < options.repetitions; repetition++) {
    for (const zoom of options.zooms) {
      const alone = async () => {
        await hand.setZoom(zoom);
        await hand.clear();
      };
      await keep(`idle, ${zoom}`, alone, () => hand.rest());
      await keep(`wheel pan, ${zoom}`, alone, () => hand.pan());
      await keep(`Ctrl-wheel zoom, ${zoom}`, alone, () => hand.zoom());
      await keep(`drag one, ${zoom}`, alone, () => hand.drag());
      await keep(
        `drag 50, ${zoom}`,
        () => hand.select(50, zoom),
        () => hand.drag(),
      );
      await keep(`lasso, ${zoom}`, alone, () => hand.lasso());
    }
    await keep(
      'drag all, fit',
      () => hand.select(Number.POSITIVE_INFINITY, 'fit'),
      () => hand.drag(),
    );
  }
  await measured.close();
  return [...rows].map(([name, frames]) => frameRow(name, frames));
}

function frameRow(name: string, frames: readonly Frames[]): FrameRow {
  const all = name.startsWith('drag all');
  return {
    name,
    perSecond: median(frames.map((each) => each.perSecond)),
    perSecondMin: all ? FRAMES_MIN_ALL_SELECTED : FRAMES_MIN,
    p95Ms: median(frames.map((each) => each.p95Ms)),
    p95MaxMs: all ? null : FRAME_P95_MAX_MS,
    cpuMsPerFrame: median(frames.map((each) => each.cost.taskMs / each.count)),
    stylesPerFrame: median(frames.map((each) => each.cost.styles / each.count)),
    longFrames: median(frames.map((each) => each.longFrames)),
  };
}
