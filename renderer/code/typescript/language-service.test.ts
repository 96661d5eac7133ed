/** The checker of the editor: a mistake is found at its place, in both languages, and what the engine lacks is unknown to it. */
import ts from 'typescript';
import { expect, test } from 'vitest';
import type { CodeShape } from '../../../engine/spec/custom-code/code-types.ts';
import { declareCode } from '../../../engine/spec/custom-code/declare-code.ts';
import { BIGINT, DOUBLE, STRING } from '../../../engine/types/make-type.ts';
import { readChineseMessages, readLibrary } from '../../build/typescript-library.ts';
import { CodeLanguageService } from './language-service.ts';

const service = new CodeLanguageService(ts, { library: readLibrary(), chineseMessages: readChineseMessages() });

function declarationsOf(columns: readonly string[]): string {
  const input = columns.map((name) => ({ name, type: name === 'id' ? BIGINT : STRING }));
  const states = [{ name: 'seen', kind: 'value' as const, type: BIGINT, keyType: null, aggregate: null, expiry: null }];
  return declareCode({ inputs: [input], keys: [input[0]], output: input, states, sideOutputs: ['late'] });
}

const declarations = declarationsOf(['id', 'name']);

function mistakesIn(code: string, language: 'en' | 'zh' = 'en', given = declarations): readonly string[] {
  return service
    .check({ code, declarations: given }, language)
    .map(({ start, end, line, message }) => `${line} ${code.slice(start, end)}: ${message}`);
}

const bodyOf = (body: string) => `function processElement(row: Row, ctx: Context, out: Output) {\n  ${body}\n}`;

test('code that keeps to its schema has no mistakes', { timeout: 60_000 }, () => {
  const body = `const seen = (ctx.state.seen.get() ?? 0n) + 1n;
  ctx.state.seen.set(seen);
  for (const [at, word] of (row.name ?? '').split(' ').entries()) out.emit({ id: BigInt(at), name: word.toUpperCase() });
  out.emitTo('late', { ...row });
  ctx.timers.registerEventTime(Date.now() + Math.max(...[1, 2].map(Number)));`;
  expect(
    mistakesIn(`${bodyOf(body)}\nfunction onTimer(time: number, ctx: Context, out: Output) { out.emit({ id: ctx.key.id }); }`),
  ).toEqual([]);
});

test.each([
  ['row.gone', "2 gone: Property 'gone' does not exist on type 'Row'."],
  ["ctx.state.seen.set('x')", "2 'x': Argument of type 'string' is not assignable to parameter of type 'bigint'."],
  ["out.emitTo('nowhere', row)", `2 'nowhere': Argument of type '"nowhere"' is not assignable to parameter of type '"late"'.`],
  ["require('fs')", "2 require: Cannot find name 'require'."],
  ['setTimeout(() => {}, 1)', "2 setTimeout: Cannot find name 'setTimeout'."],
  ['Promise.resolve(1)', "2 Promise: 'Promise' only refers to a type, but is being used as a value here."],
  ['new SharedArrayBuffer(1)', "2 SharedArrayBuffer: Cannot find name 'SharedArrayBuffer'."],
])('%s', { timeout: 60_000 }, (body, expected) => {
  expect(mistakesIn(bodyOf(body)).map((each) => each.slice(0, expected.length))).toContain(expected);
});

test('a function that does not take what it is given is marked by its name', { timeout: 60_000 }, () => {
  const [mistake] = mistakesIn('function processElement(out: Output, row: Row) { out.emit(row); }');
  expect(mistake).toMatch(/^1 processElement: Argument of type '\(out: Output, row: Row\) => void' is not assignable/);
});

const MADE: CodeShape = {
  inputs: [[{ name: 'id', type: BIGINT }], [{ name: 'name', type: STRING }]],
  keys: [{ name: 'id', type: BIGINT }],
  output: [{ name: 'id', type: BIGINT }],
  states: [
    { name: 'most', kind: 'reducing', type: BIGINT, keyType: null, aggregate: null, expiry: null },
    { name: 'mean', kind: 'aggregating', type: BIGINT, keyType: null, aggregate: { added: DOUBLE, result: STRING }, expiry: null },
  ],
  sideOutputs: [],
};

test('functions of states know their types, and a function of an input its own rows', { timeout: 60_000 }, () => {
  const code = (most: string, result: string, name: string) => `const states: StateFunctions = {
  most: (kept, added) => ${most},
  mean: { createAccumulator: () => 0n, add: (value, sum) => sum + BigInt(Math.round(value)), getResult: (sum) => ${result} },
};
function processElement1(row: Row1, ctx: Context, out: Output) { ctx.state.most.add(row.id ?? 0n); out.emit({ id: ctx.state.most.get() }); }
function processElement2(row: Row2, ctx: Context, out: Output) { ctx.state.mean.add(row.${name}?.length ?? 0); }`;
  const mistakes = (...given: Parameters<typeof code>) => mistakesIn(code(...given), 'en', declareCode(MADE));
  expect(mistakes('added > kept ? added : kept', 'String(sum)', 'name')).toEqual([]);
  expect(mistakes('Number(added)', 'sum', 'id')).toEqual([
    "2 Number(added): Type 'number' is not assignable to type 'bigint'.",
    "3 sum: Type 'bigint' is not assignable to type 'string'.",
    "6 id: Property 'id' does not exist on type 'Row2'.",
  ]);
  const [swapped] = mistakes('kept', '""', 'name').concat(
    mistakesIn('function processElement1(row: Row2, ctx: Context, out: Output) {}', 'en', declareCode(MADE)),
  );
  expect(swapped).toMatch(/^1 processElement1: Argument of type .* is not assignable/);
});

test('another schema makes another mistake', { timeout: 60_000 }, () => {
  const code = bodyOf('row.name;');
  expect(mistakesIn(code)).toEqual([]);
  expect(mistakesIn(code, 'en', declarationsOf(['id', 'word']))).toEqual(["2 name: Property 'name' does not exist on type 'Row'."]);
});

test('mistakes are told in the language of the page', { timeout: 60_000 }, () => {
  const code = bodyOf('row.gone;');
  expect(mistakesIn(code, 'zh')).toEqual(['2 gone: 类型“Row”上不存在属性“gone”。']);
  expect(mistakesIn(code, 'en')).toEqual(["2 gone: Property 'gone' does not exist on type 'Row'."]);
});

test('completions, meanings and signatures know the columns', { timeout: 60_000 }, () => {
  const code = bodyOf('row.; ctx.state.seen.set(');
  const typed = { code, declarations };
  const at = (text: string) => code.indexOf(text) + text.length;
  expect(service.complete(typed, at('row.')).map(({ name }) => name)).toEqual(['id', 'name']);
  expect(service.detail(typed, at('row.'), 'id')).toEqual({ type: '(property) Row.id: bigint | null', help: 'BIGINT' });
  expect(service.meaning(typed, code.indexOf('seen'))).toMatchObject({ type: '(property) States.seen: ValueState<bigint>' });
  expect(service.signatures(typed, at('set('))).toMatchObject({ argument: 0, signatures: [{ label: 'set(value: bigint): void' }] });
});
