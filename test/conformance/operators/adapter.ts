/** What a family's adapter is: it maps the recorded `operator` to production code and replays steps on it. */
import type { Exact, ExactObject, Vector } from './vector.ts';

/** Replays the steps of one vector: `step` answers what came out, in the notation of the vectors. */
export interface Replay {
  step(input: ExactObject): readonly ExactObject[];
}

/** Production code for a vector, or the name of what is not built yet. */
export type Adaptation = Replay | { readonly missing: string };

export interface Adapter {
  readonly family: string;
  adapt(vector: Vector): Adaptation;
}

export function missing(name: string): Adaptation {
  return { missing: name };
}

export function isMissing(adaptation: Adaptation): adaptation is { readonly missing: string } {
  return 'missing' in adaptation;
}

/** Column values as the vectors write them: integers exact, nulls left out by `record`. */
export function record(entries: Record<string, Exact | undefined>): ExactObject {
  return Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, Exact] => entry[1] !== undefined));
}
