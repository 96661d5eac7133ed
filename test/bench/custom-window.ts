/**
 * Rows per second of the custom window alone: COUNT(*) and SUM per key, or all rows, by every kind of window, trigger and evictor. What stays
 * below a million has its reason: a row of a sliding window of 10 s by 2 s is added to five windows, each a line of its own in state (a profile
 * shows a third of the time in finding them); a session with lateness sets two timers, at its end and where it is forgotten.
 */
import type { CustomWindowConfig } from '../../engine/nodes/windows/custom-window/fields.ts';
import { createOperator } from '../../engine/nodes/windows/custom-window/operator.ts';
import { BIGINT, notNull } from '../../engine/types/make-type.ts';
import type { WindowSpeed } from './window-operator.ts';
import { bestSpeed, bound, input, makeBatches, windowContext } from './window-operator.ts';

const BASE: CustomWindowConfig = {
  window: 'tumbling',
  time: 'event',
  size: 10_000,
  slide: 2000,
  gap: 1000,
  gapColumn: 'price',
  count: 10,
  every: 5,
  offset: 0,
  keys: ['auction'],
  result: 'aggregates',
  aggregates: [
    { name: 'bids', function: 'COUNT', column: null },
    { name: 'total', function: 'SUM', column: 'price' },
  ],
  windowTime: false,
  trigger: 'end',
  triggerCount: 10,
  triggerInterval: 2000,
  triggerColumn: 'price',
  triggerThreshold: 2000,
  alsoAtEnd: true,
  timeout: null,
  timeoutRestarts: false,
  purge: false,
  keep: 'all',
  keepRows: 10,
  keepTime: 2000,
  keepColumn: 'price',
  keepThreshold: 2000,
  evictAfter: false,
  lateRows: 'drop',
  allowedLateness: 0,
};

const SETTINGS: readonly (readonly [name: string, config: Partial<CustomWindowConfig>])[] = [
  ['tumbling 10 s, plain', {}],
  ['tumbling 10 s, allowed lateness 1 s', { allowedLateness: 1000 }],
  ['sliding 10 s by 2 s, plain', { window: 'sliding' }],
  ['sliding 10 s by 2 s, lateness 1 s', { window: 'sliding', allowedLateness: 1000 }],
  ['sliding 2 s by 3 s, with gaps', { window: 'sliding', size: 2000, slide: 3000 }],
  ['session 1 s, plain', { window: 'session' }],
  ['session 1 s, lateness 1 s', { window: 'session', allowedLateness: 1000 }],
  ['session, pause per row', { window: 'dynamic-session' }],
  ['clock, tumbling 10 s', { time: 'clock' }],
  ['count 10', { window: 'count' }],
  ['count 10 or 5 s', { window: 'count', timeout: 5000 }],
  ['last 10 rows, every 5', { window: 'sliding-count' }],
  ['tumbling, every 10 rows', { trigger: 'count' }],
  ['tumbling, every 2 s of event time', { trigger: 'interval' }],
  ['tumbling, every 2 s of the clock', { trigger: 'clock-interval' }],
  ['tumbling, value risen by 2000', { trigger: 'delta' }],
  ['global, every 10 rows, purging', { window: 'global', trigger: 'count', purge: true }],
  ['tumbling, keeps the last 10 rows', { keep: 'last-rows' }],
  ['tumbling, keeps the last 2 s', { keep: 'last-time' }],
  ['tumbling, keeps values near the last', { keep: 'near-last' }],
  ['tumbling, all its rows', { result: 'rows' }],
];

const AGGREGATES = [
  { name: 'bids', type: notNull(BIGINT) },
  { name: 'total', type: BIGINT },
];
const BOUNDS = [
  { name: 'window_start', type: bound },
  { name: 'window_end', type: bound },
];

export interface CustomWindowOptions {
  readonly rows: number;
  readonly repetitions: number;
  /** Words of which a setting has one in its name; none: all settings. */
  readonly only: readonly string[];
}

/** Million rows a second through the node alone, best of `repetitions`. */
export function measureCustomWindows({ rows, repetitions, only }: CustomWindowOptions): WindowSpeed[] {
  const batches = makeBatches(rows);
  const settings = SETTINGS.filter(([name]) => only.length === 0 || only.some((word) => name.includes(word)));
  return settings.map(([window, changes]) => {
    const config = { ...BASE, ...changes };
    const bounds = ['count', 'sliding-count', 'global'].includes(config.window) ? [] : BOUNDS;
    const fields = config.result === 'rows' ? [...input.fields, ...bounds] : [input.fields[0], ...bounds, ...AGGREGATES];
    return { window, millionRowsPerSecond: bestSpeed(batches, repetitions, () => createOperator(config, windowContext({ fields }))) };
  });
}
