/** Rows of the table: patterns, within 10 s, skip past last. 3 % of the rows are small, 5 % large. */
import type { JsonObject } from '../../../engine/base/json.ts';
import { type OperatorRow, timed } from './operator-row.ts';

const PATTERNS: { readonly [name: string]: readonly JsonObject[] } = {
  'two steps, followed by': [
    { name: 'small', condition: 'number < 300' },
    { name: 'large', condition: 'number > 9500', follows: 'followed-by' },
  ],
  'greedy loop, then next': [
    { name: 'small', condition: 'number < 3000', times: 'one-or-more', greedy: true, between: 'strict' },
    { name: 'large', condition: 'number > 9500', follows: 'next' },
  ],
  'compared with the row before': [
    { name: 'small', condition: 'number < 300' },
    { name: 'large', condition: 'number > small.number * 40', follows: 'followed-by' },
  ],
};

const BELOW: { readonly [name: string]: string } = {
  'greedy loop, then next': 'every row counts for what must come next: all wait in queues by time',
  'compared with the row before': 'no row can be left out before it waits: its condition looks at an earlier one',
};

export const PATTERN_ROWS: readonly OperatorRow[] = Object.entries(PATTERNS).map(([setting, steps]) => ({
  node: 'pattern',
  setting,
  config: {
    steps,
    keys: ['key'],
    within: '10 s',
    afterMatch: 'past-last',
    measures: [
      { name: 'tests', expression: 'COUNT(small.number)' },
      { name: 'amount', expression: 'large.number' },
    ],
  },
  inputs: { in: timed(1000) },
  ...(BELOW[setting] === undefined ? {} : { below: BELOW[setting] }),
}));
