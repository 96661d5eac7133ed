/** Cases of the mask node. */
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { id: 'INT', card: 'STRING', mail: 'STRING' };
const none = { in: { columns, rows: [] } };

export const cases = defineCases({
  rows: [
    {
      name: 'hides a part; a value that would stay readable is hidden as a whole',
      shows: ['ordinary', 'nulls'],
      config: {
        masks: [
          { column: 'card', method: 'partial', keepLast: 4 },
          { column: 'mail', method: 'partial', keepFirst: 1, keepLast: 2 },
        ],
      },
      inputs: {
        in: {
          columns,
          rows: [
            [1, '4111111111111111', 'a@b.c'],
            [2, '4111', 'ab'],
            [3, null, null],
            [4, '', 'ü€𝄞xyz'],
          ],
        },
      },
      outputs: {
        out: [
          [1, '************1111', 'a**.c'],
          [2, '****', '**'],
          [3, null, null],
          [4, '', 'ü***yz'],
        ],
      },
    },
    {
      name: 'hashes, equal values stay equal; salt changes the hash',
      shows: ['ordinary', 'nulls'],
      config: {
        masks: [
          { column: 'card', method: 'hash' },
          { column: 'mail', method: 'hash', salt: 'x' },
        ],
      },
      inputs: {
        in: {
          columns,
          rows: [
            [1, 'a', 'a'],
            [2, null, null],
          ],
        },
      },
      outputs: {
        out: [
          [
            1,
            'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
            '8f26d6fe2a3dafd828081cc3ea3a5d610083c4563fb4f4fe51b2533b1ce44eb0',
          ],
          [2, null, null],
        ],
      },
    },
    {
      name: 'replaces values of any type by a text',
      shows: ['ordinary', 'nulls'],
      config: { masks: [{ column: 'id', method: 'redact', replacement: 'hidden' }] },
      inputs: {
        in: {
          columns,
          rows: [
            [1, 'a', 'b'],
            [null, 'a', 'b'],
          ],
        },
      },
      outputs: {
        out: [
          ['hidden', 'a', 'b'],
          [null, 'a', 'b'],
        ],
      },
    },
    {
      name: 'nothing in, nothing out',
      shows: ['empty'],
      config: { masks: [{ column: 'card', method: 'hash' }] },
      inputs: none,
      outputs: { out: [] },
    },
  ],
  invalid: [
    { name: 'nothing to mask', config: { masks: [] }, inputs: none, problems: [['MR2111', 'masks']] },
    {
      name: 'unknown column',
      config: { masks: [{ column: 'phone', method: 'hash' }] },
      inputs: none,
      problems: [['MR2119', 'masks[0].column']],
    },
    {
      name: 'a column twice',
      config: {
        masks: [
          { column: 'card', method: 'hash' },
          { column: 'card', method: 'redact' },
        ],
      },
      inputs: none,
      problems: [['MR2241', 'masks[1].column']],
    },
    {
      name: 'event time',
      config: { masks: [{ column: 'ts', method: 'redact' }] },
      inputs: { in: { columns: { ts: 'TIMESTAMP(3)' }, watermark: { column: 'ts', delay: '0 s' }, rows: [] } },
      problems: [['MR2242', 'masks[0].column']],
    },
    {
      name: 'bytes have no text',
      config: { masks: [{ column: 'raw', method: 'hash' }] },
      inputs: { in: { columns: { raw: 'BYTES' }, rows: [] } },
      problems: [['MR2243', 'masks[0].column']],
    },
    {
      name: 'more characters than a text has',
      config: { masks: [{ column: 'card', method: 'partial', keepLast: -1 }] },
      inputs: none,
      problems: [['MR2106', 'masks[0].keepLast']],
    },
  ],
});
