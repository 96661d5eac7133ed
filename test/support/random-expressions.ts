/** Random expressions and rows over one schema of all common types, for property tests. */
import type { Random } from '../../engine/base/random.ts';
import type { Value } from '../../engine/expressions/value.ts';
import type { LogicalType } from '../../engine/types/logical-type.ts';
import { parseType } from '../../engine/types/parse-type.ts';
import type { Schema } from '../../engine/types/schema.ts';

const COLUMNS: readonly (readonly [string, string])[] = [
  ['b', 'BOOLEAN'],
  ['ti', 'TINYINT'],
  ['i', 'INT'],
  ['j', 'INT NOT NULL'],
  ['l', 'BIGINT'],
  ['m', 'BIGINT NOT NULL'],
  ['f', 'FLOAT'],
  ['d', 'DOUBLE'],
  ['p', 'DECIMAL(10, 2)'],
  ['q', 'DECIMAL(30, 6)'],
  ['s', 'STRING'],
  ['t', 'STRING NOT NULL'],
  ['c', 'CHAR(4)'],
  ['y', 'DATE'],
  ['z', 'TIMESTAMP(3)'],
  ['w', 'TIMESTAMP(9)'],
  ['u', 'TIMESTAMP_LTZ(3)'],
];

function typeOf(text: string): LogicalType {
  const parsed = parseType(text);
  if ('problem' in parsed) throw new Error(parsed.problem.text.en);
  return parsed.type;
}

export const RANDOM_SCHEMA: Schema = { fields: COLUMNS.map(([name, type]) => ({ name, type: typeOf(type) })) };

type Kind = 'BOOLEAN' | 'INT' | 'BIGINT' | 'DOUBLE' | 'DECIMAL' | 'TEXT' | 'DATE' | 'TIMESTAMP';
const KINDS: readonly Kind[] = ['BOOLEAN', 'INT', 'BIGINT', 'DOUBLE', 'DECIMAL', 'TEXT', 'DATE', 'TIMESTAMP'];

const LEAVES: Readonly<Record<Kind, readonly string[]>> = {
  BOOLEAN: ['b', 'TRUE', 'CAST(NULL AS BOOLEAN)'],
  INT: ['i', 'j', 'ti', '0', '-1', '7', '2147483647'],
  BIGINT: ['l', 'm', '5', '9223372036854775807', '4503599627370496'],
  DOUBLE: ['d', 'f', '0.5E0', '1E300'],
  DECIMAL: ['p', 'q', '0.908', '12.50'],
  TEXT: ['s', 't', 'c', "'abc'", "'é'", "''"],
  DATE: ['y', "DATE '2024-02-29'"],
  TIMESTAMP: ['z', 'w', 'u', "TIMESTAMP '1969-12-31 23:59:59.999'"],
};

/** `#K` stands for a random expression of kind K. */
const SHAPES: Readonly<Record<Kind, readonly string[]>> = {
  BOOLEAN: [
    '#BOOLEAN AND #BOOLEAN',
    '(#BOOLEAN OR #BOOLEAN)',
    'NOT #BOOLEAN',
    '(#BOOLEAN) IS NOT TRUE',
    '#INT < #BIGINT',
    '#BIGINT >= #BIGINT',
    '#DECIMAL = #DECIMAL',
    '#DOUBLE <> #DOUBLE',
    '#DECIMAL > #INT',
    '#TEXT = #TEXT',
    '#TEXT < #TEXT',
    "#TEXT LIKE 'a%'",
    "#TEXT LIKE '%b%'",
    "#TEXT LIKE '%a_c%'",
    "#TEXT LIKE '_bc'",
    '#DATE <= #DATE',
    '#TIMESTAMP > #TIMESTAMP',
    '#INT IN (1, 2, #INT)',
    '#BIGINT BETWEEN #INT AND #BIGINT',
    '#TEXT IS NULL',
    '#INT IS DISTINCT FROM #INT',
  ],
  INT: [
    '(#INT + #INT)',
    '(#INT * #INT)',
    '(#INT - #INT)',
    '(#INT / #INT)',
    '(#BIGINT % #INT)',
    '(- #INT)',
    'CHAR_LENGTH(#TEXT)',
    'CASE WHEN #BOOLEAN THEN #INT ELSE #INT END',
    'CAST(#BIGINT AS INT)',
    'TRY_CAST(#TEXT AS INT)',
  ],
  BIGINT: [
    '(#BIGINT + #INT)',
    '(#BIGINT * #BIGINT)',
    '(#BIGINT - #BIGINT)',
    '(#BIGINT / #BIGINT)',
    '(#INT % #BIGINT)',
    'CAST(#INT AS BIGINT)',
    '(- #BIGINT)',
    'CASE WHEN #BOOLEAN THEN #BIGINT END',
  ],
  DOUBLE: [
    '(#DOUBLE + #DOUBLE)',
    '(#DOUBLE * #INT)',
    '(#DOUBLE / #DOUBLE)',
    'CAST(#DECIMAL AS DOUBLE)',
    'CAST(#BIGINT AS DOUBLE)',
    'CAST(#INT AS FLOAT)',
  ],
  DECIMAL: [
    '(#DECIMAL + #DECIMAL)',
    '(#DECIMAL * #DECIMAL)',
    '(#DECIMAL - #INT)',
    '(#BIGINT * 0.908)',
    '(#DECIMAL / #DECIMAL)',
    'CAST(#INT AS DECIMAL(12, 3))',
    'CAST(#DECIMAL AS DECIMAL(6, 1))',
  ],
  TEXT: [
    '(#TEXT || #TEXT)',
    'UPPER(#TEXT)',
    'LOWER(#TEXT)',
    'SUBSTRING(#TEXT, 2)',
    'SUBSTRING(#TEXT FROM 1 FOR 2)',
    'CAST(#INT AS STRING)',
    'CAST(#DECIMAL AS STRING)',
    'CASE WHEN #BOOLEAN THEN #TEXT ELSE #TEXT END',
    'CAST(#TEXT AS VARCHAR(2))',
    'CAST(#TIMESTAMP AS STRING)',
  ],
  DATE: ["(#DATE + INTERVAL '1' DAY)", "(#DATE - INTERVAL '2' MONTH)", 'CAST(#TIMESTAMP AS DATE)'],
  TIMESTAMP: [
    "(#TIMESTAMP + INTERVAL '1.5' SECOND)",
    "(#TIMESTAMP - INTERVAL '1' YEAR)",
    'CAST(#DATE AS TIMESTAMP(3))',
    'CAST(u AS TIMESTAMP(3))',
    'CAST(z AS TIMESTAMP_LTZ(3))',
  ],
};

export class RandomExpressions {
  private readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  any(depth: number): string {
    return this.ofType(pick(this.random, KINDS), depth);
  }

  ofType(kind: Kind, depth: number): string {
    if (depth === 0 || this.random.nextInt(5) === 0) return pick(this.random, LEAVES[kind]);
    return pick(this.random, SHAPES[kind]).replace(/#([A-Z]+)/g, (_hole, inner: string) => this.ofType(inner as Kind, depth - 1));
  }
}

function pick<T>(random: Random, values: readonly T[]): T {
  return values[random.nextInt(values.length)];
}

const LONGS = [0n, 1n, -1n, 42n, 5000n, -123456789n, 4503599627370495n, 4503599627370497n, -(2n ** 63n), 2n ** 63n - 1n];
const INTS = [0, 1, -1, 2, 7, 100, -128, 2147483647, -2147483648];
const DOUBLES = [0, -0, 1.5, -2.5, 0.1, 1e300, Number.NaN, Infinity, -Infinity];
const TEXTS = [
  '',
  'a',
  'abc',
  'abcd',
  'bc',
  'xabcx',
  '12',
  ' 7 ',
  'Ärger',
  'aéc',
  '日本語',
  '😀b',
  'a\nc',
  'long text that does not fit the short path of the reader',
];

/** Values at the edges of their types, NULL now and then; one batch in two stays within ±2^31 and ASCII. */
export function randomRows(random: Random, count: number): Value[][] {
  const tame = random.nextInt(2) === 0;
  return Array.from({ length: count }, () =>
    RANDOM_SCHEMA.fields.map((field) => (field.type.nullable && random.nextInt(6) === 0 ? null : randomValue(random, field.type, tame))),
  );
}

function randomValue(random: Random, type: LogicalType, tame: boolean): Value {
  switch (type.kind) {
    case 'BOOLEAN':
      return random.nextInt(2) === 1;
    case 'TINYINT':
      return random.nextInt(256) - 128;
    case 'INTEGER':
      return pick(random, INTS);
    case 'BIGINT':
      return tame ? BigInt(random.nextInt(20_000) - 10_000) : pick(random, LONGS);
    case 'FLOAT':
      return Math.fround(pick(random, DOUBLES));
    case 'DOUBLE':
      return pick(random, DOUBLES);
    case 'DECIMAL':
      return BigInt(random.nextInt(2_000_000) - 1_000_000) * (type.precision > 18 && !tame ? 10n ** 20n + 1n : 1n);
    case 'DATE':
      return random.nextInt(40_000) - 10_000;
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return (
        (BigInt(random.nextInt(2_000_000)) * 1_000_003n - 500_000_000_000n) * 1_000_000n +
        BigInt(type.precision > 3 ? random.nextInt(1_000_000) : 0)
      );
    case 'CHAR':
      return pick(random, ['abcd', '1   ', '    ']);
    default: {
      const text = pick(random, TEXTS);
      return tame ? text.replace(/[^\0-\x7f]/g, 'x') : text;
    }
  }
}
