/** The pipeline of the running pictures: card payments, how often a card pays, what looks like fraud, an hourly report. */
import type { Language } from '../../../engine/spec/text.ts';

const WORDS = {
  en: {
    payments: 'Card transactions',
    tidy: 'Tidy columns',
    time: 'Event time',
    watched: 'Watched cards',
    velocity: 'Velocity per card',
    both: 'Add watched cards',
    risk: 'Risk score',
    table: 'Card risk table',
    high: 'High risk',
    alerts: 'Fraud alerts',
    late: 'Late rows',
    abroad: 'Withdrawals abroad',
    withdrawals: 'Withdrawal alerts',
    group: 'Hourly report',
    groupText: 'Counts payments by country, for each hour and since midnight.',
    settled: 'Settled only',
    hour: 'By hour',
    running: 'Since midnight',
    joined: 'Both counts',
    report: 'Report files',
  },
  zh: {
    payments: '刷卡交易',
    tidy: '整理列',
    time: '事件时间',
    watched: '关注卡片',
    velocity: '单卡交易频率',
    both: '并入关注卡片',
    risk: '风险评分',
    table: '卡片风险表',
    high: '高风险',
    alerts: '欺诈告警',
    late: '迟到数据',
    abroad: '境外取现',
    withdrawals: '取现告警',
    group: '小时报表',
    groupText: '按国家统计每小时与零点以来的交易。',
    settled: '仅已结算',
    hour: '按小时',
    running: '零点以来',
    joined: '两种计数',
    report: '报表文件',
  },
} as const;

type Words = (typeof WORDS)[Language];

export const PAYMENT_COLUMNS = ['card STRING', 'terminal BIGINT', 'country STRING', 'amount BIGINT', 'tx_time TIMESTAMP(3)'];

/** One card pays far more often than the others. */
const HOT_CARD = '5413…0921';
const CARDS = ['4026…7710', '3782…1005', '5412…3348', '4556…2290', '6011…8873', '5105…5100', '4111…1881', '3530…1133'];
const COUNTRIES = ['DE', 'DE', 'DE', 'FR', 'FR', 'NL', 'JP', 'US'];

export type Input = 'generated' | 'followed';

const EDGES = [
  ['payments', 'out', 'tidy'],
  ['tidy', 'out', 'time'],
  ['time', 'out', 'velocity'],
  ['time', 'out', 'abroad'],
  ['time', 'out', 'settled'],
  ['watched', 'out', 'both'],
  ['velocity', 'out', 'both'],
  ['velocity', 'late', 'late'],
  ['both', 'out', 'risk'],
  ['risk', 'out', 'table'],
  ['risk', 'out', 'high'],
  ['high', 'out', 'alerts'],
  ['abroad', 'out', 'withdrawals'],
  ['settled', 'out', 'hour'],
  ['settled', 'out', 'running'],
  ['hour', 'out', 'joined'],
  ['running', 'out', 'joined'],
  ['joined', 'out', 'report'],
] as const;

/** `generated`: as fast as it goes; `followed`: files that somebody writes to. */
export function fraudPipeline(language: Language, input: Input): object {
  const words = WORDS[language];
  return {
    format: 'millrace-pipeline',
    version: 1,
    id: `story-fraud-${input}`,
    name: 'fraud-detection',
    job: { parallelism: 4, checkpointInterval: input === 'generated' ? '5 s' : '10 s' },
    nodes: [...inputNodes(words, input), ...riskNodes(words), ...reportNodes(words)],
    edges: EDGES.map(([node, port, to], index) => ({ id: `e${index + 1}`, from: { node, port }, to: { node: to, port: 'in' } })),
    drawing: drawing(words),
  };
}

function inputNodes(words: Words, input: Input): readonly object[] {
  const cards = [...Array.from({ length: 24 }, () => HOT_CARD), ...CARDS].join(',');
  const generated = {
    schema: columns(PAYMENT_COLUMNS),
    rules: [
      { column: 'card', rule: 'values', values: cards },
      { column: 'terminal', rule: 'random', minimum: 1000, maximum: 9999 },
      { column: 'country', rule: 'values', values: COUNTRIES.join(',') },
      { column: 'amount', rule: 'random', minimum: 1, maximum: 900 },
    ],
    timeColumn: 'tx_time',
    startTime: '2026-11-18T13:52:00',
    timeStep: '1 ms',
    disorder: '4 s',
    lateShare: 0.0005,
    lateBy: '15 min',
    rowsPerSecond: null,
  };
  const followed = { path: 'data/card-tx-*.ndjson', schema: columns(PAYMENT_COLUMNS), follow: true };
  return [
    {
      id: 'payments',
      type: input === 'generated' ? 'generator-source' : 'file-source',
      label: words.payments,
      config: input === 'generated' ? generated : followed,
    },
    {
      id: 'tidy',
      type: 'select',
      label: words.tidy,
      config: {
        keep: 'listed',
        columns: ['card', 'terminal', 'country', 'amount', 'tx_time'].map((name) => ({ name, expression: name })),
      },
    },
    { id: 'time', type: 'watermark', label: words.time, config: { time: { column: 'tx_time', delay: '5 s' } } },
    {
      id: 'watched',
      type: 'collection-source',
      label: words.watched,
      config: { schema: columns(VELOCITY_COLUMNS), rows: WATCHED, rowsPerSecond: 1 },
    },
  ];
}

const VELOCITY_COLUMNS = [
  'card STRING NOT NULL',
  'window_start TIMESTAMP(3) NOT NULL',
  'window_end TIMESTAMP(3) NOT NULL',
  'payments BIGINT NOT NULL',
  'spent BIGINT',
  'terminals BIGINT NOT NULL',
  'amounts BIGINT NOT NULL',
  'countries BIGINT NOT NULL',
];

const WATCHED = CARDS.slice(0, 3).map((card, index) => ({
  card,
  window_start: '2026-11-17 00:00:00',
  window_end: '2026-11-18 00:00:00',
  payments: 40 + index,
  spent: 3000,
  terminals: 12,
  amounts: 20,
  countries: 2,
}));

function riskNodes(words: Words): readonly object[] {
  return [
    {
      id: 'velocity',
      type: 'window-aggregate',
      label: words.velocity,
      config: {
        window: 'sliding',
        size: '10 min',
        slide: '1 min',
        keys: ['card'],
        aggregates: [
          { name: 'payments', expression: 'COUNT(*)' },
          { name: 'spent', expression: 'SUM(amount)' },
          { name: 'terminals', expression: 'COUNT(DISTINCT terminal)' },
          { name: 'amounts', expression: 'COUNT(DISTINCT amount)' },
          { name: 'countries', expression: 'COUNT(DISTINCT country)' },
        ],
        lateRows: 'late-output',
        allowedLateness: '30 s',
      },
    },
    { id: 'both', type: 'union', label: words.both, config: {} },
    {
      id: 'risk',
      type: 'select',
      label: words.risk,
      config: {
        keep: 'all',
        columns: [{ name: 'risk', expression: 'CAST(payments AS DOUBLE) / 100 + CAST(countries AS DOUBLE) / 10' }],
      },
    },
    { id: 'table', type: 'preview-sink', label: words.table, config: { rowsMax: 1000 } },
    { id: 'high', type: 'filter', label: words.high, config: { condition: 'risk > 2' } },
    { id: 'alerts', type: 'file-sink', label: words.alerts, config: { path: 'out/alerts' } },
    { id: 'late', type: 'file-sink', label: words.late, config: { path: 'out/late' } },
    {
      id: 'abroad',
      type: 'filter',
      label: words.abroad,
      config: { condition: "country = 'US' AND amount > 895" },
    },
    { id: 'withdrawals', type: 'file-sink', label: words.withdrawals, config: { path: 'out/withdrawals' } },
  ];
}

function reportNodes(words: Words): readonly object[] {
  const counted = { keys: ['country'], aggregates: [{ name: 'payments', expression: 'COUNT(*)' }] };
  return [
    { id: 'settled', type: 'filter', label: words.settled, config: { condition: 'amount > 890' } },
    { id: 'hour', type: 'window-aggregate', label: words.hour, config: { window: 'tumbling', size: '1 h', ...counted } },
    {
      id: 'running',
      type: 'window-aggregate',
      label: words.running,
      config: { window: 'cumulative', size: '1 d', step: '1 h', ...counted },
    },
    { id: 'joined', type: 'union', label: words.joined, config: {} },
    { id: 'report', type: 'file-sink', label: words.report, config: { path: 'out/report', format: 'csv' } },
  ];
}

function drawing(words: Words): object {
  return {
    positions: {
      payments: { x: 0, y: 126 },
      watched: { x: 297, y: 0 },
      velocity: { x: 297, y: 126 },
      both: { x: 594, y: 72 },
      late: { x: 594, y: 252 },
      table: { x: 891, y: 27 },
      high: { x: 891, y: 153 },
      abroad: { x: 297, y: 342 },
      withdrawals: { x: 891, y: 342 },
      group: { x: 297, y: 468 },
      report: { x: 594, y: 468 },
      settled: { x: 198, y: 45 },
      hour: { x: 468, y: 45 },
      running: { x: 468, y: 180 },
      joined: { x: 729, y: 108 },
    },
    stacks: [
      ['payments', 'tidy', 'time'],
      ['both', 'risk'],
      ['high', 'alerts'],
    ],
    groups: [
      {
        id: 'group',
        label: words.group,
        description: words.groupText,
        members: ['settled', 'hour', 'running', 'joined'],
        pills: {},
      },
    ],
  };
}

function columns(texts: readonly string[]): readonly object[] {
  return texts.map((text) => {
    const at = text.indexOf(' ');
    return { name: text.slice(0, at), type: text.slice(at + 1) };
  });
}

/** A payment as a line of the followed files: some come late, as terminals that upload in batches send them. */
export function paymentLine(index: number, atMs: number): string {
  const card = index % 3 === 0 ? HOT_CARD : CARDS[index % CARDS.length];
  const stamp = new Date(atMs).toISOString().slice(0, 23).replace('T', ' ');
  const payment = {
    card,
    terminal: 1000 + ((index * 7919) % 8999),
    country: COUNTRIES[index % COUNTRIES.length],
    amount: (index * 104_729) % 900,
    tx_time: stamp,
  };
  return `${JSON.stringify(payment)}\n`;
}
