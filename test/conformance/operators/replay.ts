/** Replays every vector of a directory and counts, per family, what agrees, what does not, and what waits for something to be built. */
import type { Adapter } from './adapter.ts';
import { isMissing } from './adapter.ts';
import { cepAdapter } from './cep.ts';
import { compareStep } from './compare.ts';
import { joinAdapter } from './join.ts';
import { checkKeyGroups } from './key-groups.ts';
import { processStateAdapter } from './process-state.ts';
import { processTimersAdapter } from './process-timers.ts';
import { sqlWindowAdapter } from './sql-window.ts';
import { twoInputAdapter } from './two-input.ts';
import type { ExactObject, Vector } from './vector.ts';
import { parseVectors, print, toExact } from './vector.ts';
import { watermarkGeneratorAdapter } from './watermark-generator.ts';
import { watermarkValveAdapter } from './watermark-valve.ts';
import { windowEventTimeAdapter, windowProcessingTimeAdapter } from './window.ts';
import { windowAssignAdapter } from './window-assign.ts';

export interface FamilyResult {
  readonly family: string;
  passed: number;
  readonly failures: { readonly id: string; readonly reason: string }[];
  /** What is missing → how many vectors wait for it. */
  readonly skipped: Map<string, number>;
}

/** Families without an adapter are listed by their own name. */
const ADAPTERS: readonly Adapter[] = [
  cepAdapter,
  joinAdapter,
  processStateAdapter,
  processTimersAdapter,
  sqlWindowAdapter,
  twoInputAdapter,
  watermarkGeneratorAdapter,
  watermarkValveAdapter,
  windowAssignAdapter,
  windowEventTimeAdapter,
  windowProcessingTimeAdapter,
];

/** Vectors that record a defect of Flink which loses data. */
const QUIRK = /\/quirk-/;

export function replayFile(family: string, text: string): FamilyResult {
  const result: FamilyResult = { family, passed: 0, failures: [], skipped: new Map() };
  if (family === 'key-groups') {
    for (const entry of checkKeyGroups(toExact(JSON.parse(text)) as ExactObject)) {
      if (entry.difference === null) result.passed++;
      else result.failures.push({ id: entry.id, reason: entry.difference });
    }
    return result;
  }
  for (const vector of parseVectors(text)) replayVector(vector, result);
  return result;
}

function replayVector(vector: Vector, result: FamilyResult): void {
  const adapter = ADAPTERS.find((each) => each.family === vector.family);
  const adaptation = adapter?.adapt(vector) ?? { missing: `family ${vector.family}` };
  if (isMissing(adaptation)) {
    skip(result, adaptation.missing);
    return;
  }
  for (const [at, step] of vector.steps.entries()) {
    const difference = compareStep(vector.compare, step.out, outputs(adaptation.step, step));
    if (difference === null) {
      if (step.out.some((output) => 'error' in output)) break;
      continue;
    }
    if (QUIRK.test(vector.id)) skip(result, 'quirk of the reference: Millrace keeps the data that Flink loses here');
    else result.failures.push({ id: vector.id, reason: `step ${at} ${print(step.in)}\n  ${difference}` });
    return;
  }
  result.passed++;
}

/** An expected failure may come with any error. */
function outputs(run: (input: ExactObject) => readonly ExactObject[], step: Vector['steps'][number]): readonly ExactObject[] {
  const expected = step.out.find((output) => 'error' in output);
  try {
    return run(step.in);
  } catch (error) {
    return [expected ?? { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }];
  }
}

function skip(result: FamilyResult, name: string): void {
  result.skipped.set(name, (result.skipped.get(name) ?? 0) + 1);
}
