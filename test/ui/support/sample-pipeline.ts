/** A pipeline of every common shape, for looking at: a stack, keyed windows, late rows, a bad-lines port. */
const columns = [
  { name: 'card_id', type: 'STRING' },
  { name: 'amount', type: 'DECIMAL(10, 2)' },
  { name: 'country', type: 'STRING' },
  { name: 'email', type: 'STRING' },
  { name: 'tx_time', type: 'TIMESTAMP(3)' },
];

function edge(id: string, from: string, port: string, to: string) {
  return { id, from: { node: from, port }, to: { node: to, port: 'in' } };
}

export const SAMPLE_PATH = '/home/millrace/flows/card-activity.json';

export const samplePipeline = {
  format: 'millrace-pipeline',
  version: 1,
  id: 'pipeline-sample',
  name: 'card-activity',
  job: { parallelism: 2 },
  nodes: [
    {
      id: 'source',
      type: 'file-source',
      label: 'Card transactions',
      config: { path: 'data/cards.ndjson', schema: columns, badLines: 'dead-letter' },
    },
    { id: 'time', type: 'watermark', label: 'Event time', config: { time: { column: 'tx_time', delay: '5 s' } } },
    { id: 'large', type: 'filter', label: 'Large amounts', config: { condition: "amount > 100 AND country <> 'DE'" } },
    { id: 'hide', type: 'mask', label: 'Hide e-mail', config: { masks: [{ column: 'email', method: 'hash' }] } },
    {
      id: 'velocity',
      type: 'window-aggregate',
      label: 'Velocity per card',
      config: {
        window: 'sliding',
        size: '10 min',
        slide: '1 min',
        keys: ['card_id'],
        aggregates: [
          { name: 'tx_count', expression: 'COUNT(*)' },
          { name: 'total', expression: 'SUM(amount)' },
        ],
        lateRows: 'late-output',
      },
    },
    { id: 'activity', type: 'file-sink', label: 'Card activity', config: { path: 'out/activity' } },
    { id: 'late', type: 'file-sink', label: 'Late rows', config: { path: 'out/late' } },
    { id: 'all', type: 'file-sink', label: 'All rows', config: { path: 'out/all' } },
    { id: 'bad', type: 'print-sink', label: 'Bad lines', config: {} },
    { id: 'open', type: 'filter', config: { condition: '' } },
  ],
  edges: [
    edge('e1', 'source', 'out', 'time'),
    edge('e2', 'time', 'out', 'large'),
    edge('e3', 'large', 'out', 'velocity'),
    edge('e4', 'velocity', 'out', 'activity'),
    edge('e5', 'velocity', 'late', 'late'),
    edge('e6', 'large', 'out', 'hide'),
    edge('e7', 'hide', 'out', 'all'),
    edge('e8', 'source', 'bad', 'bad'),
  ],
  drawing: {
    positions: {
      source: { x: 0, y: 130 },
      large: { x: 297, y: 182 },
      hide: { x: 594, y: 0 },
      velocity: { x: 594, y: 182 },
      all: { x: 891, y: 0 },
      activity: { x: 891, y: 126 },
      late: { x: 891, y: 252 },
      bad: { x: 297, y: 315 },
      open: { x: 594, y: 315 },
    },
    stacks: [['source', 'time']],
  },
};
