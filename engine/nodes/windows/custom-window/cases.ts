/** Cases of the custom window. Times are minutes and seconds of one hour; windows of the clock would differ from run to run. */
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { key: 'STRING', amount: 'INT', ts: 'TIMESTAMP(3)' };
const watermark = { column: 'ts', delay: '0 s' };
const slow = { column: 'ts', delay: '1 min' };
const at = (time: string): string => `2026-01-01 00:${time}`;
const rows = (...values: readonly (readonly [string | null, number | null, string])[]) =>
  values.map(([key, amount, time]) => [key, amount, at(time)] as const);
const count = [{ name: 'n', expression: 'COUNT(*)' }];
const sum = [
  { name: 'n', expression: 'COUNT(*)' },
  { name: 'total', expression: 'SUM(amount)' },
];
const none = { in: { columns, watermark, rows: [] } };
const untimed = { in: { columns: { key: 'STRING', amount: 'INT' }, rows: [] } };
const keyed = { keys: ['key'], aggregates: sum };

export const cases = defineCases({
  rows: [
    {
      name: 'every three rows of a key; what is left over is not emitted',
      shows: ['ordinary', 'nulls'],
      varies: { order: 'rows are counted as they come' },
      config: { window: 'count', count: 3, ...keyed },
      inputs: {
        in: {
          columns: { key: 'STRING', amount: 'INT' },
          rows: [
            ['a', 1],
            ['b', 10],
            ['a', 2],
            [null, 7],
            ['a', null],
            ['b', 20],
            ['a', 100],
            [null, 7],
            [null, 7],
          ],
        },
      },
      outputs: {
        out: [
          ['a', 3, 3],
          [null, 3, 21],
        ],
      },
    },
    {
      name: 'the last four rows, every two rows',
      shows: ['ordinary'],
      varies: { order: 'rows are counted as they come' },
      config: { window: 'sliding-count', count: 4, every: 2, ...keyed },
      inputs: {
        in: {
          columns: { key: 'STRING', amount: 'INT' },
          rows: [1, 2, 4, 8, 16, 32, 64].map((amount) => ['a', amount] as const),
        },
      },
      outputs: {
        out: [
          ['a', 2, 3],
          ['a', 4, 15],
          ['a', 4, 60],
        ],
      },
    },
    {
      name: 'a window of ten seconds that also tells how it stands every four',
      shows: ['ordinary'],
      config: { window: 'tumbling', size: '10 s', trigger: 'interval', triggerInterval: '4 s', ...keyed },
      inputs: { in: { columns, watermark, rows: rows(['a', 1, '00:01'], ['a', 2, '00:05'], ['a', 4, '00:09'], ['a', 8, '00:11']) } },
      outputs: {
        out: [
          ['a', at('00:00'), at('00:10'), 2, 3],
          ['a', at('00:00'), at('00:10'), 3, 7],
          ['a', at('00:00'), at('00:10'), 3, 7],
          ['a', at('00:10'), at('00:20'), 1, 8],
          ['a', at('00:10'), at('00:20'), 1, 8],
          ['a', at('00:10'), at('00:20'), 1, 8],
        ],
      },
      parallel: false,
    },
    {
      name: 'every two rows and at the end, each result only what came since the last',
      shows: ['ordinary', 'out-of-order'],
      varies: { order: 'it fires for every second row as they come' },
      config: { window: 'tumbling', size: '10 s', trigger: 'count', triggerCount: 2, purge: true, ...keyed },
      inputs: { in: { columns, watermark: slow, rows: rows(['a', 1, '00:05'], ['a', 2, '00:01'], ['a', 4, '00:09'], ['a', 8, '00:12']) } },
      outputs: {
        out: [
          ['a', at('00:00'), at('00:10'), 2, 3],
          ['a', at('00:00'), at('00:10'), 1, 4],
          ['a', at('00:10'), at('00:20'), 1, 8],
        ],
      },
    },
    {
      name: 'only every two rows: what the end finds is dropped',
      shows: ['ordinary'],
      varies: { order: 'it fires for every second row as they come' },
      config: { window: 'tumbling', size: '10 s', trigger: 'count', triggerCount: 2, alsoAtEnd: false, ...keyed },
      inputs: { in: { columns, watermark: slow, rows: rows(['a', 1, '00:01'], ['a', 2, '00:02'], ['a', 4, '00:03']) } },
      outputs: { out: [['a', at('00:00'), at('00:10'), 2, 3]] },
    },
    {
      name: 'sliding windows with gaps between them',
      shows: ['ordinary', 'out-of-order'],
      config: { window: 'sliding', size: '4 s', slide: '10 s', ...keyed },
      inputs: { in: { columns, watermark: slow, rows: rows(['a', 1, '00:12'], ['a', 2, '00:05'], ['a', 4, '00:03'], ['a', 8, '00:10']) } },
      outputs: {
        out: [
          ['a', at('00:00'), at('00:04'), 1, 4],
          ['a', at('00:10'), at('00:14'), 2, 9],
        ],
      },
    },
    {
      name: 'sessions whose rows say how long they may pause',
      shows: ['ordinary', 'out-of-order'],
      config: { window: 'dynamic-session', gapColumn: 'amount', keys: ['key'], aggregates: count },
      inputs: {
        in: {
          columns,
          watermark: slow,
          rows: rows(['a', 5000, '00:01'], ['a', 1000, '00:04'], ['a', 1000, '00:07'], ['a', 20_000, '00:30'], ['a', 1, '00:45']),
        },
      },
      outputs: {
        out: [
          ['a', at('00:01'), at('00:06'), 2],
          ['a', at('00:07'), at('00:08'), 1],
          ['a', at('00:30'), at('00:50'), 2],
        ],
      },
    },
    {
      name: 'a global window that fires when the value has risen by more than ten',
      shows: ['ordinary', 'nulls'],
      varies: { order: 'a value is compared with those that came before' },
      config: { window: 'global', trigger: 'delta', triggerColumn: 'amount', triggerThreshold: 10, alsoAtEnd: false, ...keyed },
      inputs: {
        in: {
          columns: { key: 'STRING', amount: 'INT' },
          rows: [
            ['a', 10],
            ['a', 20],
            ['a', null],
            ['a', 21],
            ['a', 31],
            ['a', 32],
          ],
        },
      },
      outputs: {
        out: [
          ['a', 4, 51],
          ['a', 6, 114],
        ],
      },
    },
    {
      name: 'a global window tells the totals when the input ends',
      shows: ['ordinary'],
      config: { window: 'global', ...keyed },
      inputs: { in: { columns, watermark, rows: rows(['a', 1, '00:01'], ['b', 2, '00:02'], ['a', 4, '30:00']) } },
      outputs: {
        out: [
          ['a', 2, 5],
          ['b', 1, 2],
        ],
      },
    },
    {
      name: 'all rows of the window, with its bounds',
      shows: ['ordinary', 'nulls'],
      config: { window: 'tumbling', size: '10 s', keys: ['key'], result: 'rows' },
      inputs: { in: { columns, watermark: slow, rows: rows(['a', 1, '00:01'], [null, 2, '00:02'], ['a', null, '00:12']) } },
      outputs: {
        out: [
          ['a', 1, at('00:01'), at('00:00'), at('00:10')],
          [null, 2, at('00:02'), at('00:00'), at('00:10')],
          ['a', null, at('00:12'), at('00:10'), at('00:20')],
        ],
      },
    },
    {
      name: 'only the last two rows of a session',
      shows: ['ordinary'],
      varies: { order: 'the last two are those that came last' },
      config: { window: 'session', gap: '5 s', keep: 'last-rows', keepRows: 2, ...keyed },
      inputs: { in: { columns, watermark: slow, rows: rows(['a', 1, '00:01'], ['a', 2, '00:02'], ['a', 4, '00:03'], ['a', 8, '00:20']) } },
      outputs: {
        out: [
          ['a', at('00:01'), at('00:08'), 2, 6],
          ['a', at('00:20'), at('00:25'), 1, 8],
        ],
      },
    },
    {
      name: 'only rows of the last three seconds of the window',
      shows: ['ordinary', 'out-of-order'],
      config: { window: 'tumbling', size: '10 s', keep: 'last-time', keepTime: '3 s', ...keyed },
      inputs: { in: { columns, watermark: slow, rows: rows(['a', 1, '00:08'], ['a', 2, '00:05'], ['a', 4, '00:06'], ['a', 8, '00:01']) } },
      outputs: { out: [['a', at('00:00'), at('00:10'), 2, 5]] },
    },
    {
      name: 'only rows less than five below the last',
      shows: ['ordinary', 'nulls'],
      varies: { order: 'rows are compared with the one that came last' },
      config: { window: 'tumbling', size: '10 s', keep: 'near-last', keepColumn: 'amount', keepThreshold: 5, ...keyed },
      inputs: {
        in: {
          columns,
          watermark: slow,
          rows: rows(['a', 1, '00:01'], ['a', null, '00:02'], ['a', 30, '00:03'], ['a', 6, '00:04'], ['a', 10, '00:05']),
        },
      },
      outputs: { out: [['a', at('00:00'), at('00:10'), 4, 46]] },
    },
    {
      name: 'a late row within the allowed lateness fires again; behind it, it leaves by the late output',
      shows: ['late'],
      config: { window: 'tumbling', size: '10 s', allowedLateness: '10 s', lateRows: 'late-output', ...keyed },
      inputs: {
        in: {
          columns,
          watermark,
          rows: rows(['a', 1, '00:01'], ['a', 2, '00:12'], ['a', 4, '00:02'], ['a', 8, '00:25'], ['a', 16, '00:03']),
        },
      },
      outputs: {
        out: [
          ['a', at('00:00'), at('00:10'), 1, 1],
          ['a', at('00:00'), at('00:10'), 2, 5],
          ['a', at('00:10'), at('00:20'), 1, 2],
          ['a', at('00:20'), at('00:30'), 1, 8],
        ],
        late: rows(['a', 16, '00:03']),
      },
      parallel: false,
    },
    {
      name: 'two rows at a time, and what waits for the clock when the input ends',
      shows: ['ordinary'],
      config: { window: 'count', count: 2, timeout: '1 h', aggregates: count },
      inputs: {
        in: {
          columns: { key: 'STRING' },
          rows: [['a'], ['b'], ['c']],
        },
      },
      outputs: { out: [[2], [1]] },
    },
    {
      name: 'event time behind the window, shifted',
      shows: ['ordinary'],
      config: { window: 'tumbling', size: '10 s', offset: '2 s', windowTime: true, aggregates: count },
      inputs: { in: { columns, watermark: slow, rows: rows(['a', 1, '00:03'], ['a', 1, '00:12']) } },
      outputs: {
        out: [
          [at('00:02'), at('00:12'), at('00:11.999'), 1],
          [at('00:12'), at('00:22'), at('00:21.999'), 1],
        ],
      },
      differsOnFlink: 'Flink loses buffered rows of windows with an offset',
    },
    {
      name: 'a session that may not pause',
      shows: ['nulls'],
      config: { window: 'dynamic-session', gapColumn: 'amount', aggregates: count },
      inputs: { in: { columns, watermark, rows: rows(['a', null, '00:01']) } },
      outputs: { out: [] },
      fails: 'MR5035',
    },
    { name: 'nothing in, nothing out', shows: ['empty'], config: { window: 'count', ...keyed }, inputs: none, outputs: { out: [] } },
  ],
  invalid: [
    { name: 'no event time', config: { window: 'tumbling' }, inputs: untimed, problems: [['MR2252', 'time']] },
    {
      name: 'no event time to fire by',
      config: { window: 'global', trigger: 'interval' },
      inputs: untimed,
      problems: [['MR2252', 'trigger']],
    },
    {
      name: 'no event time to keep rows by',
      config: { window: 'global', keep: 'last-time' },
      inputs: untimed,
      problems: [['MR2252', 'keep']],
    },
    { name: 'shifted by a whole window', config: { size: '10 s', offset: '10 s' }, inputs: none, problems: [['MR2253', 'offset']] },
    {
      name: 'a row in too many windows',
      config: { window: 'sliding', size: '365 d', slide: '1 ms' },
      inputs: none,
      problems: [['MR2254', 'slide']],
    },
    {
      name: 'a session by delta',
      config: { window: 'session', trigger: 'delta', triggerColumn: 'amount' },
      inputs: none,
      problems: [['MR2255', 'trigger']],
    },
    {
      name: 'a key that is no value',
      config: { size: '10 s', keys: ['r'] },
      inputs: { in: { columns: { r: 'ROW<a INT>', ts: 'TIMESTAMP(3)' }, watermark, rows: [] } },
      problems: [['MR2256', 'keys[0]']],
    },
    {
      name: 'rows that cannot be kept',
      config: { size: '10 s', result: 'rows' },
      inputs: { in: { columns: { r: 'ROW<a INT>', ts: 'TIMESTAMP(3)' }, watermark, rows: [] } },
      problems: [['MR2258', 'result']],
    },
    {
      name: 'an output name that is taken',
      config: { size: '10 s', aggregates: [{ name: 'window_end', expression: 'COUNT(*)' }] },
      inputs: none,
      problems: [['MR2259', 'aggregates']],
    },
    { name: 'no pause', config: { window: 'dynamic-session' }, inputs: none, problems: [['MR2101', 'gapColumn']] },
    {
      name: 'a pause that is text',
      config: { window: 'dynamic-session', gapColumn: 'key' },
      inputs: none,
      problems: [['MR2120', 'gapColumn']],
    },
    { name: 'unknown key', config: { size: '10 s', keys: ['colour'] }, inputs: none, problems: [['MR2119', 'keys[0]']] },
    { name: 'a window of no rows', config: { window: 'count', count: 0 }, inputs: none, problems: [['MR2106', 'count']] },
    { name: 'nothing to compute', config: { size: '10 s', aggregates: [] }, inputs: none, problems: [['MR2111', 'aggregates']] },
  ],
});
