/** Cases of the window join node. Times are minutes and seconds of one hour. */
import { defineCases } from '../../../spec/node-cases.ts';

const views = { page: 'STRING', user: 'BIGINT', viewed_at: 'TIMESTAMP(3)' };
const clicks = { page: 'STRING', ad: 'STRING', clicked_at: 'TIMESTAMP(3)' };
const byView = { column: 'viewed_at', delay: '5 min' };
const byClick = { column: 'clicked_at', delay: '5 min' };
const at = (time: string): string => `2026-01-01 10:${time}`;
const keys = { leftKeys: ['page'], rightKeys: ['page'] };
const minute = { ...keys, size: '1 min' };
const [first, second, third] = ['00:00', '01:00', '02:00'].map(at);

const left = {
  columns: views,
  watermark: byView,
  rows: [
    ['a', 1, at('00:10')],
    ['a', 2, at('00:59.999')],
    ['b', 3, at('00:20')],
    ['a', 4, at('01:00')],
    [null, 5, at('00:30')],
  ],
};
const right = {
  columns: clicks,
  watermark: byClick,
  rows: [
    ['a', 'x', at('00:30')],
    ['b', null, at('01:20')],
    [null, 'y', at('00:40')],
  ],
};
const pairs = [
  ['a', 1, at('00:10'), 'a', 'x', at('00:30'), first, second],
  ['a', 2, at('00:59.999'), 'a', 'x', at('00:30'), first, second],
];
const lonelyViews = [
  ['b', 3, at('00:20'), null, null, null, first, second],
  ['a', 4, at('01:00'), null, null, null, second, third],
  [null, 5, at('00:30'), null, null, null, first, second],
];
const lonelyClicks = [
  [null, null, null, 'b', null, at('01:20'), second, third],
  [null, null, null, null, 'y', at('00:40'), first, second],
];
const viewed = (rows: readonly (readonly (string | number | null)[])[]) => rows.map((row) => [...row.slice(0, 3), ...row.slice(6)]);

export const cases = defineCases({
  rows: [
    {
      name: 'pairs of a minute',
      shows: ['ordinary', 'nulls'],
      config: minute,
      inputs: { left, right },
      outputs: { out: pairs },
    },
    {
      name: 'left: views without click leave with NULLs',
      shows: ['ordinary', 'nulls'],
      config: { ...minute, kind: 'left' },
      inputs: { left, right },
      outputs: { out: [...pairs, ...lonelyViews] },
    },
    {
      name: 'right: clicks without view leave with NULLs',
      shows: ['ordinary', 'nulls'],
      config: { ...minute, kind: 'right' },
      inputs: { left, right },
      outputs: { out: [...pairs, ...lonelyClicks] },
    },
    {
      name: 'full: rows without a partner leave with NULLs',
      shows: ['ordinary', 'nulls'],
      config: { ...minute, kind: 'full' },
      inputs: { left, right },
      outputs: { out: [...pairs, ...lonelyViews, ...lonelyClicks] },
    },
    {
      name: 'semi: rows of the left with a partner',
      shows: ['ordinary'],
      config: { ...minute, kind: 'semi' },
      inputs: { left, right },
      outputs: { out: viewed(pairs) },
    },
    {
      name: 'anti: rows of the left without a partner',
      shows: ['ordinary', 'nulls'],
      config: { ...minute, kind: 'anti' },
      inputs: { left, right },
      outputs: { out: viewed(lonelyViews) },
    },
    {
      name: 'sliding: a pair in every window that holds both rows; order of arrival does not matter',
      shows: ['out-of-order'],
      config: { ...keys, window: 'sliding', size: '1 min', slide: '30 s', windowTime: true },
      inputs: {
        left: {
          columns: views,
          watermark: byView,
          rows: [
            ['a', 1, at('01:10')],
            ['a', 2, at('00:40')],
          ],
        },
        right: { columns: clicks, watermark: byClick, rows: [['a', 'x', at('01:05')]] },
      },
      outputs: {
        out: [
          ['a', 2, at('00:40'), 'a', 'x', at('01:05'), at('00:30'), at('01:30'), at('01:29.999')],
          ['a', 1, at('01:10'), 'a', 'x', at('01:05'), at('00:30'), at('01:30'), at('01:29.999')],
          ['a', 1, at('01:10'), 'a', 'x', at('01:05'), at('01:00'), at('02:00'), at('01:59.999')],
        ],
      },
    },
    {
      name: 'cumulative: pairs come again while the window grows',
      shows: ['ordinary'],
      config: { ...keys, window: 'cumulative', size: '1 min', step: '20 s' },
      inputs: {
        left: { columns: views, watermark: byView, rows: [['a', 1, at('00:05')]] },
        right: { columns: clicks, watermark: byClick, rows: [['a', 'x', at('00:25')]] },
      },
      outputs: {
        out: [
          ['a', 1, at('00:05'), 'a', 'x', at('00:25'), first, at('00:40')],
          ['a', 1, at('00:05'), 'a', 'x', at('00:25'), first, second],
        ],
      },
    },
    {
      name: 'one side without rows',
      shows: ['empty'],
      config: { ...minute, kind: 'left' },
      inputs: { left: { ...left, rows: left.rows.slice(0, 1) }, right: { ...right, rows: [] } },
      outputs: { out: [['a', 1, at('00:10'), null, null, null, first, second]] },
    },
  ],
  cannotShow: { late: 'which rows are behind the combined watermark depends on how the inputs take turns' },
  invalid: [
    {
      name: 'a number against a text',
      config: { ...minute, leftKeys: ['user'] },
      inputs: { left, right },
      problems: [['MR2272', 'rightKeys[0]']],
    },
    {
      name: 'one key against two',
      config: { ...minute, rightKeys: ['page', 'ad'] },
      inputs: { left, right },
      problems: [['MR2271', 'rightKeys']],
    },
    {
      name: 'a column that cannot wait',
      config: minute,
      inputs: { left, right: { columns: { ...clicks, tags: 'ARRAY<STRING>' }, watermark: byClick, rows: [] } },
      problems: [['MR2273', '']],
    },
    {
      name: 'a size that slides do not fill',
      config: { ...keys, window: 'sliding', size: '1 min', slide: '25 s' },
      inputs: { left, right },
      problems: [['MR2274', 'slide']],
    },
    {
      name: 'a row in too many windows',
      config: { ...keys, window: 'cumulative', size: '1 h', step: '1 s' },
      inputs: { left, right },
      problems: [['MR2275', 'step']],
    },
    {
      name: 'event time of two kinds',
      config: minute,
      inputs: { left, right: { columns: { ...clicks, clicked_at: 'TIMESTAMP_LTZ(3)' }, watermark: byClick, rows: [] } },
      problems: [['MR2276', '']],
    },
    {
      name: 'a column called like a bound',
      config: minute,
      inputs: { left: { columns: { ...views, window_start: 'TIMESTAMP(3)' }, watermark: byView, rows: [] }, right },
      problems: [['MR2277', '']],
    },
  ],
});
