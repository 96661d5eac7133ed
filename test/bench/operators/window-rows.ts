/** Rows of the table: COUNT and SUM per key in every kind of window, trigger and evictor, 4 s out of order. */
import type { JsonObject } from '../../../engine/base/json.ts';
import { type OperatorRow, timed } from './operator-row.ts';

const inputs = { in: timed(4000) };
const count = { name: 'rows', expression: 'COUNT(*)' };
const compute = { keys: ['key'], aggregates: [count, { name: 'total', expression: 'SUM(number)' }] };
const tumbling = { window: 'tumbling', size: '10 s' };
const sliding = { window: 'sliding', size: '10 s', slide: '2 s' };
const session = { window: 'session', gap: '1 s' };
const late = { allowedLateness: '1 s' };

const SQL_WINDOWS: { readonly [setting: string]: JsonObject } = {
  'tumbling 10 s': tumbling,
  'sliding 10 s by 2 s': sliding,
  'cumulative 10 s by 2 s': { window: 'cumulative', size: '10 s', step: '2 s' },
  'session 1 s': session,
};

const CUSTOM_WINDOWS: { readonly [setting: string]: JsonObject } = {
  'tumbling 10 s': tumbling,
  'tumbling 10 s with lateness 1 s': { ...tumbling, ...late },
  'sliding 10 s by 2 s': sliding,
  'sliding 10 s by 2 s with lateness 1 s': { ...sliding, ...late },
  'sliding 2 s by 3 s, with gaps': { window: 'sliding', size: '2 s', slide: '3 s' },
  'session 1 s': session,
  'session 1 s with lateness 1 s': { ...session, ...late },
  'session, pause per row': { window: 'dynamic-session', gapColumn: 'number' },
  'clock, tumbling 10 s': { ...tumbling, time: 'clock' },
  'count 10': { window: 'count', count: 10 },
  'count 10 or 5 s': { window: 'count', count: 10, timeout: '5 s' },
  'last 10 rows, every 5': { window: 'sliding-count', count: 10, every: 5 },
  'tumbling, every 10 rows': { ...tumbling, trigger: 'count', triggerCount: 10 },
  'tumbling, every 2 s of event time': { ...tumbling, trigger: 'interval', triggerInterval: '2 s' },
  'tumbling, every 2 s of the clock': { ...tumbling, trigger: 'clock-interval', triggerInterval: '2 s' },
  'tumbling, value risen by 2000': { ...tumbling, trigger: 'delta', triggerColumn: 'number', triggerThreshold: 2000 },
  'global, every 10 rows, purging': { window: 'global', trigger: 'count', triggerCount: 10, purge: true },
  'tumbling, keeps the last 10 rows': { ...tumbling, keep: 'last-rows', keepRows: 10 },
  'tumbling, keeps the last 2 s': { ...tumbling, keep: 'last-time', keepTime: '2 s' },
  'tumbling, keeps values near the last': { ...tumbling, keep: 'near-last', keepColumn: 'number', keepThreshold: 2000 },
  'tumbling, all its rows': { ...tumbling, result: 'rows' },
};

const FIVE_WINDOWS = { each: 'windows', perRow: 5 };
/** What one row causes there. */
const NOTES: { readonly [setting: string]: Pick<OperatorRow, 'work'> } = {
  'sliding 10 s by 2 s': { work: FIVE_WINDOWS },
  'sliding 10 s by 2 s with lateness 1 s': { work: FIVE_WINDOWS },
};

export const WINDOW_ROWS: readonly OperatorRow[] = [
  ...Object.entries(SQL_WINDOWS).map(([setting, config]) => ({
    node: 'window-aggregate',
    setting,
    config: { ...compute, ...config },
    inputs,
  })),
  ...Object.entries(CUSTOM_WINDOWS).map(([setting, config]) => ({
    node: 'custom-window',
    setting,
    config: { ...compute, ...config },
    inputs,
    ...NOTES[setting],
  })),
];
