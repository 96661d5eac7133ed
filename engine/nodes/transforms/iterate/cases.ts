/** Cases of the iterate node. */
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { id: 'INT', n: 'BIGINT', steps: 'INT' };
/** Halve what is even, else three times and one, until 1. */
const collatz = {
  assignments: [
    { name: 'n', expression: 'CASE WHEN MOD(n, 2) = 0 THEN n / 2 ELSE 3 * n + 1 END' },
    { name: 'steps', expression: 'steps + 1' },
  ],
  until: 'n = 1',
};

export const cases = defineCases({
  rows: [
    {
      name: 'steps until a number is 1',
      shows: ['ordinary', 'nulls'],
      config: collatz,
      inputs: {
        in: {
          columns,
          rows: [
            [1, 6, 0],
            [2, 27, 0],
            [3, 2, 0],
            [4, 7, null],
          ],
        },
      },
      outputs: {
        out: [
          [1, 1, 8],
          [2, 53, 100],
          [3, 1, 1],
          [4, 1, null],
        ],
      },
    },
    {
      name: 'each round leaves, numbered; what is not done in time leaves by its own port',
      shows: ['ordinary', 'nulls'],
      config: { ...collatz, rounds: 3, emit: 'each', round: 'round', unfinished: 'port' },
      inputs: {
        in: {
          columns,
          rows: [
            [1, 8, 0],
            [2, 3, 0],
            [3, null, 0],
            [4, 2, 0],
          ],
        },
      },
      outputs: {
        out: [
          [1, 4, 1, 1],
          [1, 2, 2, 2],
          [1, 1, 3, 3],
          [2, 10, 1, 1],
          [2, 5, 2, 2],
          [3, null, 1, 1],
          [3, null, 2, 2],
          [4, 1, 1, 1],
        ],
        unfinished: [
          [2, 16, 3, 3],
          [3, null, 3, 3],
        ],
      },
    },
    {
      name: 'all columns of a round are computed of the row before it; texts may grow',
      shows: ['ordinary', 'nulls'],
      config: {
        assignments: [
          { name: 'a', expression: 'b' },
          { name: 'b', expression: "a || '·' || b" },
        ],
        until: 'CHAR_LENGTH(b) > 5',
        rounds: 10,
      },
      inputs: {
        in: {
          columns: { a: 'STRING', b: 'STRING' },
          rows: [
            ['x', 'y'],
            ['long enough', 'already'],
            [null, 'y'],
          ],
        },
      },
      outputs: {
        out: [
          ['y·x·y', 'x·y·y·x·y'],
          ['already', 'long enough·already'],
          [null, null],
        ],
      },
    },
    {
      name: 'the square root by Newton, with the event time of its row',
      shows: ['ordinary', 'nulls', 'out-of-order'],
      config: {
        assignments: [{ name: 'root', expression: '(root + area / root) / 2' }],
        until: 'ABS(root * root - area) < 0.000001',
        round: 'rounds',
      },
      inputs: {
        in: {
          columns: { at: 'TIMESTAMP(3)', area: 'DOUBLE', root: 'DOUBLE' },
          watermark: { column: 'at', delay: '5 s' },
          rows: [
            ['2026-01-01 00:00:03.000', 16, 16],
            ['2026-01-01 00:00:01.000', 4, 2],
            ['2026-01-01 00:00:02.000', null, 1],
          ],
        },
      },
      outputs: {
        out: [
          ['2026-01-01 00:00:03', 16, 4.000000000000051, 6],
          ['2026-01-01 00:00:01', 4, 2, 1],
          ['2026-01-01 00:00:02', null, null, 100],
        ],
      },
    },
    { name: 'nothing in, nothing out', shows: ['empty'], config: collatz, inputs: { in: { columns, rows: [] } }, outputs: { out: [] } },
  ],
  invalid: [
    {
      name: 'a column that is not there, a text for a number, a round that is a column',
      config: {
        assignments: [
          { name: 'm', expression: 'n' },
          { name: 'n', expression: "'one'" },
        ],
        until: 'n = 1',
        round: 'id',
      },
      inputs: { in: { columns, rows: [] } },
      problems: [
        ['MR2244', 'assignments[0].name'],
        ['MR2247', 'assignments[1].expression'],
        ['MR2248', 'round'],
      ],
    },
    {
      name: 'a list, the event time',
      config: {
        assignments: [
          { name: 'list', expression: 'list' },
          { name: 'at', expression: 'at' },
        ],
        until: 'TRUE',
      },
      inputs: { in: { columns: { at: 'TIMESTAMP(3)', list: 'ARRAY<INT>' }, watermark: { column: 'at', delay: '1 s' }, rows: [] } },
      problems: [
        ['MR2245', 'assignments[0].name'],
        ['MR2246', 'assignments[1].name'],
      ],
    },
    {
      name: 'too many rounds',
      config: { ...collatz, rounds: 20_000 },
      inputs: { in: { columns, rows: [] } },
      problems: [['MR2106', 'rounds']],
    },
  ],
});
