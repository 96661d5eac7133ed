/** A pipeline over card payments with its data, for the inspector: a source, event time, a condition, a window, a sink. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';

export const CARD_ROWS = 100;

const START_MS = Date.UTC(2026, 0, 1, 12);

/** Amounts 0 … 99 in cents of a euro each, so that shares are easy to tell. */
export function cardRows(): readonly { readonly card: string; readonly amount: number; readonly ts: string }[] {
  return Array.from({ length: CARD_ROWS }, (_row, index) => ({
    card: `card-${index % 4}`,
    amount: index,
    ts: new Date(START_MS + index * 1000).toISOString().slice(0, 23).replace('T', ' '),
  }));
}

function edge(id: string, from: string, to: string) {
  return { id, from: { node: from, port: 'out' }, to: { node: to, port: 'in' } };
}

export const cardPipeline = {
  format: 'millrace-pipeline',
  version: 1,
  id: 'pipeline-cards',
  name: 'cards',
  job: {},
  nodes: [
    {
      id: 'source',
      type: 'file-source',
      label: 'Payments',
      config: {
        path: 'cards.ndjson',
        schema: [
          { name: 'card', type: 'STRING' },
          { name: 'amount', type: 'BIGINT' },
          { name: 'ts', type: 'TIMESTAMP(3)' },
        ],
      },
    },
    { id: 'time', type: 'watermark', config: { time: { column: 'ts', delay: '5 s' } } },
    { id: 'large', type: 'filter', label: 'Large', config: { condition: 'amount >= 0' } },
    {
      id: 'window',
      type: 'window-aggregate',
      label: 'Per card',
      config: { window: 'tumbling', size: '10 min', keys: ['card'], aggregates: [{ name: 'total', expression: 'SUM(amount)' }] },
    },
    { id: 'print', type: 'print-sink', config: {} },
  ],
  edges: [edge('e1', 'source', 'time'), edge('e2', 'time', 'large'), edge('e3', 'large', 'window'), edge('e4', 'window', 'print')],
  drawing: {
    positions: {
      source: { x: 0, y: 0 },
      time: { x: 270, y: 0 },
      large: { x: 0, y: 130 },
      window: { x: 270, y: 130 },
      print: { x: 540, y: 130 },
    },
  },
};

/** Puts pipeline and data into a folder; answers the pipeline's path. */
export function writeCardPipeline(folder: string): string {
  const file = path.join(folder, 'cards.json');
  writeFileSync(file, JSON.stringify(cardPipeline, null, 2));
  writeFileSync(
    path.join(folder, 'cards.ndjson'),
    cardRows()
      .map((row) => `${JSON.stringify(row)}\n`)
      .join(''),
  );
  return file;
}
