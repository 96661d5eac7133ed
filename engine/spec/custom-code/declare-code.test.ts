/** The declarations made for the editor: TypeScript itself must accept them, and refuse a mistake. */
import ts from 'typescript';
import { expect, test } from 'vitest';
import { BIGINT, decimalType, STRING, timestampType } from '../../types/make-type.ts';
import { declareCode } from './declare-code.ts';

const declarations = declareCode({
  inputs: [
    [
      { name: 'id', type: BIGINT },
      { name: 'odd */ name"', type: STRING },
      { name: 'ts', type: timestampType(3) },
    ],
  ],
  keys: [{ name: 'id', type: BIGINT }],
  output: [
    { name: 'id', type: BIGINT },
    { name: 'price', type: decimalType(10, 2) },
  ],
  states: [
    { name: 'seen', kind: 'value', type: BIGINT, keyType: null, aggregate: null, expiry: null },
    { name: 'sizes', kind: 'map', type: BIGINT, keyType: STRING, aggregate: null, expiry: null },
    { name: 'ids', kind: 'operator-list', type: BIGINT, keyType: null, aggregate: null, expiry: null, redistribution: 'union' },
  ],
  sideOutputs: ['late'],
});

function problemsOf(code: string, given = declarations): readonly string[] {
  const files = new Map([
    ['code.ts', code],
    ['given.d.ts', given],
  ]);
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost({}),
    getSourceFile: (name, target) => {
      const text = files.get(name) ?? ts.sys.readFile(name);
      return text === undefined ? undefined : ts.createSourceFile(name, text, target);
    },
  };
  const program = ts.createProgram([...files.keys()], { strict: true, noEmit: true, types: [], lib: ['lib.es2022.d.ts'], target: 9 }, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

test('code that keeps to them has no problems', { timeout: 60_000 }, () => {
  const code = `function processElement(row: Row, ctx: Context, out: Output) {
  const seen = (ctx.state.seen.get() ?? 0n) + 1n;
  ctx.state.seen.set(seen);
  ctx.state.sizes.put('high', seen);
  ctx.state.ids.update([...ctx.state.ids.get(), seen]);
  if (row.ts !== null) ctx.timers.registerEventTime(row.ts + 1000);
  out.emit({ id: ctx.key.id, price: 12.5 });
  out.emitTo('late', { id: row.id });
}`;
  expect(problemsOf(code)).toEqual([]);
});

test.each([
  'row.gone',
  'out.emit({ id: "x" })',
  'out.emitTo("gone", { id: 1n })',
  'ctx.state.seen.set("x")',
  'ctx.state.ids.add("x")',
  'row.id + 1',
  'require("fs")',
])('a mistake is one: %s', { timeout: 60_000 }, (mistake) => {
  expect(problemsOf(`function processElement(row: Row, ctx: Context, out: Output) { ${mistake}; }`).length).toBeGreaterThan(0);
});

const broadcast = declareCode({
  inputs: [[{ name: 'id', type: BIGINT }], [{ name: 'rule', type: STRING }]],
  keys: [{ name: 'id', type: BIGINT }],
  output: [{ name: 'id', type: BIGINT }],
  states: [
    { name: 'seen', kind: 'value', type: BIGINT, keyType: null, aggregate: null, expiry: null },
    { name: 'rules', kind: 'broadcast', type: BIGINT, keyType: STRING, aggregate: null, expiry: null },
  ],
  sideOutputs: [],
  broadcastInput: 1,
});
const both = (first: string, second: string): string => `function processElement1(row: Row1, ctx: Context, out: Output) { ${first}; }
function processElement2(row: Row2, ctx: BroadcastContext, out: Output) { ${second}; }`;

test('code of a broadcast input writes its state and walks over the keys', { timeout: 60_000 }, () => {
  const walk = 'ctx.applyToKeyedState("seen", (key, seen) => { out.emit({ id: key.id }); seen.set((seen.get() ?? 0n) + 1n); })';
  const code = both(
    'for (const [rule, least] of ctx.state.rules.entries()) ctx.state.seen.set(least)',
    `ctx.state.rules.put("a", 1n); ${walk}`,
  );
  expect(problemsOf(code, broadcast)).toEqual([]);
});

test.each([
  ['ctx.state.rules.put("a", 1n)', ''],
  ['ctx.applyToKeyedState("seen", () => {})', ''],
  ['', 'ctx.state.seen.set(1n)'],
  ['', 'ctx.timers.registerEventTime(1)'],
  ['', 'ctx.applyToKeyedState("rules", () => {})'],
])('what only the other input may do is a mistake: %s%s', { timeout: 60_000 }, (first, second) => {
  expect(problemsOf(both(first, second), broadcast).length).toBeGreaterThan(0);
});
