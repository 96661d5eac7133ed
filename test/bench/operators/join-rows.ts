/** Rows of the table: nodes with two inputs. */
import { type OperatorRow, pairNumber, timed } from './operator-row.ts';

const keys = { leftKeys: ['key'], rightKeys: ['key'] };
const side = timed(500, pairNumber);
const inputs = { left: side, right: side };

export const JOIN_ROWS: readonly OperatorRow[] = [
  { node: 'interval-join', setting: 'inner, within 1 s', config: { ...keys, kind: 'inner', before: '0 s', after: '1 s' }, inputs },
  { node: 'interval-join', setting: 'full, within 100 ms', config: { ...keys, kind: 'full', before: '0 s', after: '100 ms' }, inputs },
  { node: 'window-join', setting: 'inner, tumbling 1 s', config: { ...keys, kind: 'inner', window: 'tumbling', size: '1 s' }, inputs },
  {
    node: 'co-group',
    setting: 'tumbling 1 s, count and sum',
    config: {
      ...keys,
      window: 'tumbling',
      size: '1 s',
      leftAggregates: [{ name: 'lefts', expression: 'COUNT(*)' }],
      rightAggregates: [{ name: 'total', expression: 'SUM(number)' }],
    },
    inputs,
  },
  {
    node: 'broadcast',
    setting: 'a rule per key',
    config: { ...keys, columns: ['number'], unmatched: 'drop', ruleKeys: ['key'], meet: 'at-once' },
    inputs: { in: side, rules: side },
    lastInputFirst: 2,
  },
];
