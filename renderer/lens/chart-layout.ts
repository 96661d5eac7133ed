/** Where everything of the chart stands: rows from top to bottom, event time from left to right. Pure. */
import type { NodeTime } from '../../engine/host/contract.ts';
import type { Span, Tick } from './axis.ts';
import { axisSpan, axisTicks } from './axis.ts';
import type { SenderRow, WindowRow } from './lens-rows.ts';
import { lensRows, SENDER_HEIGHT, WINDOW_HEIGHT } from './lens-rows.ts';

export const LABELS_WIDTH = 212;
export const AXIS_HEIGHT = 28;
const SECTION_HEIGHT = 28;
const FOOT_HEIGHT = 34;
/** At the right, so that a time written behind a bar is not cut. */
const RIGHT_ROOM = 16;

export interface Placed<Row> {
  readonly row: Row;
  readonly top: number;
}

export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  readonly span: Span;
  /** False while neither watermark nor window has told where in time one is. */
  readonly known: boolean;
  readonly ticks: readonly Tick[];
  readonly sendersTop: number;
  readonly senders: readonly Placed<SenderRow>[];
  readonly moreSenders: number;
  readonly windowsTop: number;
  readonly windows: readonly Placed<WindowRow>[];
  readonly moreWindows: number;
  readonly footTop: number;
  /** The largest out-of-orderness among the senders. */
  readonly delayMs: number;
  delayOf(nodeId: string): number;
  /** Event time → pixels from the left. */
  x(at: number): number;
}

export interface ChartRoom {
  readonly width: number;
  readonly height: number;
  readonly all: boolean;
  readonly delayOf: (nodeId: string) => number;
}

export function chartLayout(time: NodeTime, { width, height, all, delayOf }: ChartRoom): ChartLayout {
  const rows = lensRows(time, height - AXIS_HEIGHT - 2 * SECTION_HEIGHT - FOOT_HEIGHT, all);
  const sendersTop = AXIS_HEIGHT + SECTION_HEIGHT;
  const windowsTop = sendersTop + rows.senders.length * SENDER_HEIGHT + SECTION_HEIGHT;
  const footTop = windowsTop + rows.windows.length * WINDOW_HEIGHT + 6;
  const watermark = time.watermark !== null && Number.isFinite(time.watermark) ? time.watermark : null;
  const senders = rows.senders.flatMap(({ channel }) =>
    channel.watermark === null || !Number.isFinite(channel.watermark) ? [] : [channel.watermark + delayOf(channel.nodeId)],
  );
  const ends = rows.windows.map(({ window }) => window.firesAt + 1);
  const [first] = rows.windows;
  const lengthMs = first === undefined ? 60_000 : first.window.end - first.window.start;
  const span = axisSpan({ watermark, ends, lengthMs, latenessMs: time.allowedLatenessMs, senders });
  const room = Math.max(1, width - LABELS_WIDTH - RIGHT_ROOM);
  return {
    width,
    height: Math.max(height, footTop + FOOT_HEIGHT),
    span,
    known: ends.length + senders.length > 0 || watermark !== null,
    ticks: axisTicks(span, room),
    sendersTop,
    senders: rows.senders.map((row, index) => ({ row, top: sendersTop + index * SENDER_HEIGHT })),
    moreSenders: rows.moreSenders,
    windowsTop,
    windows: rows.windows.map((row, index) => ({ row, top: windowsTop + index * WINDOW_HEIGHT })),
    moreWindows: rows.moreWindows,
    footTop,
    delayMs: rows.senders.reduce((most, { channel }) => Math.max(most, delayOf(channel.nodeId)), 0),
    delayOf,
    x: (at) => LABELS_WIDTH + ((at - span.from) / (span.to - span.from)) * room,
  };
}

const NARROW_LETTER = 6.5;
const WIDE_LETTER = 12.2;

/** About as wide as the text is drawn; too wide rather than too narrow. */
export function textWidth(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter > '\u2e7f' ? WIDE_LETTER : NARROW_LETTER), 0);
}

/** Where the words of a bar go: inside, right against `stop` or its end, else behind it. */
export function placeWords(
  from: number,
  to: number,
  stop: number | null,
  behind: number,
  wide: number,
): { readonly x: number; readonly anchor: 'start' | 'end' } {
  const inside = stop === null || stop >= to || stop <= from ? to - 12 : stop - 12;
  if (inside - wide >= from + 8) return { x: inside, anchor: 'end' };
  // No room left of the line: right of it.
  if (stop !== null && stop < to && to - 12 - wide >= Math.max(from, stop) + 8) return { x: to - 12, anchor: 'end' };
  return { x: behind + 10, anchor: 'start' };
}
