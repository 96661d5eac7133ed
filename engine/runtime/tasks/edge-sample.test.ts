/** Watching an edge shows every row of a slow stream and costs a bounded number of lines on a fast one. */
import { expect, test } from 'vitest';
import { Arena } from '../../columnar/arena.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import { buildBatch } from '../../columnar/row-builder.ts';
import { BIGINT } from '../../types/make-type.ts';
import { EdgeSample } from './edge-sample.ts';

const schema = { fields: [{ name: 'n', type: BIGINT }] };

function setUp(rowsMax: number) {
  const clock = { ms: 0, now: () => clock.ms, monotonic: () => clock.ms };
  const arena = new Arena(new JobMemory({ maximumBytes: 1 << 24 }));
  const sample = new EdgeSample(clock, rowsMax);
  let next = 0;
  const pass = (count: number) =>
    sample.add(
      buildBatch(
        arena,
        schema,
        Array.from({ length: count }, () => [BigInt(next++)]),
      ),
    );
  return { clock, sample, pass };
}

test('all rows of a slow stream are shown, the newest up to the limit', () => {
  const { sample, pass } = setUp(5);
  for (let batch = 0; batch < 4; batch++) pass(2);
  expect(sample.take()).toEqual({ lines: ['{"n":3}', '{"n":4}', '{"n":5}', '{"n":6}', '{"n":7}'], rows: 8 });
  expect(sample.take()).toBeNull();
});

test('a fast stream is counted whole and looked at now and then', () => {
  const { clock, sample, pass } = setUp(200);
  for (let batch = 0; batch < 10; batch++) pass(300);
  const first = sample.take();
  expect(first?.rows).toBe(3000);
  expect(first?.lines.at(-1)).toBe('{"n":299}');
  for (let batch = 0; batch < 3; batch++) pass(300);
  clock.ms += 200;
  pass(300);
  expect(sample.take()?.lines.at(-1)).toBe('{"n":4199}');
});

test('behind a fast report a batch now and then is enough; behind a slow one every row is shown again', () => {
  const { clock, sample, pass } = setUp(200);
  pass(300);
  expect(sample.take()?.lines).toHaveLength(100);
  clock.ms += 100;
  pass(50);
  pass(30);
  expect(sample.take()).toMatchObject({ lines: { length: 10 }, rows: 80 });
  pass(50);
  expect(sample.take()?.lines).toHaveLength(50);
});
