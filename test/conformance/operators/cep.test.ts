/** The pattern operator on Flink's documented examples, and that it finds the same when it is stored, restored and rescaled after every row. */
import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../../../engine/base/random.ts';
import { isMissing } from './adapter.ts';
import { cepAdapter } from './cep.ts';
import type { Exact, ExactObject } from './vector.ts';
import { print, toExact } from './vector.ts';

const SEED = Number(process.env.MILLRACE_SEED ?? Date.now() % 1_000_000);

type Stage = Record<string, unknown>;
const step = (name: string, link: string, more: Stage = {}): Stage => ({ name, link, where: [{ name }], ...more });
const B_PLUS_C = [step('b', 'begin', { oneOrMore: true }), step('c', 'followedBy')];
const STRICT = [step('b', 'begin', { oneOrMore: true, consecutive: true }), step('c', 'next')];
const A_B_PLUS = [step('a', 'begin'), step('b', 'followedBy', { oneOrMore: true })];
const GROUP = [{ link: 'begin', group: [step('a', 'begin'), step('b', 'next')], oneOrMore: true, consecutive: true }, step('c', 'next')];

/** Letters → matches, each as `a:0 b:1,2`, sorted. */
const EXAMPLES: readonly (readonly [string, readonly Stage[], Stage, string, readonly string[]])[] = [
  ['b+ c', B_PLUS_C, {}, 'bbbc', ['b:0 c:3', 'b:0,1 c:3', 'b:0,1,2 c:3', 'b:1 c:3', 'b:1,2 c:3', 'b:2 c:3']],
  ['b+ c at once', STRICT, {}, 'bbbc', ['b:0,1,2 c:3', 'b:1,2 c:3', 'b:2 c:3']],
  ['b+ c, skip to next', B_PLUS_C, { skip: { type: 'skipToNext' } }, 'bbbc', ['b:0,1,2 c:3', 'b:1,2 c:3', 'b:2 c:3']],
  ['b+ c, skip past last', B_PLUS_C, { skip: { type: 'skipPastLastEvent' } }, 'bbbcbc', ['b:0,1,2 c:3', 'b:4 c:5']],
  ['b+ c, skip to first b', B_PLUS_C, { skip: { type: 'skipToFirst', pattern: 'b' } }, 'bbbc', ['b:0 c:3', 'b:0,1 c:3', 'b:0,1,2 c:3']],
  ['b+ c, skip to last b', B_PLUS_C, { skip: { type: 'skipToLast', pattern: 'b' } }, 'bbbc', ['b:0,1,2 c:3', 'b:2 c:3']],
  ['a b+', A_B_PLUS, {}, 'abbb', ['a:0 b:1', 'a:0 b:1,2', 'a:0 b:1,2,3']],
  ['a b+, skip to next', A_B_PLUS, { skip: { type: 'skipToNext' } }, 'abbb', ['a:0 b:1']],
  ['(a b)+ c', GROUP, {}, 'ababc', ['a:0,2 b:1,3 c:4', 'a:2 b:3 c:4']],
  ['a, no b, c', [step('a', 'begin'), step('b', 'notFollowedBy'), step('c', 'followedBy')], {}, 'abcac', ['a:3 c:4']],
  ['a, not at once b', [step('a', 'begin'), step('b', 'notNext')], {}, 'abac', ['a:2']],
  ['a, no b within 3', [step('a', 'begin'), step('b', 'notFollowedBy')], { within: { ms: 3, type: 'firstAndLast' } }, 'abaccc', ['a:2']],
  [
    'a b* c',
    [step('a', 'begin'), step('b', 'next', { oneOrMore: true, optional: true, consecutive: true }), step('c', 'next')],
    {},
    'acabbc',
    ['a:0 c:1', 'a:2 b:3,4 c:5'],
  ],
  ['b{2} until d', [step('b', 'begin', { timesOrMore: 2, until: [{ name: 'd' }] })], {}, 'bbdb', ['b:0,1']],
];

function replay(stages: readonly Stage[], more: Stage, letters: readonly string[], each: (rows: number) => ExactObject | null): string[] {
  const operator = toExact({ type: 'cep', time: 'event', stages, ...more }) as ExactObject;
  const adaptation = cepAdapter.adapt({ family: 'cep', id: '', description: '', operator, compare: 'step-multiset', steps: [] });
  if (isMissing(adaptation)) throw new Error(adaptation.missing);
  const outputs: ExactObject[] = [];
  letters.forEach((letter, at) => {
    const element = { k: at % 5 === 4 && letters.length > 20 ? 'y' : 'x', v: BigInt(at), n: BigInt(at), name: letter };
    outputs.push(...adaptation.step({ element, ts: BigInt(100 + at) }));
    if (at % 3 === 2) outputs.push(...adaptation.step({ watermark: BigInt(100 + at - 1) }));
    const extra = each(at);
    if (extra !== null) outputs.push(...adaptation.step(extra));
  });
  outputs.push(...adaptation.step({ watermark: 2n ** 63n - 1n }));
  return outputs
    .filter((output) => 'element' in output)
    .map(printMatch)
    .sort();
}

function printMatch(output: ExactObject): string {
  const match = (output.element as ExactObject).match as ExactObject | undefined;
  if (match === undefined) return `late ${print(output.element)}`;
  const rows = Object.entries(match).map(([name, numbers]) => `${name}:${(numbers as readonly Exact[]).join(',')}`);
  return `${'side' in output ? 'timeout ' : ''}${rows.join(' ')}`;
}

describe('patterns', () => {
  for (const [name, stages, more, letters, expected] of EXAMPLES) {
    test(name, () => {
      const found = replay(stages, more, [...letters], () => null);
      expect(found.filter((match) => !match.startsWith('timeout'))).toEqual([...expected].sort());
    });
  }

  test('a restore or rescale after any row changes nothing', () => {
    const random = new SeededRandom(SEED);
    const letters = Array.from({ length: 16 }, () => 'abcd'[random.nextInt(4)]);
    for (const [name, stages, more] of EXAMPLES) {
      const plain = replay(stages, more, letters, () => null);
      const restored = replay(stages, more, letters, () => ({ snapshotRestore: true }));
      const rescaled = replay(stages, more, letters, (at) => ({ rescale: BigInt(1 + (at % 2)) }));
      expect(restored, `${name}, restored; MILLRACE_SEED=${SEED}`).toEqual(plain);
      expect(rescaled, `${name}, rescaled; MILLRACE_SEED=${SEED}`).toEqual(plain);
    }
  });
});
