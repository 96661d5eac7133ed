/** The order of the test files: those that take long begin first, so that no worker is left alone with one at the end. */
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** Seconds on a machine of two cores, of the files that take more than ten; only their order matters. */
const LONG: readonly (readonly [file: string, seconds: number])[] = [
  ['test/cases/rows.test.ts', 131],
  ['test/faults/processes/kill.test.ts', 92],
  ['test/bench/benchmarks.test.ts', 30],
  ['test/windows/window-node.test.ts', 25],
  ['test/cases/metamorphic.test.ts', 20],
  ['test/cases/state-rows.test.ts', 18],
  ['test/faults/processes/state-on-disk.test.ts', 14],
  ['test/joins/deduplicate-on-disk.test.ts', 14],
  ['test/host/product.test.ts', 14],
  ['test/cases/templates.test.ts', 12],
  ['test/bad-input/hostile-pipelines.test.ts', 11],
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files);
    return [...others].sort((left, right) => secondsOf(right) - secondsOf(left));
  }
}

function secondsOf({ moduleId }: TestSpecification): number {
  return LONG.find(([file]) => moduleId.endsWith(`/${file}`))?.[1] ?? 0;
}
