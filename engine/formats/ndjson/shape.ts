/** What lines have looked like so far: the order of their keys and the blanks between tokens. A guess that makes reading fast, never a rule. */
import type { DecodePlan, SchemaPlan } from '../decode-plan.ts';

/** Keys nobody declared are remembered too, up to this many per object, so that they can be stepped over. */
const UNKNOWN_KEYS_MAX = 64;

export interface KeyShape {
  readonly key: string;
  /** Null: a key the schema does not name. */
  readonly plan: DecodePlan | null;
  /** Keys of a declared ROW. */
  readonly children: readonly KeyShape[];
}

export interface LineShape {
  readonly keys: readonly KeyShape[];
  /** A blank behind every colon and behind every comma, as many programs write JSON. */
  readonly blankAfterColon: boolean;
  readonly blankAfterComma: boolean;
}

/** Keys of each object (by plan index, -1 = the line itself) in the order of one line. */
export type SeenKeys = Map<number, string[]>;

/** Keys in the order of the schema. */
export function shapeOfSchema(plan: SchemaPlan): LineShape {
  return { keys: shapeOfPlans(plan.columns), blankAfterColon: false, blankAfterComma: false };
}

function shapeOfPlans(plans: readonly DecodePlan[]): KeyShape[] {
  return plans.map((plan) => ({ key: plan.name, plan, children: shapeOfPlans(plan.children) }));
}

/** The shape adjusted to a line that did not fit it. */
export function adjustShape(shape: LineShape, plan: SchemaPlan, seen: SeenKeys, line: string): LineShape {
  return {
    keys: adjustKeys(shape.keys, plan.byName, seen, -1),
    blankAfterColon: /"\s*: /.test(line),
    blankAfterComma: /, "/.test(line),
  };
}

function adjustKeys(old: readonly KeyShape[], byName: ReadonlyMap<string, DecodePlan>, seen: SeenKeys, parent: number): KeyShape[] {
  const order = mergeOrder(
    old.map((one) => one.key),
    [...new Set(seen.get(parent) ?? [])],
  );
  const known = new Map(old.map((one) => [one.key, one]));
  let unknown = 0;
  const shapes: KeyShape[] = [];
  for (const key of order) {
    const plan = byName.get(key) ?? null;
    if (plan === null && ++unknown > UNKNOWN_KEYS_MAX) continue;
    const children =
      plan === null ? [] : adjustKeys(known.get(key)?.children ?? shapeOfPlans(plan.children), plan.byName, seen, plan.index);
    shapes.push({ key, plan, children });
  }
  return shapes;
}

/** An order that keeps `line` and, where they do not contradict each other, `old`: each old key stays behind the old key before it. */
function mergeOrder(old: readonly string[], line: readonly string[]): string[] {
  const merged = [...line];
  const present = new Set(line);
  let insertAt = 0;
  for (const key of old) {
    if (present.has(key)) {
      insertAt = merged.indexOf(key) + 1;
      continue;
    }
    merged.splice(insertAt, 0, key);
    insertAt++;
  }
  return merged;
}
