/** Cases of the flatten node. */
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { id: 'INT', tags: 'STRING' };
const json = { id: 'INT', body: 'STRING' };
const halves = { shop: 'STRING', first: 'INT', second: 'BIGINT' };
const none = { in: { columns, rows: [] } };

export const cases = defineCases({
  rows: [
    {
      name: 'a row for every tag',
      shows: ['ordinary', 'nulls'],
      config: { column: 'tags', element: 'tag', keepSource: false },
      inputs: {
        in: {
          columns,
          rows: [
            [1, 'red,blue'],
            [2, 'green'],
            [3, null],
            [4, ''],
            [5, 'a,,b,'],
            [6, ', é😀 ,'],
          ],
        },
      },
      outputs: {
        out: [
          [1, 'red'],
          [1, 'blue'],
          [2, 'green'],
          [5, 'a'],
          [5, ''],
          [5, 'b'],
          [5, ''],
          [6, ''],
          [6, ' é😀 '],
          [6, ''],
        ],
      },
    },
    {
      name: 'numbered, and rows without tags are kept',
      shows: ['ordinary', 'nulls'],
      config: { column: 'tags', separator: '--', element: 'tag', position: 'n', without: 'keep', type: 'BIGINT' },
      inputs: {
        in: {
          columns,
          rows: [
            [1, '7-- 8 --x'],
            [2, null],
            [3, ''],
            [4, '---9'],
          ],
        },
      },
      outputs: {
        out: [
          [1, '7-- 8 --x', 7, 1],
          [1, '7-- 8 --x', 8, 2],
          [1, '7-- 8 --x', null, 3],
          [2, null, null, null],
          [3, '', null, null],
          [4, '---9', null, 1],
          [4, '---9', -9, 2],
        ],
      },
    },
    {
      name: 'the elements of a JSON array, each as text',
      shows: ['ordinary', 'nulls'],
      config: { from: 'json', column: 'body', position: 'n', keepSource: false },
      inputs: {
        in: {
          columns: json,
          rows: [
            [1, '["a", "b\\n\\u00e9"]'],
            [2, '[]'],
            [3, null],
            [4, '[1, 2.50, true, null, {"k": [1, "ü"], "a": 1e3}, [3], "", -0, 1E-7]'],
            [5, 'nonsense'],
            [6, '{"x": [1]}'],
            [7, '"text"'],
            [8, ' [ 12 , -3 , "null" ] rest'],
            [9, '[1, 2'],
          ],
        },
      },
      outputs: {
        out: [
          [1, 'a', 1],
          [1, 'b\né', 2],
          [4, '1', 1],
          [4, '2.50', 2],
          [4, 'true', 3],
          [4, null, 4],
          [4, '{"a":1E+3,"k":[1,"ü"]}', 5],
          [4, '[3]', 6],
          [4, '', 7],
          [4, '0', 8],
          [4, '1E-7', 9],
          [8, '12', 1],
          [8, '-3', 2],
          [8, 'null', 3],
        ],
      },
    },
    {
      name: 'the array at a path, as numbers; orders without items are kept',
      shows: ['ordinary', 'nulls'],
      config: { from: 'json', column: 'body', path: '$.order.items', element: 'item', type: 'DOUBLE', without: 'keep', keepSource: false },
      inputs: {
        in: {
          columns: json,
          rows: [
            [1, '{"order": {"items": [1, 2.5, "4", "x", null]}}'],
            [2, '{"order": {"items": []}}'],
            [3, '{"order": {"items": null}}'],
            [4, '{"order": {"items": 7}}'],
            [5, '{}'],
            [6, null],
          ],
        },
      },
      outputs: {
        out: [
          [1, 1],
          [1, 2.5],
          [1, 4],
          [1, null],
          [1, null],
          [2, null],
          [3, null],
          [4, null],
          [5, null],
          [6, null],
        ],
      },
    },
    {
      name: 'columns become rows',
      shows: ['ordinary', 'nulls'],
      config: {
        from: 'columns',
        values: [
          { name: 'first half', expression: 'first' },
          { name: 'second half', expression: 'second' },
        ],
        name: 'half',
        element: 'revenue',
        keepSource: false,
      },
      inputs: {
        in: {
          columns: halves,
          rows: [
            ['A', 1, 2],
            ['B', null, 4],
          ],
        },
      },
      outputs: {
        out: [
          ['A', 'first half', 1],
          ['A', 'second half', 2],
          ['B', 'first half', null],
          ['B', 'second half', 4],
        ],
      },
    },
    {
      name: 'computed values without those that are NULL, numbered, not named',
      shows: ['ordinary', 'nulls'],
      config: {
        from: 'columns',
        values: [
          { name: 'a', expression: 'UPPER(shop)' },
          { name: 'b', expression: 'CAST(first AS STRING)' },
          { name: 'c', expression: 'CAST(second * 2 AS STRING)' },
        ],
        nulls: 'drop',
        name: null,
        element: 'word',
        position: 'n',
      },
      inputs: {
        in: {
          columns: halves,
          rows: [
            ['x', 1, 2],
            [null, null, null],
            ['y', null, 4],
          ],
        },
      },
      outputs: {
        out: [
          ['x', 1, 2, 'X', 1],
          ['x', 1, 2, '1', 2],
          ['x', 1, 2, '4', 3],
          ['y', null, 4, 'Y', 1],
          ['y', null, 4, '8', 3],
        ],
      },
    },
    {
      name: 'event time goes on with every element',
      shows: ['ordinary', 'nulls', 'out-of-order'],
      config: { column: 'words', separator: ' ', element: 'word', keepSource: false },
      inputs: {
        in: {
          columns: { at: 'TIMESTAMP(3)', words: 'STRING' },
          watermark: { column: 'at', delay: '5 s' },
          rows: [
            ['2026-01-01 00:00:03.000', 'to be'],
            ['2026-01-01 00:00:01.000', null],
            ['2026-01-01 00:00:02.000', 'or'],
          ],
        },
      },
      outputs: {
        out: [
          ['2026-01-01 00:00:03', 'to'],
          ['2026-01-01 00:00:03', 'be'],
          ['2026-01-01 00:00:02', 'or'],
        ],
      },
    },
    { name: 'nothing in, nothing out', shows: ['empty'], config: { column: 'tags' }, inputs: none, outputs: { out: [] } },
  ],
  invalid: [
    {
      name: 'a path to several values',
      config: { from: 'json', column: 'tags', path: '$[*].x' },
      inputs: none,
      problems: [['MR2224', 'path']],
    },
    {
      name: 'a text and a number, a list',
      config: {
        from: 'columns',
        values: [
          { name: 'a', expression: 'id' },
          { name: 'b', expression: 'flag' },
        ],
      },
      inputs: { in: { columns: { id: 'INT', flag: 'BOOLEAN' }, rows: [] } },
      problems: [['MR2225', 'values[1].expression']],
    },
    {
      name: 'a value that is a list',
      config: { from: 'columns', values: [{ name: 'a', expression: 'list' }] },
      inputs: { in: { columns: { list: 'ARRAY<INT>' }, rows: [] } },
      problems: [['MR2226', 'values[0].expression']],
    },
    {
      name: 'a name that a column has, twice',
      config: { column: 'tags', element: 'id', position: 'tags' },
      inputs: none,
      problems: [
        ['MR2227', 'element'],
        ['MR2227', 'position'],
      ],
    },
    { name: 'a number is no text', config: { column: 'id' }, inputs: none, problems: [['MR2120', 'column']] },
  ],
});
