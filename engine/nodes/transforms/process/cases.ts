/** Cases of the process node. */
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { id: 'BIGINT', name: 'STRING' };
const sensors = { sensor: 'STRING', ts: 'TIMESTAMP(3)', heat: 'INT' };
const every = {
  flag: 'BOOLEAN',
  small: 'SMALLINT',
  number: 'DOUBLE',
  price: 'DECIMAL(10, 2)',
  day: 'DATE',
  at: 'TIMESTAMP(3)',
  word: 'STRING',
};
const COUNT = `function processElement(row: Row, ctx: Context, out: Output) {
  const seen = (ctx.state.seen.get() ?? 0n) + 1n;
  ctx.state.seen.set(seen);
  out.emit({ name: row.name, seen });
}`;

export const cases = defineCases({
  rows: [
    {
      name: 'a map in one line',
      shows: ['ordinary', 'nulls'],
      config: {
        code: 'function processElement(row: Row, ctx: Context, out: Output) { out.emit({ ...row, name: row.name?.toUpperCase() ?? "none" }); }',
      },
      inputs: {
        in: {
          columns,
          rows: [
            [1, 'a'],
            [null, 'é'],
            [3, null],
          ],
        },
      },
      outputs: {
        out: [
          [1, 'A'],
          [null, 'É'],
          [3, 'none'],
        ],
      },
    },
    {
      name: 'several rows or none for one, and a side output',
      shows: ['ordinary'],
      config: {
        code: `type Word = string;
function processElement(row: Row, ctx: Context, out: Output): void {
  if (row.name === null) return out.emitTo("empty", { id: row.id });
  for (const word of row.name.split(" ") as Word[]) out.emit({ id: row.id, name: word });
}`,
        sideOutputs: [{ name: 'empty' }],
      },
      inputs: {
        in: {
          columns,
          rows: [
            [1, 'so it goes'],
            [2, null],
          ],
        },
      },
      outputs: {
        out: [
          [1, 'so'],
          [1, 'it'],
          [1, 'goes'],
        ],
        empty: [[2, null]],
      },
    },
    {
      name: 'a count per key in a state',
      shows: ['ordinary', 'nulls'],
      config: {
        keys: ['name'],
        code: COUNT,
        columns: [
          { name: 'name', type: 'STRING' },
          { name: 'seen', type: 'BIGINT' },
        ],
        states: [{ name: 'seen', kind: 'value', type: 'BIGINT' }],
      },
      inputs: {
        in: {
          columns,
          rows: [
            [1, 'a'],
            [2, 'b'],
            [3, 'a'],
            [4, null],
            [5, null],
            [6, 'a'],
          ],
        },
      },
      outputs: {
        out: [
          ['a', 1],
          ['b', 1],
          ['a', 2],
          [null, 1],
          [null, 2],
          ['a', 3],
        ],
      },
    },
    {
      name: 'a timer per sensor, list and map states',
      shows: ['ordinary'],
      config: {
        keys: ['sensor'],
        code: `function processElement(row: Row, ctx: Context, out: Output) {
  ctx.state.heats.add(row.heat ?? 0);
  const size = (row.heat ?? 0) > 9 ? "high" : "low";
  ctx.state.sizes.put(size, (ctx.state.sizes.get(size) ?? 0n) + 1n);
  ctx.timers.registerEventTime(Date.UTC(2026, 0, 1, 1));
}
function onTimer(time: number, ctx: Context, out: Output) {
  const sizes = ctx.state.sizes.entries().sort().map(([size, count]) => size + "=" + count);
  const total = ctx.state.heats.get().reduce((sum, heat) => sum + heat, 0);
  out.emit({ sensor: ctx.key.sensor, text: [total, ...sizes].join(" ") });
  ctx.state.heats.clear();
  ctx.state.sizes.clear();
}`,
        columns: [
          { name: 'sensor', type: 'STRING' },
          { name: 'text', type: 'STRING' },
        ],
        states: [
          { name: 'heats', kind: 'list', type: 'INT' },
          { name: 'sizes', kind: 'map', keyType: 'STRING', type: 'BIGINT' },
        ],
      },
      inputs: {
        in: {
          columns: sensors,
          watermark: { column: 'ts', delay: '1 h' },
          rows: [
            ['a', '2026-01-01 00:00:00.000', 5],
            ['b', '2026-01-01 00:10:00.000', 20],
            ['a', '2026-01-01 00:05:00.000', 10],
            ['a', '2026-01-01 00:20:00.000', 1],
          ],
        },
      },
      outputs: {
        out: [
          ['a', '16 high=1 low=2'],
          ['b', '20 high=1'],
        ],
      },
    },
    {
      name: 'greatest and average of a sensor, by functions of the code',
      shows: ['ordinary', 'nulls'],
      config: {
        keys: ['sensor'],
        code: `const states: StateFunctions = {
  greatest: (kept, added) => Math.max(kept, added),
  average: {
    createAccumulator: () => ({ sum: 0, count: 0n }),
    add: (value, { sum, count }) => ({ sum: sum + value, count: count + 1n }),
    getResult: ({ sum, count }) => sum / Number(count),
  },
};
function processElement(row: Row, ctx: Context, out: Output) {
  if (row.heat === null) {
    ctx.state.greatest.clear();
    return ctx.state.average.clear();
  }
  ctx.state.greatest.add(row.heat);
  ctx.state.average.add(row.heat);
  out.emit({ sensor: row.sensor, greatest: ctx.state.greatest.get(), average: ctx.state.average.get() });
}`,
        columns: [
          { name: 'sensor', type: 'STRING' },
          { name: 'greatest', type: 'INT' },
          { name: 'average', type: 'DOUBLE' },
        ],
        states: [
          { name: 'greatest', kind: 'reducing', type: 'INT' },
          {
            name: 'average',
            kind: 'aggregating',
            addedType: 'DOUBLE',
            type: 'ROW<sum DOUBLE NOT NULL, count BIGINT NOT NULL>',
            resultType: 'DOUBLE',
          },
        ],
      },
      inputs: {
        in: {
          columns: sensors,
          rows: [
            ['a', '2026-01-01 00:00:00.000', 6],
            ['b', '2026-01-01 00:00:00.000', 20],
            ['a', '2026-01-01 00:05:00.000', 10],
            ['a', '2026-01-01 00:20:00.000', 2],
            ['b', '2026-01-01 00:20:00.000', null],
            ['b', '2026-01-01 00:30:00.000', 1],
          ],
        },
      },
      outputs: {
        out: [
          ['a', 6, 6],
          ['b', 20, 20],
          ['a', 10, 8],
          ['a', 10, 6],
          ['b', 1, 1],
        ],
      },
      varies: { order: 'each row tells of those before it' },
    },
    {
      name: 'the row before, kept whole; a state that is forgotten',
      shows: ['ordinary', 'nulls'],
      config: {
        keys: ['name'],
        code: `function processElement(row: Row, ctx: Context, out: Output) {
  const before = ctx.state.before.get();
  out.emit({ id: before?.id ?? null, name: before === null ? "first" : before.name });
  ctx.state.before.set({ ...row });
}`,
        states: [
          {
            name: 'before',
            kind: 'value',
            type: 'ROW<id BIGINT, name STRING>',
            forgetAfter: '1 d',
            forgetFrom: 'OnReadAndWrite',
            forgotten: 'ReturnExpiredIfNotCleanedUp',
          },
        ],
      },
      inputs: {
        in: {
          columns,
          rows: [
            [1, 'a'],
            [2, null],
            [3, 'a'],
            [null, null],
            [5, 'a'],
            [6, null],
          ],
        },
      },
      outputs: {
        out: [
          [null, 'first'],
          [null, 'first'],
          [1, 'a'],
          [2, null],
          [3, 'a'],
          [null, null],
        ],
      },
      varies: { order: 'each row tells of the one before it' },
    },
    {
      name: 'every simple type there and back',
      shows: ['ordinary', 'nulls'],
      config: { code: 'function processElement(row: Row, ctx: Context, out: Output) { out.emit({ ...row }); }' },
      inputs: {
        in: {
          columns: every,
          rows: [
            [true, -5, 1.5, 12.34, '2026-01-02', '2026-01-02 03:04:05.678', 'a long word that is more than a few bytes: ünïcödé'],
            [null, null, null, null, null, null, null],
          ],
        },
      },
      outputs: {
        out: [
          [true, -5, 1.5, 12.34, '2026-01-02', '2026-01-02 03:04:05.678', 'a long word that is more than a few bytes: ünïcödé'],
          [null, null, null, null, null, null, null],
        ],
      },
    },
    {
      name: 'code that throws fails with its place',
      shows: ['ordinary'],
      config: { code: 'function processElement(row: Row) {\n  throw new Error("no " + row.id);\n}' },
      inputs: { in: { columns, rows: [[1, 'a']] } },
      outputs: { out: [] },
      fails: 'MR3020',
    },
    {
      name: 'no rows',
      shows: ['empty'],
      config: {},
      inputs: { in: { columns, rows: [] } },
      outputs: { out: [] },
    },
    {
      name: 'pairs of rows in an operator list, without a key',
      shows: ['ordinary', 'nulls'],
      config: {
        code: `function processElement(row: Row, ctx: Context, out: Output) {
  const waiting = ctx.state.waiting;
  waiting.add({ id: row.id });
  if (waiting.get().length < 2) return;
  out.emit({ pair: waiting.get().map(({ id }) => String(id)).join(' ') });
  waiting.clear();
}`,
        columns: [{ name: 'pair', type: 'STRING' }],
        states: [{ name: 'waiting', kind: 'operator-list', type: 'ROW<id BIGINT>' }],
      },
      inputs: { in: { columns: { id: 'BIGINT' }, rows: [[1], [2], [null], [4], [5]] } },
      outputs: { out: [['1 2'], ['null 4']] },
      parallel: false,
      varies: { order: 'pairs are of rows that come one behind the other' },
    },
  ],
  invalid: [
    {
      name: 'code that is not TypeScript',
      config: { code: 'function processElement(row {' },
      inputs: { in: { columns, rows: [] } },
      problems: [['MR2292', 'code']],
    },
    {
      name: 'no function for rows',
      config: { code: 'const nothing = 1;' },
      inputs: { in: { columns, rows: [] } },
      problems: [['MR2293', 'code']],
    },
    {
      name: 'imports',
      config: { code: 'import { readFileSync } from "node:fs";\nfunction processElement(row: Row) { readFileSync("/"); }' },
      inputs: { in: { columns, rows: [] } },
      problems: [['MR2294', 'code']],
    },
    {
      name: 'a column that code cannot use',
      config: {},
      inputs: { in: { columns: { ...columns, tags: 'ARRAY<STRING>' }, rows: [] } },
      problems: [['MR2295', 'code']],
    },
    {
      name: 'an output column that code cannot write',
      config: { columns: [{ name: 'tags', type: 'ARRAY<STRING>' }] },
      inputs: { in: { columns, rows: [] } },
      problems: [['MR2296', 'columns[0]']],
    },
    {
      name: 'a state of a type that is none, and twice the same',
      config: {
        keys: ['id'],
        states: [
          { name: 'seen', kind: 'value', type: 'LONG LONG' },
          { name: 'seen', kind: 'value', type: 'BIGINT' },
        ],
      },
      inputs: { in: { columns, rows: [] } },
      problems: [
        ['MR2297', 'states[0].type'],
        ['MR2299', 'states[1].name'],
      ],
    },
    {
      name: 'states made of many without their functions, of types that are none',
      config: {
        keys: ['id'],
        states: [
          { name: 'most', kind: 'reducing', type: 'ROW<a ARRAY<INT>>' },
          { name: 'mean', kind: 'aggregating', type: 'BIGINT', addedType: 'NUMBER', resultType: 'MAP<INT, INT>' },
          { name: 'by', kind: 'map', type: 'BIGINT', keyType: 'ROW<a INT>' },
        ],
      },
      inputs: { in: { columns, rows: [] } },
      problems: [
        ['MR2297', 'states[0].type'],
        ['MR2297', 'states[1].addedType'],
        ['MR2297', 'states[1].resultType'],
        ['MR2297', 'states[2].keyType'],
        ['MR2340', 'code'],
        ['MR2340', 'code'],
      ],
    },
    {
      name: 'state without a key',
      config: { states: [{ name: 'seen', kind: 'value', type: 'BIGINT' }] },
      inputs: { in: { columns, rows: [] } },
      problems: [['MR2298', 'keys']],
    },
  ],
});
