/** Cases of the window node. Times are minutes and seconds of one hour. */
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { key: 'STRING', amount: 'INT', ts: 'TIMESTAMP(3)' };
const watermark = { column: 'ts', delay: '0 s' };
const at = (time: string): string => `2026-01-01 00:${time}`;
const none = { in: { columns, watermark, rows: [] } };
const count = [{ name: 'n', expression: 'COUNT(*)' }];

export const cases = defineCases({
  rows: [
    {
      name: 'tumbling, by key, with every aggregate',
      shows: ['ordinary', 'nulls'],
      config: {
        window: 'tumbling',
        size: '10 s',
        keys: ['key'],
        aggregates: [
          { name: 'n', expression: 'COUNT(*)' },
          { name: 'known', expression: 'COUNT(amount)' },
          { name: 'total', expression: 'SUM(amount)' },
          { name: 'least', expression: 'MIN(amount)' },
          { name: 'most', expression: 'MAX(amount)' },
          { name: 'mean', expression: 'AVG(amount)' },
          { name: 'kinds', expression: 'COUNT(DISTINCT amount)' },
        ],
      },
      inputs: {
        in: {
          columns,
          watermark,
          rows: [
            ['a', 1, at('00:01')],
            ['b', null, at('00:02')],
            ['a', 4, at('00:03')],
            ['a', 4, at('00:04')],
            [null, 7, at('00:09.999')],
            ['a', 5, at('00:10')],
          ],
        },
      },
      outputs: {
        out: [
          ['a', at('00:00'), at('00:10'), 3, 3, 9, 1, 4, 3, 2],
          ['b', at('00:00'), at('00:10'), 1, 0, null, null, null, null, 0],
          [null, at('00:00'), at('00:10'), 1, 1, 7, 7, 7, 7, 1],
          ['a', at('00:10'), at('00:20'), 1, 1, 5, 5, 5, 5, 1],
        ],
      },
    },
    {
      name: 'sliding: a row counts in several windows',
      shows: ['ordinary', 'out-of-order'],
      config: { window: 'sliding', size: '10 s', slide: '5 s', keys: ['key'], aggregates: count },
      inputs: {
        in: {
          columns,
          watermark: { column: 'ts', delay: '5 s' },
          rows: [
            ['a', 1, at('00:07')],
            ['a', 1, at('00:03')],
            ['a', 1, at('00:12')],
          ],
        },
      },
      outputs: {
        out: [
          ['a', '2025-12-31 23:59:55', at('00:05'), 1],
          ['a', at('00:00'), at('00:10'), 2],
          ['a', at('00:05'), at('00:15'), 2],
          ['a', at('00:10'), at('00:20'), 1],
        ],
      },
    },
    {
      name: 'cumulative: results grow until the size is reached',
      shows: ['ordinary'],
      config: { window: 'cumulative', size: '15 s', step: '5 s', keys: ['key'], aggregates: count },
      inputs: {
        in: {
          columns,
          watermark,
          rows: [
            ['a', 1, at('00:01')],
            ['a', 1, at('00:06')],
            ['a', 1, at('00:16')],
          ],
        },
      },
      outputs: {
        out: [
          ['a', at('00:00'), at('00:05'), 1],
          ['a', at('00:00'), at('00:10'), 2],
          ['a', at('00:00'), at('00:15'), 2],
          ['a', at('00:15'), at('00:20'), 1],
          ['a', at('00:15'), at('00:25'), 1],
          ['a', at('00:15'), at('00:30'), 1],
        ],
      },
    },
    {
      name: 'session: ends after a pause, per key; a row in between joins two',
      shows: ['ordinary', 'out-of-order'],
      config: { window: 'session', gap: '5 s', keys: ['key'], aggregates: count },
      inputs: {
        in: {
          columns,
          watermark: { column: 'ts', delay: '20 s' },
          rows: [
            ['a', 1, at('00:01')],
            ['a', 1, at('00:09')],
            ['b', 1, at('00:02')],
            ['a', 1, at('00:05')],
            ['a', 1, at('00:20')],
          ],
        },
      },
      outputs: {
        out: [
          ['a', at('00:01'), at('00:14'), 3],
          ['b', at('00:02'), at('00:07'), 1],
          ['a', at('00:20'), at('00:25'), 1],
        ],
      },
    },
    {
      name: 'without keys: one result per window',
      shows: ['ordinary'],
      config: { size: '10 s', aggregates: [{ name: 'total', expression: 'SUM(amount)' }] },
      inputs: {
        in: {
          columns,
          watermark,
          rows: [
            ['a', 1, at('00:01')],
            ['b', 2, at('00:02')],
          ],
        },
      },
      outputs: { out: [[at('00:00'), at('00:10'), 3]] },
    },
    {
      name: 'offset and event time behind the window',
      shows: ['ordinary'],
      config: { size: '10 s', offset: '2 s', windowTime: true, aggregates: count },
      inputs: {
        in: {
          columns,
          watermark,
          rows: [
            ['a', 1, at('00:01')],
            ['a', 1, at('00:02')],
          ],
        },
      },
      outputs: {
        out: [
          ['2025-12-31 23:59:52', at('00:02'), at('00:01.999'), 1],
          [at('00:02'), at('00:12'), at('00:11.999'), 1],
        ],
      },
      differsOnFlink: 'Flink loses buffered rows of windows with an offset',
    },
    {
      name: 'late rows are dropped',
      shows: ['late'],
      config: { size: '10 s', keys: ['key'], aggregates: count },
      inputs: {
        in: {
          columns,
          watermark,
          rows: [
            ['a', 1, at('00:01')],
            ['a', 1, at('00:10')],
            ['a', 1, at('00:09')],
          ],
        },
      },
      outputs: {
        out: [
          ['a', at('00:00'), at('00:10'), 1],
          ['a', at('00:10'), at('00:20'), 1],
        ],
      },
      parallel: false,
    },
    {
      name: 'late rows leave by the late output; partly late rows of a sliding window do not',
      shows: ['late'],
      config: { window: 'sliding', size: '10 s', slide: '5 s', keys: ['key'], aggregates: count, lateRows: 'late-output' },
      inputs: {
        in: {
          columns,
          watermark,
          rows: [
            ['a', 1, at('00:12')],
            ['a', 2, at('00:07')],
            ['a', 3, at('00:03')],
          ],
        },
      },
      outputs: {
        out: [
          ['a', at('00:05'), at('00:15'), 2],
          ['a', at('00:10'), at('00:20'), 1],
        ],
        late: [['a', 3, at('00:03')]],
      },
      parallel: false,
    },
    { name: 'nothing in, nothing out', shows: ['empty'], config: { size: '10 s', keys: ['key'] }, inputs: none, outputs: { out: [] } },
  ],
  invalid: [
    {
      name: 'no event time',
      config: { size: '10 s' },
      inputs: { in: { columns, rows: [] } },
      problems: [['MR2307', '']],
    },
    {
      name: 'size is no multiple of the slide',
      config: { window: 'sliding', size: '10 s', slide: '3 s' },
      inputs: none,
      problems: [['MR2261', 'slide']],
    },
    {
      name: 'size is no multiple of the step',
      config: { window: 'cumulative', size: '10 s', step: '3 s' },
      inputs: none,
      problems: [['MR2261', 'step']],
    },
    {
      name: 'a row in too many windows',
      config: { window: 'sliding', size: '365 d', slide: '1 ms' },
      inputs: none,
      problems: [['MR2267', 'slide']],
    },
    { name: 'shifted by a whole window', config: { size: '10 s', offset: '10 s' }, inputs: none, problems: [['MR2262', 'offset']] },
    {
      name: 'an output name that is taken',
      config: { size: '10 s', aggregates: [{ name: 'window_end', expression: 'COUNT(*)' }] },
      inputs: none,
      problems: [['MR2263', 'aggregates']],
    },
    {
      name: 'a key that is no value',
      config: { size: '10 s', keys: ['r'] },
      inputs: { in: { columns: { r: 'ROW<a INT>', ts: 'TIMESTAMP(3)' }, watermark, rows: [] } },
      problems: [['MR2264', 'keys[0]']],
    },
    {
      name: 'cumulative with allowed lateness',
      config: { window: 'cumulative', size: '10 s', step: '5 s', allowedLateness: '1 s' },
      inputs: none,
      problems: [['MR2265', 'allowedLateness']],
    },
    { name: 'unknown key', config: { size: '10 s', keys: ['colour'] }, inputs: none, problems: [['MR2119', 'keys[0]']] },
    {
      name: 'not an aggregate',
      config: { size: '10 s', aggregates: [{ name: 'n', expression: 'MEDIAN(amount)' }] },
      inputs: none,
      problems: [['MR2116', 'aggregates[0].expression']],
    },
    {
      name: 'SUM of text',
      config: { size: '10 s', aggregates: [{ name: 'n', expression: 'SUM(key)' }] },
      inputs: none,
      problems: [['MR2125', 'aggregates[0].expression']],
    },
    { name: 'nothing to compute', config: { size: '10 s', aggregates: [] }, inputs: none, problems: [['MR2111', 'aggregates']] },
    { name: 'no duration', config: { size: 'ten' }, inputs: none, problems: [['MR2109', 'size']] },
    { name: 'an empty window', config: { size: '0 s' }, inputs: none, problems: [['MR2110', 'size']] },
  ],
});
