/** Cases of the pattern node. Times are minutes and seconds of one hour. */
import type { JsonObject } from '../../../base/json.ts';
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { card: 'STRING', amount: 'INT', ts: 'TIMESTAMP(3)' };
const watermark = { column: 'ts', delay: '0 s' };
const at = (time: string): string => `2026-01-01 00:${time}`;
const none = { in: { columns, watermark, rows: [] } };
const measures = [
  { name: 'tests', expression: 'COUNT(small.ts)' },
  { name: 'amount', expression: 'large.amount' },
  { name: 'at', expression: 'large.ts' },
];
const fraud: JsonObject = {
  keys: ['card'],
  steps: [
    { name: 'small', condition: 'amount < 5', times: 'one-or-more', greedy: true, between: 'strict' },
    { name: 'large', follows: 'next', condition: 'amount > 100' },
  ],
  within: '1 min',
  measures,
};
const pairs = (follows: string): JsonObject => ({
  keys: ['card'],
  steps: [
    { name: 'a', condition: 'amount = 1' },
    { name: 'b', follows, condition: 'amount = 2' },
  ],
  afterMatch: 'no-skip',
  measures: [{ name: 'gap', expression: 'TIMESTAMPDIFF(SECOND, a.ts, b.ts)' }],
});
const rising: JsonObject = {
  steps: [
    { name: 'start' },
    {
      name: 'up',
      follows: 'next',
      condition: 'LAST(up.amount, 1) IS NULL AND amount > start.amount OR amount > LAST(up.amount, 1)',
      times: 'at-least',
      from: 2,
      greedy: true,
      between: 'strict',
    },
    { name: 'down', follows: 'next', condition: 'amount < LAST(up.amount)' },
  ],
};
/** Orders of one or more parts, each part with or without packing: (part (pack seal)?){2} send. */
const parts: JsonObject = {
  keys: ['card'],
  steps: [
    { name: 'part', condition: 'amount = 1' },
    { name: 'pack', follows: 'next', condition: 'amount = 2' },
    { name: 'seal', follows: 'next', condition: 'amount = 3' },
    { name: 'send', follows: 'next', condition: 'amount = 4' },
  ],
  groups: [
    { first: 'part', last: 'seal', times: 'exactly', from: 2, between: 'strict' },
    { first: 'pack', last: 'seal', times: 'optional' },
  ],
  measures: [
    { name: 'parts', expression: 'COUNT(part.ts)' },
    { name: 'packed', expression: 'COUNT(seal.ts)' },
    { name: 'began', expression: 'FIRST(part.ts)' },
  ],
};
const rounds: JsonObject = {
  keys: ['card'],
  steps: [
    { name: 'ask', condition: 'amount = 1' },
    { name: 'answer', follows: 'followed-by', condition: 'amount = 2' },
    { name: 'done', follows: 'followed-by', condition: 'amount = 3' },
  ],
  groups: [{ first: 'ask', last: 'answer' }],
  measures: [{ name: 'rounds', expression: 'COUNT(answer.ts)' }],
};

export const cases = defineCases({
  rows: [
    {
      name: 'small amounts, then a large one, per card',
      shows: ['ordinary', 'nulls'],
      config: fraud,
      inputs: {
        in: {
          columns,
          watermark,
          rows: [
            ['x', 1, at('00:01')],
            ['y', 2, at('00:02')],
            ['x', 2, at('00:03')],
            [null, 1, at('00:04')],
            ['x', 500, at('00:05')],
            ['y', null, at('00:06')],
            [null, 101, at('00:07')],
            ['y', 300, at('00:08')],
            ['x', 1, at('01:00')],
            ['x', 900, at('02:00')],
          ],
        },
      },
      outputs: {
        out: [
          ['x', 2, 500, at('00:05')],
          [null, 1, 101, at('00:07')],
        ],
      },
    },
    {
      name: 'followed by: rows that do not fit may lie between',
      shows: ['ordinary', 'out-of-order'],
      config: pairs('followed-by'),
      inputs: {
        in: {
          columns,
          watermark: { column: 'ts', delay: '10 s' },
          rows: [
            ['x', 2, at('00:04')],
            ['x', 1, at('00:01')],
            ['x', 9, at('00:02')],
            ['x', 2, at('00:07')],
          ],
        },
      },
      outputs: { out: [['x', 3]] },
    },
    {
      name: 'followed by any: every later row that fits is a match',
      shows: ['ordinary'],
      config: pairs('followed-by-any'),
      inputs: {
        in: {
          columns,
          watermark,
          rows: [
            ['x', 1, at('00:01')],
            ['x', 9, at('00:02')],
            ['x', 2, at('00:04')],
            ['x', 2, at('00:07')],
          ],
        },
      },
      outputs: {
        out: [
          ['x', 3],
          ['x', 6],
        ],
      },
    },
    {
      name: 'a rising run of at least two, compared with the rows before',
      shows: ['ordinary'],
      config: {
        ...rising,
        measures: [
          { name: 'lowest', expression: 'MIN(start.amount)' },
          { name: 'highest', expression: 'LAST(up.amount)' },
          { name: 'second', expression: 'FIRST(up.amount)' },
          { name: 'steps', expression: 'COUNT(up.amount)' },
          { name: 'total', expression: 'SUM(up.amount) + start.amount' },
          { name: 'mean', expression: 'AVG(up.amount)' },
          { name: 'fell_to', expression: 'amount' },
        ],
      },
      inputs: {
        in: {
          columns,
          watermark,
          rows: [
            ['x', 5, at('00:01')],
            ['x', 7, at('00:02')],
            ['x', 9, at('00:03')],
            ['x', 12, at('00:04')],
            ['x', 3, at('00:05')],
            ['x', 4, at('00:06')],
            ['x', 2, at('00:07')],
          ],
        },
      },
      outputs: { out: [[5, 12, 7, 3, 33, 9, 3]] },
    },
    {
      name: 'not followed by: nothing comes in the time allowed; the others run out of time',
      shows: ['ordinary'],
      config: {
        keys: ['card'],
        steps: [
          { name: 'ordered', condition: 'amount = 1' },
          { name: 'packed', follows: 'followed-by', condition: 'amount = 2' },
          { name: 'paid', follows: 'not-followed-by', condition: 'amount = 3' },
        ],
        within: '10 s',
        measures: [
          { name: 'since', expression: 'ordered.ts' },
          { name: 'packed_at', expression: 'packed.ts' },
        ],
        matchTime: true,
        timeouts: 'timeout-output',
      },
      inputs: {
        in: {
          columns,
          watermark,
          rows: [
            ['x', 1, at('00:01')],
            ['y', 1, at('00:02')],
            ['z', 1, at('00:03')],
            ['x', 2, at('00:04')],
            ['y', 2, at('00:05')],
            ['y', 3, at('00:06')],
            ['x', 3, at('00:20')],
          ],
        },
      },
      outputs: {
        out: [['x', at('00:01'), at('00:04'), at('00:20')]],
        timeout: [['z', at('00:03'), null, at('00:13')]],
      },
      parallel: false,
    },
    {
      name: 'late rows leave by the late output',
      shows: ['late'],
      config: { ...pairs('next'), lateRows: 'late-output' },
      inputs: {
        in: {
          columns,
          watermark,
          rows: [
            ['x', 1, at('00:05')],
            ['x', 9, at('00:04')],
            ['x', 2, at('00:06')],
          ],
        },
      },
      outputs: { out: [['x', 1]], late: [['x', 9, at('00:04')]] },
      parallel: false,
    },
    {
      name: 'skip to the last row of a step',
      shows: ['ordinary'],
      config: { ...fraud, afterMatch: 'to-last', afterStep: 'small' },
      inputs: {
        in: {
          columns,
          watermark,
          rows: [
            ['x', 1, at('00:01')],
            ['x', 2, at('00:02')],
            ['x', 500, at('00:03')],
          ],
        },
      },
      outputs: {
        out: [
          ['x', 2, 500, at('00:03')],
          ['x', 1, 500, at('00:03')],
        ],
      },
    },
    {
      name: 'skip to a step that is not the first of the match',
      shows: ['ordinary'],
      config: {
        ...rising,
        afterMatch: 'to-last',
        afterStep: 'down',
        keys: ['card'],
        measures: [{ name: 'low', expression: 'down.amount' }],
      },
      inputs: {
        in: {
          columns,
          watermark,
          rows: [
            ['x', 1, at('00:01')],
            ['x', 2, at('00:02')],
            ['x', 3, at('00:03')],
            ['x', 1, at('00:04')],
            ['x', 5, at('00:05')],
            ['x', 6, at('00:06')],
            ['x', 4, at('00:07')],
          ],
        },
      },
      outputs: {
        out: [
          ['x', 1],
          ['x', 4],
        ],
      },
    },
    {
      name: 'a group of steps comes twice, a smaller one in it or not',
      shows: ['ordinary'],
      config: parts,
      inputs: {
        in: {
          columns,
          watermark,
          rows: [
            ['x', 1, at('00:01')],
            ['x', 2, at('00:02')],
            ['x', 3, at('00:03')],
            ['y', 1, at('00:04')],
            ['x', 1, at('00:05')],
            ['y', 1, at('00:06')],
            ['x', 4, at('00:07')],
            ['y', 4, at('00:08')],
            ['y', 1, at('00:09')],
            ['y', 4, at('00:10')],
            ['x', 1, at('00:11')],
            ['x', 1, at('00:12')],
            ['x', 2, at('00:13')],
            ['x', 4, at('00:14')],
          ],
        },
      },
      outputs: {
        out: [
          ['x', 2, 1, at('00:01')],
          ['y', 2, 0, at('00:04')],
        ],
      },
    },
    {
      name: 'rounds of two steps, with other rows between, until the end is said',
      shows: ['ordinary'],
      config: rounds,
      inputs: {
        in: {
          columns,
          watermark,
          rows: [
            ['x', 1, at('00:01')],
            ['x', 9, at('00:02')],
            ['x', 2, at('00:03')],
            ['x', 9, at('00:04')],
            ['x', 1, at('00:05')],
            ['x', 2, at('00:06')],
            ['x', 3, at('00:07')],
          ],
        },
      },
      outputs: { out: [['x', 2]] },
    },
    { name: 'nothing in, nothing out', shows: ['empty'], config: fraud, inputs: none, outputs: { out: [] } },
  ],
  invalid: [
    {
      name: 'a step named like a column, and two of one name',
      config: { ...fraud, measures: [{ name: 'n', expression: 'COUNT(amount)' }], steps: [{ name: 'card' }, { name: 'b' }, { name: 'b' }] },
      inputs: none,
      problems: [
        ['MR2281', 'steps[0].name'],
        ['MR2281', 'steps[2].name'],
      ],
    },
    {
      name: 'begins with what must not come',
      config: { ...pairs('next'), steps: [{ name: 'a', follows: 'not-next' }, { name: 'b' }] },
      inputs: none,
      problems: [['MR2282', 'steps[0].follows']],
    },
    {
      name: 'ends with what must not come, without a time',
      config: pairs('not-followed-by'),
      inputs: none,
      problems: [['MR2283', 'within']],
    },
    {
      name: 'counts the wrong way round',
      config: { ...pairs('next'), steps: [{ name: 'a', times: 'between', from: 3, to: 2 }, { name: 'b' }] },
      inputs: none,
      problems: [['MR2284', 'steps[0].to']],
    },
    {
      name: 'greedy over any rows, greedy before an optional step',
      config: {
        ...pairs('next'),
        steps: [
          { name: 'a', times: 'one-or-more', greedy: true, between: 'any' },
          { name: 'b', times: 'one-or-more', greedy: true },
          { name: 'c', times: 'optional' },
        ],
      },
      inputs: none,
      problems: [
        ['MR2285', 'steps[0].greedy'],
        ['MR2285', 'steps[1].greedy'],
      ],
    },
    {
      name: 'optional before what must not come',
      config: { ...pairs('next'), steps: [{ name: 'a' }, { name: 'b', times: 'optional' }, { name: 'c', follows: 'not-next' }] },
      inputs: none,
      problems: [['MR2286', 'steps[1].times']],
    },
    {
      name: 'groups of steps that are not there, or the wrong way round',
      config: {
        ...parts,
        groups: [
          { first: 'parts', last: 'seal' },
          { first: 'seal', last: 'part' },
        ],
      },
      inputs: none,
      problems: [
        ['MR2279', 'groups[0].first'],
        ['MR2280', 'groups[1].last'],
      ],
    },
    {
      name: 'a group that ends with what must not come, and groups that cross',
      config: {
        ...parts,
        steps: [{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'd', follows: 'not-next' }, { name: 'e' }],
        groups: [
          { first: 'b', last: 'c' },
          { first: 'a', last: 'b' },
          { first: 'a', last: 'd' },
        ],
        measures: [{ name: 'n', expression: 'COUNT(a.ts)' }],
      },
      inputs: none,
      problems: [
        ['MR2270', 'groups[1].first'],
        ['MR2269', 'groups[2].last'],
      ],
    },
    {
      name: 'an optional group before what must not come, and a count of groups the wrong way round',
      config: {
        ...parts,
        steps: [{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'd', follows: 'not-next' }, { name: 'e' }],
        groups: [
          { first: 'b', last: 'c', times: 'any' },
          { first: 'a', last: 'a', times: 'between', from: 3, to: 2 },
        ],
        measures: [{ name: 'n', expression: 'COUNT(a.ts)' }],
      },
      inputs: none,
      problems: [
        ['MR2286', 'groups[0].times'],
        ['MR2284', 'groups[1].to'],
      ],
    },
    {
      name: 'goes on at a step that is not there',
      config: { ...pairs('next'), afterMatch: 'to-first', afterStep: 'c' },
      inputs: none,
      problems: [['MR2287', 'afterStep']],
    },
    {
      name: 'a gap longer than the whole',
      config: { ...pairs('next'), steps: [{ name: 'a' }, { name: 'b', gap: '2 min' }], within: '1 min' },
      inputs: none,
      problems: [['MR2288', 'steps[1].gap']],
    },
    {
      name: 'two columns of one name',
      config: { ...pairs('next'), measures: [{ name: 'card', expression: 'a.amount' }] },
      inputs: none,
      problems: [['MR2289', 'measures']],
    },
    {
      name: 'a key that has no order of its own',
      config: { ...pairs('next'), keys: ['tags'] },
      inputs: { in: { columns: { ...columns, tags: 'ARRAY<STRING>' }, watermark, rows: [] } },
      problems: [['MR2290', 'keys[0]']],
    },
    { name: 'no column at all', config: { steps: [{ name: 'a' }] }, inputs: none, problems: [['MR2291', 'measures']] },
    {
      name: 'an unknown column, a step that is not there, two steps in one aggregate',
      config: {
        ...pairs('next'),
        steps: [
          { name: 'a', condition: 'price = 1' },
          { name: 'b', condition: 'amount > c.amount' },
        ],
        measures: [{ name: 'n', expression: 'SUM(a.amount + b.amount)' }],
      },
      inputs: none,
      problems: [
        ['MR3012', 'steps[0].condition'],
        ['MR3012', 'steps[1].condition'],
        ['MR3014', 'measures[0].expression'],
      ],
    },
    {
      name: 'a condition that is no condition',
      config: { ...pairs('next'), steps: [{ name: 'a', condition: 'amount' }, { name: 'b' }] },
      inputs: none,
      problems: [['MR3017', 'steps[0].condition']],
    },
  ],
});
