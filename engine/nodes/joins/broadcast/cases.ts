/** Cases of the broadcast node. What a row meets at once depends on how the inputs take turns; the cases wait for the rules, or have none. */
import { defineCases } from '../../../spec/node-cases.ts';

const readings = { sensor: 'STRING', road: 'STRING', speed: 'INT' };
const limits = { road: 'STRING', limit_id: 'INT', slow_below: 'INT' };
const byRoad = { leftKeys: ['road'], rightKeys: ['road'], ruleKeys: ['limit_id'], meet: 'after-rules' };

const rows = {
  columns: readings,
  rows: [
    ['a', 'A7', 55],
    ['b', 'A7', 90],
    ['c', 'A3', 70],
    ['d', 'B5', 40],
    ['e', null, 10],
    ['f', 'A3', null],
  ],
};
const rules = {
  columns: limits,
  rows: [
    ['A7', 1, 60],
    ['A3', 2, 80],
    [null, 3, 99],
  ],
};
const manyRules = {
  columns: limits,
  rows: [
    ['A7', 1, 60],
    ['A7', 2, 100],
    ['A3', 3, 80],
    ['A3', 4, null],
  ],
};

export const cases = defineCases({
  rows: [
    {
      name: 'each reading with the limit of its road',
      shows: ['ordinary', 'nulls'],
      config: { ...byRoad, columns: ['slow_below'] },
      inputs: { in: rows, rules },
      outputs: {
        out: [
          ['a', 'A7', 55, 60],
          ['b', 'A7', 90, 60],
          ['c', 'A3', 70, 80],
          ['f', 'A3', null, 80],
        ],
      },
    },
    {
      name: 'a condition over both; rows without a rule are kept',
      shows: ['ordinary', 'nulls'],
      config: { ...byRoad, condition: 'speed < slow_below', columns: ['slow_below'], unmatched: 'keep' },
      inputs: { in: rows, rules },
      outputs: {
        out: [
          ['a', 'A7', 55, 60],
          ['b', 'A7', 90, null],
          ['c', 'A3', 70, 80],
          ['d', 'B5', 40, null],
          ['e', null, 10, null],
          ['f', 'A3', null, null],
        ],
      },
    },
    {
      name: 'every rule that fits gives a row; a name that both have gets right_',
      shows: ['ordinary', 'nulls'],
      config: { ...byRoad, condition: 'speed < slow_below', columns: ['road', 'limit_id'] },
      inputs: { in: rows, rules: manyRules },
      outputs: {
        out: [
          ['a', 'A7', 55, 'A7', 1],
          ['a', 'A7', 55, 'A7', 2],
          ['b', 'A7', 90, 'A7', 2],
          ['c', 'A3', 70, 'A3', 3],
        ],
      },
    },
    {
      name: 'without equal columns all rules are tried',
      shows: ['ordinary', 'nulls'],
      config: { ruleKeys: ['limit_id'], meet: 'after-rules', condition: 'speed < slow_below', columns: ['limit_id'] },
      inputs: { in: { ...rows, rows: rows.rows.slice(0, 3) }, rules: manyRules },
      outputs: {
        out: [
          ['a', 'A7', 55, 1],
          ['a', 'A7', 55, 2],
          ['a', 'A7', 55, 3],
          ['b', 'A7', 90, 2],
          ['c', 'A3', 70, 2],
          ['c', 'A3', 70, 3],
        ],
      },
    },
    {
      name: 'a rule replaces the one with its key, or takes it away',
      shows: ['ordinary', 'out-of-order'],
      config: { ...byRoad, columns: ['slow_below'], unmatched: 'keep', removeWhen: 'slow_below IS NULL' },
      inputs: {
        in: { ...rows, rows: rows.rows.slice(0, 4) },
        rules: {
          columns: limits,
          rows: [
            ['A7', 1, 60],
            ['A3', 2, 80],
            ['A3', 9, null],
            ['A7', 1, 50],
            ['A3', 2, null],
            ['B5', 3, 30],
            ['B5', 4, 70],
            ['A7', 4, 20],
          ],
        },
      },
      outputs: {
        out: [
          ['a', 'A7', 55, 20],
          ['a', 'A7', 55, 50],
          ['b', 'A7', 90, 20],
          ['b', 'A7', 90, 50],
          ['c', 'A3', 70, null],
          ['d', 'B5', 40, 30],
        ],
      },
    },
    {
      name: 'no rules: at once every row is kept with NULLs',
      shows: ['empty', 'nulls'],
      config: { ...byRoad, meet: 'at-once', columns: ['slow_below'], unmatched: 'keep' },
      inputs: { in: { ...rows, rows: rows.rows.slice(0, 2) }, rules: { ...rules, rows: [] } },
      outputs: {
        out: [
          ['a', 'A7', 55, null],
          ['b', 'A7', 90, null],
        ],
      },
      varies: {
        batches: 'made rules and rows take turns by their batches',
        parallelism: 'made rules and rows take turns in every subtask',
        restore: 'made rules and rows take turns anew behind a checkpoint',
        splits: 'made rules and rows take turns by their splits',
      },
    },
    {
      name: 'no rows',
      shows: ['empty'],
      config: byRoad,
      inputs: { in: { ...rows, rows: [] }, rules },
      outputs: { out: [] },
    },
  ],
  varies: { order: 'of rules with one key the last to come holds' },
  invalid: [
    {
      name: 'a text against a number, one key against two',
      config: { ...byRoad, rightKeys: ['limit_id', 'road'] },
      inputs: { in: rows, rules },
      problems: [
        ['MR2271', 'rightKeys'],
        ['MR2272', 'rightKeys[0]'],
      ],
    },
    {
      name: 'rules by a column that cannot be compared, which cannot be kept either',
      config: { ...byRoad, ruleKeys: ['tags'] },
      inputs: { in: rows, rules: { columns: { ...limits, tags: 'ARRAY<STRING>' }, rows: [] } },
      problems: [
        ['MR2273', ''],
        ['MR2212', 'ruleKeys[0]'],
      ],
    },
  ],
});
