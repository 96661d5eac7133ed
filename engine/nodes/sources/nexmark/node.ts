/** Makes the events of the Nexmark auction benchmark: seeded, the same bytes everywhere. */

import { ROWS_PORT } from '../../../spec/dead-letter.ts';
import { appendOnly, defineNode } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { choiceField, durationField, numberField } from '../../../spec/fields.ts';
import { PACE_SECTION, rowsPerSecondField, TIME_SECTION } from '../../../spec/input-format.ts';
import { lateShareField, seedField, startTimeField } from '../../../spec/made-rows.ts';
import { sameText, text } from '../../../spec/text.ts';
import { nexmarkFlink } from './flink.ts';
import { nexmarkSchema } from './schema.ts';
import { nexmarkSpark } from './spark.ts';

const fields = {
  events: choiceField({
    label: text({ en: 'Events', zh: '事件' }),
    help: text({ en: 'Everything as one nested row, or one kind as flat columns.', zh: '全部作为一个嵌套行，或只要一种并展开为列。' }),
    options: [
      { value: 'all', label: text({ en: 'All', zh: '全部' }) },
      { value: 'bid', label: text({ en: 'Bids', zh: '出价' }) },
      { value: 'auction', label: text({ en: 'Auctions', zh: '拍卖' }) },
      { value: 'person', label: text({ en: 'People', zh: '人员' }) },
    ],
  }),
  count: numberField({
    label: text({ en: 'Number of events', zh: '事件数' }),
    whenEmpty: text({ en: 'without end', zh: '没有尽头' }),
    help: text({ en: 'Counted before a kind is picked. Left empty: without end.', zh: '在选择种类之前计数。留空：没有尽头。' }),
    integer: true,
    minimum: 0,
    maximum: 1e12,
    optional: true,
    default: 100000,
  }),
  first: numberField({
    label: text({ en: 'Start at event', zh: '起始事件' }),
    integer: true,
    minimum: 0,
    maximum: 1e12,
    default: 0,
    advanced: true,
  }),
  seed: seedField,
  eventsPerSecond: numberField({
    label: text({ en: 'Events per second of event time', zh: '每秒事件时间的事件数' }),
    help: text({ en: 'Spacing of the time stamps, not the pace of the run.', zh: '时间戳的间隔，不是运行速率。' }),
    integer: true,
    minimum: 1,
    maximum: 1000000,
    default: 1000,
    unit: text({ en: 'events/s', zh: '事件/秒' }),
    section: TIME_SECTION,
  }),
  startTime: { ...startTimeField, label: text({ en: 'Time of the first event', zh: '首个事件的时间' }), default: '2024-02-28T23:59:00' },
  disorderEvents: numberField({
    label: text({ en: 'Shuffle within groups of', zh: '在分组内打乱' }),
    help: text({ en: '1 keeps the order; otherwise not a multiple of 953.', zh: '1 表示保持顺序；其他值不能是 953 的倍数。' }),
    integer: true,
    minimum: 1,
    maximum: 1000000,
    default: 1,
    unit: text({ en: 'events', zh: '个事件' }),
    section: TIME_SECTION,
    advanced: true,
  }),
  lateShare: { ...lateShareField, label: text({ en: 'Share of late bids, 0 to 1', zh: '迟到出价的比例（0 到 1）' }) },
  lateBy: durationField({
    label: text({ en: 'Late by at most', zh: '最多迟到' }),
    default: '20 s',
    section: TIME_SECTION,
    advanced: true,
  }),
  rowsPerSecond: { ...rowsPerSecondField, section: PACE_SECTION },
};

export type NexmarkConfig = ConfigOf<typeof fields>;

export const nexmarkSource = defineNode({
  type: 'nexmark-source',
  category: 'sources',
  execution: 'source',
  rank: 3,
  label: sameText('Nexmark'),
  summary: text({ en: 'Auction events of the Nexmark benchmark, seeded.', zh: 'Nexmark 基准的拍卖事件，由种子决定。' }),
  searchWords: ['benchmark', 'auction', 'bid', 'person'],
  presets: [
    {
      id: 'bids',
      label: text({ en: 'Nexmark bids', zh: 'Nexmark 出价' }),
      summary: text({ en: 'Only the bids, as flat columns.', zh: '只要出价，展开为列。' }),
      config: { events: 'bid' },
    },
  ],
  fields,
  inputs: [],
  outputs: () => [ROWS_PORT],
  describe: (config, language) => {
    const kinds = { all: ['all events', '全部事件'], bid: ['bids', '出价'], auction: ['auctions', '拍卖'], person: ['people', '人员'] }[
      config.events
    ];
    const count = config.count === null ? '∞' : String(config.count);
    return language === 'zh' ? `${kinds[1]} · ${count} 个 · 种子 ${config.seed}` : `${kinds[0]} · ${count} · seed ${config.seed}`;
  },
  check: () => [],
  outputSchema: (config) => ({ out: appendOnly(nexmarkSchema(config.events)) }),
  pace: (config) => config.rowsPerSecond,
  bounded: (config) => config.count !== null,
  delivery: () => 'replayable',
  flinkSql: nexmarkFlink,
  pySpark: nexmarkSpark,
  migrations: [],
});
