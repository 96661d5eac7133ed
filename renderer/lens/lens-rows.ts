/** Which senders and windows the chart shows in the room there is, and what each of them is. Pure. */
import type { NodeTime, NodeTimeChannel, NodeTimeWindow } from '../../engine/host/contract.ts';
import { holderOf, openWindows, QUIET_FROM_MS } from './causes.ts';

export const SENDER_HEIGHT = 36;
export const WINDOW_HEIGHT = 32;
const SENDERS_MAX = 6;
const FIRED_MAX = 3;
const OPEN_MIN = 3;
/** Drawn at most, however much is asked for. */
const ROWS_MAX = 200;

export type SenderState = 'active' | 'quiet' | 'never' | 'idle' | 'ended';

export interface SenderRow {
  readonly channel: NodeTimeChannel;
  readonly state: SenderState;
  /** It is what the watermark waits for. */
  readonly holds: boolean;
}

export type WindowState = 'fired' | 'next' | 'open';

export interface WindowRow {
  readonly window: NodeTimeWindow;
  readonly state: WindowState;
}

export interface LensRows {
  readonly senders: readonly SenderRow[];
  readonly moreSenders: number;
  readonly windows: readonly WindowRow[];
  /** Open windows that are not shown. */
  readonly moreWindows: number;
}

/** `room`: height for rows of senders and windows; `all`: everything, as far as the engine lists it. */
export function lensRows(time: NodeTime, room: number, all: boolean): LensRows {
  const everySender = senderRows(time);
  const senders = all ? everySender.slice(0, ROWS_MAX) : shownSenders(everySender);
  const fired = time.windows.filter((window) => window.state === 'fired');
  const open = [...openWindows(time)].sort((a, b) => a.firesAt - b.firesAt || a.start - b.start);
  const fits = Math.floor((room - senders.length * SENDER_HEIGHT) / WINDOW_HEIGHT);
  const firedShown = all ? fired.slice(-ROWS_MAX) : fired.slice(-Math.max(1, Math.min(FIRED_MAX, fits - Math.min(open.length, OPEN_MIN))));
  const openShown = all ? open.slice(0, ROWS_MAX) : open.slice(0, Math.max(OPEN_MIN, fits - firedShown.length));
  return {
    senders,
    moreSenders: everySender.length - senders.length,
    windows: [
      ...firedShown.map((window): WindowRow => ({ window, state: 'fired' })),
      ...openShown.map((window, index): WindowRow => ({ window, state: index === 0 ? 'next' : 'open' })),
    ],
    moreWindows: open.length - openShown.length + time.more,
  };
}

function senderRows(time: NodeTime): readonly SenderRow[] {
  const holder = holderOf(time);
  return time.channels.map((channel) => ({
    channel,
    state: stateOf(channel),
    holds: channel === holder && (time.channels.length > 1 || channel.quietMs >= QUIET_FROM_MS),
  }));
}

function stateOf(channel: NodeTimeChannel): SenderState {
  if (channel.ended) return 'ended';
  if (channel.idle) return 'idle';
  if (channel.rows === 0 && channel.watermark === null) return 'never';
  return channel.quietMs >= QUIET_FROM_MS ? 'quiet' : 'active';
}

/** In their order; the one that holds the watermark is never left out. */
function shownSenders(senders: readonly SenderRow[]): readonly SenderRow[] {
  if (senders.length <= SENDERS_MAX) return senders;
  const first = senders.slice(0, SENDERS_MAX);
  if (first.some((sender) => sender.holds)) return first;
  return [...first.slice(0, -1), ...senders.filter((sender) => sender.holds)];
}
