/** The pipeline of the pictures: flight delays, with a chain, late rows, a group, a note, an error and a warning. */
import type { Language } from '../../../engine/spec/text.ts';

const FLIGHT_COLUMNS = [
  'time_hour STRING',
  'minute INT',
  'carrier STRING',
  'flight INT',
  'tailnum STRING',
  'origin STRING',
  'dest STRING',
  'dep_delay INT',
  'arr_delay INT',
  'distance INT',
];

const HOUR_COLUMNS = [
  'origin STRING NOT NULL',
  'window_start TIMESTAMP(3) NOT NULL',
  'window_end TIMESTAMP(3) NOT NULL',
  'flights BIGINT NOT NULL',
  'mean_delay DOUBLE',
  'worst_delay DOUBLE',
];

const SCHEDULED = "TIMESTAMPADD(MINUTE, `minute`, TO_TIMESTAMP(REPLACE(REPLACE(time_hour, 'T', ' '), 'Z', '')))";

const WORDS = {
  en: {
    flights: 'Flights',
    scheduled: 'Scheduled time',
    time: 'Event time',
    yesterday: 'Yesterday',
    hourly: 'Delays per airport',
    both: 'With yesterday',
    level: 'Delay level',
    bad: 'Bad hours',
    alerts: 'Delay alerts',
    late: 'Late flights',
    long: 'By waiting time',
    lengths: 'Same waits',
    waits: 'Wait lengths',
    group: 'Daily report',
    groupText: 'Counts departures per airport and hour, and since midnight, for the operations folder.',
    departed: 'Departed only',
    hour: 'Per hour',
    running: 'Running total',
    joined: 'Both counts',
    report: 'Report files',
    note: '**Why two detectors**\n\nThe window catches bad hours. The route catches single long waits: one flight that stands for two hours.',
  },
  zh: {
    flights: '航班',
    scheduled: '计划时刻',
    time: '事件时间',
    yesterday: '昨日',
    hourly: '各机场延误',
    both: '并入昨日',
    level: '延误等级',
    bad: '糟糕时段',
    alerts: '延误告警',
    late: '迟到航班',
    long: '按等待时长',
    lengths: '相同等待',
    waits: '等待分布',
    group: '日报',
    groupText: '按机场与小时统计离港航班，以及当天零点以来的累计，写入运营文件夹。',
    departed: '仅已离港',
    hour: '每小时',
    running: '累计总数',
    joined: '两种计数',
    report: '报表文件',
    note: '**为什么用两种检测**\n\n窗口抓住糟糕时段；分流抓住单次长等待：一个航班停了两小时。',
  },
} as const;

/** Rows of another day, as the window gives them. */
const YESTERDAY_ROWS = [
  ['EWR', 18, 12.5, 71],
  ['JFK', 22, 8.25, 54],
  ['LGA', 15, 17, 102],
].map(([origin, flights, mean, worst]) => ({
  origin,
  window_start: '2012-12-31 10:00:00',
  window_end: '2012-12-31 13:00:00',
  flights,
  mean_delay: mean,
  worst_delay: worst,
}));

const EDGES = [
  ['flights', 'out', 'scheduled'],
  ['scheduled', 'out', 'time'],
  ['time', 'out', 'hourly'],
  ['time', 'out', 'long'],
  ['time', 'out', 'departed'],
  ['yesterday', 'out', 'both'],
  ['hourly', 'out', 'both'],
  ['hourly', 'late', 'late'],
  ['both', 'out', 'level'],
  ['level', 'out', 'bad'],
  ['bad', 'out', 'alerts'],
  ['long', 'two_hours', 'lengths'],
  ['lengths', 'out', 'waits'],
  ['departed', 'out', 'hour'],
  ['departed', 'out', 'running'],
  ['hour', 'out', 'joined'],
  ['running', 'out', 'joined'],
  ['joined', 'out', 'report'],
] as const;

/** `flaws`: with the error and the warning that the pictures show. */
export function storyPipeline(language: Language, flaws = true): object {
  const words = WORDS[language];
  const counts = [
    { name: 'flights', expression: 'COUNT(*)' },
    { name: 'mean_delay', expression: 'AVG(delay)' },
  ];
  return {
    format: 'millrace-pipeline',
    version: 1,
    id: 'story-flights',
    name: 'flight-delays',
    job: { parallelism: 2, checkpointInterval: '2 s' },
    nodes: [
      ...sourceNodes(words),
      {
        id: 'hourly',
        type: 'window-aggregate',
        label: words.hourly,
        config: {
          window: 'sliding',
          size: '3 h',
          slide: '1 h',
          keys: ['origin'],
          aggregates: [...counts, { name: 'worst_delay', expression: 'MAX(delay)' }],
          lateRows: 'late-output',
          allowedLateness: '30 min',
        },
      },
      { id: 'both', type: 'union', label: words.both, config: {} },
      {
        id: 'level',
        type: 'select',
        label: words.level,
        config: {
          keep: 'all',
          columns: [
            { name: 'level', expression: "CASE WHEN mean_delay >= 30 THEN 'bad' WHEN mean_delay >= 10 THEN 'fair' ELSE 'good' END" },
          ],
        },
      },
      { id: 'bad', type: 'filter', label: words.bad, config: { condition: flaws ? "levle = 'bad'" : "level = 'bad'" } },
      { id: 'alerts', type: 'file-sink', label: words.alerts, config: { path: 'out/alerts' } },
      { id: 'late', type: 'file-sink', label: words.late, config: { path: 'out/late' } },
      { id: 'long', type: 'route', label: words.long, config: { routes: [{ name: 'two_hours', expression: 'delay >= 120' }] } },
      {
        id: 'lengths',
        type: 'window-aggregate',
        label: words.lengths,
        config: {
          window: 'tumbling',
          size: '1 d',
          keys: [flaws ? 'delay' : 'dest'],
          aggregates: [{ name: 'flights', expression: 'COUNT(*)' }],
        },
      },
      { id: 'waits', type: 'file-sink', label: words.waits, config: { path: 'out/waits' } },
      ...groupNodes(words, counts),
      { id: 'report', type: 'file-sink', label: words.report, config: { path: 'out/report', format: 'csv' } },
      ...(flaws ? [] : [{ id: 'rest', type: 'print-sink', config: {} }]),
    ],
    edges: [...EDGES, ...(flaws ? [] : [['long', 'else', 'rest'] as const])].map(([node, port, to], index) => ({
      id: `e${index + 1}`,
      from: { node, port },
      to: { node: to, port: 'in' },
    })),
    drawing: drawing(words),
  };
}

type Words = (typeof WORDS)[Language];

function sourceNodes(words: Words): readonly object[] {
  return [
    {
      id: 'flights',
      type: 'file-source',
      label: words.flights,
      config: { path: 'data/flights.csv', format: 'csv', nullText: 'NA', schema: columns(FLIGHT_COLUMNS), rowsPerSecond: 200 },
    },
    {
      id: 'scheduled',
      type: 'select',
      label: words.scheduled,
      config: {
        keep: 'listed',
        columns: [
          { name: 'scheduled', expression: SCHEDULED },
          ...['carrier', 'flight', 'tailnum', 'origin', 'dest'].map((name) => ({ name, expression: name })),
          { name: 'delay', expression: 'CAST(dep_delay AS DOUBLE)' },
        ],
      },
    },
    { id: 'time', type: 'watermark', label: words.time, config: { time: { column: 'scheduled', delay: '1 h' } } },
    {
      id: 'yesterday',
      type: 'collection-source',
      label: words.yesterday,
      config: { schema: columns(HOUR_COLUMNS), rows: YESTERDAY_ROWS, rowsPerSecond: 1 },
    },
  ];
}

function groupNodes(words: Words, aggregates: readonly object[]): readonly object[] {
  return [
    { id: 'departed', type: 'filter', label: words.departed, config: { condition: 'delay IS NOT NULL' } },
    {
      id: 'hour',
      type: 'window-aggregate',
      label: words.hour,
      config: { window: 'tumbling', size: '1 h', keys: ['origin'], aggregates },
    },
    {
      id: 'running',
      type: 'window-aggregate',
      label: words.running,
      config: { window: 'cumulative', size: '1 d', step: '1 h', keys: ['origin'], aggregates },
    },
    { id: 'joined', type: 'union', label: words.joined, config: {} },
  ];
}

function drawing(words: Words): object {
  return {
    positions: {
      flights: { x: 0, y: 81 },
      yesterday: { x: 279, y: 0 },
      hourly: { x: 279, y: 108 },
      both: { x: 558, y: 54 },
      late: { x: 558, y: 207 },
      bad: { x: 837, y: 81 },
      long: { x: 279, y: 279 },
      lengths: { x: 558, y: 279 },
      waits: { x: 837, y: 279 },
      group: { x: 279, y: 396 },
      report: { x: 558, y: 396 },
      departed: { x: 198, y: 45 },
      hour: { x: 468, y: 45 },
      running: { x: 468, y: 180 },
      joined: { x: 729, y: 108 },
    },
    stacks: [
      ['flights', 'scheduled', 'time'],
      ['both', 'level'],
      ['bad', 'alerts'],
    ],
    notes: [{ id: 'note', text: words.note, x: 0, y: 324, width: 220, height: 126 }],
    groups: [
      {
        id: 'group',
        label: words.group,
        description: words.groupText,
        members: ['departed', 'hour', 'running', 'joined'],
        pills: { e5: { x: 0, y: 45 }, e18: { x: 990, y: 108 } },
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
