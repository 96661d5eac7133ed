/** Sources of custom code: positions that are kept, splits that are dealt, waits, and what a position cannot be. */
import { expect, test } from 'vitest';
import { OperatorHarness, takeSnapshot } from '../../../test/support/operator-harness.ts';
import { BIGINT, INT } from '../../types/make-type.ts';
import { CodeSource, CodeSplits } from './code-source.ts';

const schema = { fields: [{ name: 'n', type: BIGINT }] };
/** Three rows of each split, ten numbers apart. */
const COUNT = `function read(position: { next: bigint } | null, ctx: Context, out: Output) {
  const next = position?.next ?? BigInt(ctx.split * 10);
  out.emit({ n: next });
  return next % 10n < 2n ? { next: next + 1n } : null;
}`;

function harness(subtaskIndex = 0, parallelism = 1): OperatorHarness {
  return new OperatorHarness({ outputSchemas: [schema], subtaskIndex, parallelism });
}

function read(code: string, polls: number): OperatorHarness {
  const world = harness();
  const source = new CodeSource({ source: code, splits: 1, states: [] }, world.context);
  source.open([]);
  world.run(source, new CodeSplits(1, world.environment), () => polls-- === 0);
  return world;
}

test('splits are read in turn, each to its own end', () => {
  const world = harness();
  const source = new CodeSource({ source: COUNT, splits: 3, states: [] }, world.context);
  source.open([]);
  expect(world.run(source, new CodeSplits(3, world.environment))).toBe('end');
  expect(world.rows[0].map(([n]) => n)).toEqual([0n, 10n, 20n, 1n, 11n, 21n, 2n, 12n, 22n]);
});

test('a restore with more subtasks goes on from every position, and with splits that nobody had', () => {
  const before = harness();
  const source = new CodeSource({ source: COUNT, splits: 3, states: [] }, before.context);
  const splits = new CodeSplits(3, before.environment);
  source.open([]);
  let polls = 0;
  before.run(source, splits, () => polls++ === 3 + 1 + 4);
  const { sections } = takeSnapshot(source);
  expect(source.viewSplits()).toEqual(['2: {"next":{"$bigint":"11"}}', '3: {"next":{"$bigint":"21"}}', '1: {"next":{"$bigint":"2"}}']);
  const rows = [0, 1].flatMap((subtask) => {
    const after = harness(subtask, 2);
    const restored = new CodeSource({ source: COUNT, splits: 3, states: [] }, after.context);
    const rest = new CodeSplits(3, after.environment);
    rest.open(splits.snapshot());
    restored.open(sections.filter((_section, at) => at % 2 === subtask));
    expect(after.run(restored, rest)).toBe('end');
    return after.rows[0].map(([n]) => n);
  });
  const all = [...before.rows[0].map(([n]) => n), ...rows];
  expect(all.map(Number).sort((left, right) => left - right)).toEqual([0, 1, 2, 10, 11, 12, 20, 21, 22]);
});

test('an operator list goes on with its subtask, and what is no longer declared is refused', () => {
  const code = `function read(position: number | null, ctx: Context, out: Output) {
  ctx.state.seen.add(position ?? 0);
  out.emit({ n: ctx.state.seen.get().reduce((sum, each) => sum + each, 0) });
  return position === 3 ? null : (position ?? 0) + 1;
}`;
  const states = [
    { name: 'seen', kind: 'operator-list', type: INT, keyType: null, aggregate: null, expiry: null, redistribution: 'split' },
  ] as const;
  const begun = harness();
  const source = new CodeSource({ source: code, splits: 1, states }, begun.context);
  source.open([]);
  let polls = 0;
  const splits = new CodeSplits(1, begun.environment);
  begun.run(source, splits, () => polls++ === 4);
  const { sections } = takeSnapshot(source);
  const after = harness();
  const restored = new CodeSource({ source: code, splits: 1, states }, after.context);
  restored.open(sections);
  const rest = new CodeSplits(1, after.environment);
  rest.open(splits.snapshot());
  expect(after.run(restored, rest)).toBe('end');
  expect([...begun.rows[0], ...after.rows[0]]).toEqual([[0n], [1n], [3n], [6n]]);
  expect(() => new CodeSource({ source: code, splits: 1, states: [] }, harness().context).open(sections)).toThrow('seen (INTEGER)');
});

test('every subtask gets its share of the splits at once', () => {
  const { environment } = harness(0, 2);
  const splits = new CodeSplits(5, environment);
  const dealt = [1, 1, 1, 0, 0, 0, 0].map((subtask) => splits.nextSplit(subtask));
  expect(dealt.map((each) => (each.kind === 'split' ? (each.split as { index: number }).index : each.kind))).toEqual([
    1,
    3,
    'none',
    0,
    2,
    4,
    'none',
  ]);
});

test('a source that waits is asked again when its time has come', () => {
  const world = harness();
  const code = `function read(at: number | null, ctx: Context, out: Output) {
  ctx.wait(50);
  if (ctx.processingTime >= 1_700_000_000_050) return null;
  return 1;
}`;
  const source = new CodeSource({ source: code, splits: 1, states: [] }, world.context);
  source.open([]);
  expect(world.run(source, new CodeSplits(1, world.environment))).toBe('idle');
  expect(source.poll()).toEqual({ kind: 'idle', wakeAfterMs: 50 });
  world.clock.nowMs += 50;
  expect(world.run(source, null)).toBe('end');
});

test.each([
  ['return new Set();', 'a position is made of numbers, texts, true, false, null, lists and objects, not of an object'],
  ['return () => 1;', 'a position is made of numbers'],
  ['return Number.NaN;', 'not of NaN'],
  ['const ring: unknown[] = [];\n  ring.push(ring);\n  return ring;', 'a position is nested deeper than 100'],
  ['return "x".repeat(1_000_001);', 'the position is 1000003 characters of JSON; at most 1000000 are kept'],
  ['out.emit({ n: "one" });', 'line 2, column 7: TypeError: column "n" is BIGINT and cannot hold "one"'],
  ['ctx.wait(-1);', 'a source waits a number of milliseconds, not -1'],
])('%s is refused', (body, words) => {
  const code = `function read(position: unknown, ctx: Context, out: Output) {\n  ${body}\n}`;
  expect(() => read(code, 10)).toThrow(words);
  expect(() => read(code, 10)).toThrow("read of node 'node' failed");
});

test.each(['process', 'require', 'fetch', 'setTimeout'])('there is no %s', (name) => {
  const world = read(
    `function read(p: unknown, ctx: Context, out: Output) { out.emit({ n: typeof ${name} === "undefined" ? 1 : 0 }); }`,
    10,
  );
  expect(world.rows[0]).toEqual([[1n]]);
});
