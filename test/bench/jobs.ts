/** The two file-to-file jobs of the speed table, as pipeline documents and as Flink SQL over the same file. */

/** A job that reads `input` (NDJSON bids) and writes into the folder `output`. */
export interface BenchJob {
  readonly name: string;
  readonly title: string;
  document(input: string, output: string): object;
  /** The INSERT for Flink; the source table `bids` and the sink's WITH clause are given by the caller. */
  readonly flinkSink: string;
  readonly flinkInsert: string;
}

const BID_ROW =
  'ROW<`auction` BIGINT, `bidder` BIGINT, `price` BIGINT, `channel` STRING, `url` STRING, `dateTime` TIMESTAMP(3), `extra` STRING>';

const source = (input: string) => ({
  id: 'bids',
  type: 'file-source',
  config: {
    path: input,
    format: 'ndjson',
    timestampFormat: 'iso-8601',
    schema: [
      { name: 'event_type', type: 'INT' },
      { name: 'bid', type: BID_ROW },
    ],
  },
});

const sink = (output: string) => ({
  id: 'out',
  type: 'file-sink',
  config: { path: output, format: 'ndjson', timestampFormat: 'iso-8601' },
});

const chain = (name: string, nodes: readonly { readonly id: string }[]) => ({
  format: 'millrace-pipeline',
  version: 1,
  id: `bench-${name}`,
  name,
  job: { checkpointInterval: '1 s' },
  nodes,
  edges: nodes.slice(1).map((node, index) => ({
    id: `e${index + 1}`,
    from: { node: nodes[index].id, port: 'out' },
    to: { node: node.id, port: 'in' },
  })),
  drawing: { positions: {} },
});

export const filterJob: BenchJob = {
  name: 'filter',
  title: 'filter + project + write',
  document: (input, output) =>
    chain('filter', [
      source(input),
      { id: 'only', type: 'filter', config: { condition: "bid.price > 5000 AND bid.channel = 'Google'" } } as { id: string },
      {
        id: 'columns',
        type: 'select',
        config: {
          keep: 'listed',
          columns: ['auction', 'bidder', 'price', 'dateTime'].map((column) => ({ name: column, expression: `bid.\`${column}\`` })),
        },
      } as { id: string },
      sink(output),
    ]),
  flinkSink: 'auction BIGINT, bidder BIGINT, price BIGINT, `dateTime` TIMESTAMP(3)',
  flinkInsert: "SELECT bid.auction, bid.bidder, bid.price, bid.`dateTime` FROM bids WHERE bid.price > 5000 AND bid.channel = 'Google'",
};

export const windowJob: BenchJob = {
  name: 'window',
  title: '10 s tumbling COUNT + SUM by auction',
  document: (input, output) =>
    chain('window', [
      source(input),
      {
        id: 'columns',
        type: 'select',
        config: {
          keep: 'listed',
          columns: ['auction', 'price', 'dateTime'].map((column) => ({ name: column, expression: `bid.\`${column}\`` })),
        },
      } as { id: string },
      { id: 'time', type: 'watermark', config: { time: { column: 'dateTime', delay: '4 s' } } } as { id: string },
      {
        id: 'window',
        type: 'window-aggregate',
        config: {
          window: 'tumbling',
          size: '10 s',
          keys: ['auction'],
          aggregates: [
            { name: 'bids', expression: 'COUNT(*)' },
            { name: 'total', expression: 'SUM(price)' },
          ],
        },
      } as { id: string },
      sink(output),
    ]),
  flinkSink: 'auction BIGINT, window_start TIMESTAMP(3), window_end TIMESTAMP(3), bids BIGINT, total BIGINT',
  flinkInsert:
    "SELECT auction, window_start, window_end, COUNT(*), SUM(price) FROM TABLE(TUMBLE(TABLE timed, DESCRIPTOR(t), INTERVAL '10' SECOND)) GROUP BY auction, window_start, window_end",
};

/** The filter job with a preview in place of the file: its first rows show when a run has come to life. */
export const previewJob = {
  document: (input: string, output: string) => {
    const document = filterJob.document(input, output) as { readonly nodes: readonly { readonly id: string }[] };
    return {
      ...document,
      nodes: document.nodes.map((node) => (node.id === 'out' ? { id: 'out', type: 'preview-sink', config: {} } : node)),
    };
  },
};

/** Flink's declarations over one NDJSON file of bids; `columns` is the sink's column list. */
export function flinkScript(job: BenchJob, input: string, output: string): string {
  return `CREATE TABLE bids (
  event_type INT,
  bid ${BID_ROW},
  auction AS bid.auction, price AS bid.price, t AS bid.\`dateTime\`,
  WATERMARK FOR t AS t - INTERVAL '4' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${input}', 'format' = 'json', 'json.timestamp-format.standard' = 'ISO-8601');
CREATE VIEW timed AS SELECT auction, price, t FROM bids;
CREATE TABLE sink (${job.flinkSink}) WITH ('connector' = 'filesystem', 'path' = '${output}', 'format' = 'json', 'json.timestamp-format.standard' = 'ISO-8601');
INSERT INTO sink ${job.flinkInsert};
`;
}
