/** What may change without changing a node's rows, tried on one case: each property with its own rows and with made ones. */
import { mix32, SeededRandom } from '../../engine/base/random.ts';
import type { OperatorLoader } from '../../engine/runtime/workers/operator-loader.ts';
import type { AnyNode } from '../../engine/spec/define-node.ts';
import type { CaseProperty, NodeCases, RowsCase } from '../../engine/spec/node-cases.ts';
import { generateInputs, hasLateRows, reorderInputs } from './generate-input.ts';
import { expectedRows } from './run-case.ts';
import { type Circumstances, type SimulatedAnswer, simulateCase } from './simulated-case.ts';

export const PROPERTIES: readonly CaseProperty[] = ['batches', 'parallelism', 'restore', 'splits', 'order'];

export interface Trial {
  readonly property: CaseProperty;
  /** Rows of the answer that all others must be. */
  readonly rows: number;
  readonly restores: number;
  readonly rescales: number;
  /** Null when the answer is the same. */
  readonly difference: string | null;
}

/** One batch after the other holds all rows there are, in one subtask that never dies. */
const PLAIN: Omit<Circumstances, 'seed'> = { parallelismMax: 1, batchRowsMin: 4096, batchRowsMax: 4096, deathsMax: 0, stepsMax: 1 };
const PARALLELISM_MAX = 3;
const BATCH_ROWS_MAX = 7;

/** Why a property is not tried on this node or case; null: it must hold. */
export function reasonAgainst(property: CaseProperty, cases: NodeCases, one: RowsCase): string | null {
  const declared = one.varies?.[property] ?? cases.varies?.[property];
  if (declared !== undefined) return declared;
  if (property === 'parallelism' && one.parallel === false) return 'its answer is that of parallelism 1';
  if ((property === 'splits' || property === 'order') && one.inputs === undefined) return 'it has no input';
  return null;
}

/** Tries every property that must hold, on the case's rows and on made ones. */
export function tryCase(loader: OperatorLoader, definition: AnyNode, cases: NodeCases, one: RowsCase, seed: number): readonly Trial[] {
  const own = tryInput(loader, definition, cases, one, seed, statedRows(one));
  const made = makeCase(loader, definition, one, seed);
  return made === null ? own : [...own, ...tryInput(loader, definition, cases, made, seed, null)];
}

/** The case with made rows; where the node refuses a value of the right type (a pause of no length), with values of its own only. */
function makeCase(loader: OperatorLoader, definition: AnyNode, one: RowsCase, seed: number): RowsCase | null {
  const make = (newValues: boolean) => generateInputs(one.inputs, new SeededRandom(mix32(seed)), newValues);
  const inputs = make(true);
  if (inputs === null) return null;
  try {
    simulateCase(loader, definition, { ...one, inputs }, { ...PLAIN, seed });
    return { ...one, inputs };
  } catch {
    return { ...one, inputs: make(false) ?? inputs };
  }
}

/** Properties that were tried on no row although some case must hold them: a comparison of nothing proves nothing. */
export function untriedProperties(cases: NodeCases, trials: readonly Trial[]): readonly CaseProperty[] {
  const compared = new Set(trials.filter(({ rows }) => rows > 0).map(({ property }) => property));
  return PROPERTIES.filter(
    (property) => !compared.has(property) && casesThatRun(cases).some((one) => reasonAgainst(property, cases, one) === null),
  );
}

export function casesThatRun({ rows }: NodeCases): readonly RowsCase[] {
  return rows.filter((one) => one.fails === undefined);
}

function tryInput(
  loader: OperatorLoader,
  definition: AnyNode,
  cases: NodeCases,
  one: RowsCase,
  seed: number,
  stated: Rows | null,
): readonly Trial[] {
  const plain = simulateCase(loader, definition, one, { ...PLAIN, seed });
  const expected = stated ?? sortRows(plain.outputs);
  const late = hasLateRows(one.inputs) || (stated !== null && one.shows.includes('late'));
  return PROPERTIES.flatMap((property) => {
    if (reasonAgainst(property, cases, one) !== null) return [];
    if (late && property !== 'batches') return [];
    const changed = property === 'order' ? { ...one, inputs: reorderInputs(one.inputs, new SeededRandom(mix32(seed + 1))) } : one;
    const answer = simulateCase(loader, definition, changed, { ...circumstancesOf(property, cases, one), seed });
    const ordered = property === 'batches' && keepsOrder(definition, one);
    const difference = ordered ? compare(plain.outputs, answer.outputs) : compare(expected, sortRows(answer.outputs));
    return [{ property, rows: countRows(expected), restores: answer.restores, rescales: answer.rescales, difference }];
  });
}

/** What changes besides: whatever else must hold as well. */
function circumstancesOf(property: CaseProperty, cases: NodeCases, one: RowsCase): Omit<Circumstances, 'seed'> {
  const holds = (each: CaseProperty) => reasonAgainst(each, cases, one) === null;
  const parallel = holds('parallelism') && (property !== 'splits' || holds('order'));
  const batchRows = holds('batches') ? { batchRowsMax: BATCH_ROWS_MAX } : { batchRowsMin: 4096, batchRowsMax: 4096 };
  const changed = { ...PLAIN, batchRowsMin: 1, ...batchRows, parallelismMax: parallel ? PARALLELISM_MAX : 1 };
  switch (property) {
    case 'batches':
      return { ...changed, parallelismMax: 1 };
    case 'parallelism':
      return { ...changed, parallelismMin: 2 };
    case 'restore':
      return { ...changed, deathsMax: 5, stepsMax: 300 };
    case 'splits':
      return { ...changed, splits: 3 };
    case 'order':
      return changed;
  }
}

type Rows = SimulatedAnswer['outputs'];

/** Null where the case does not say what comes out. */
function statedRows(one: RowsCase): Rows | null {
  if (one.lines !== undefined) return one.lines.length === 0 ? null : { lines: [...one.lines].sort() };
  const ports = Object.entries(one.outputs);
  return ports.length === 0 ? null : Object.fromEntries(ports.map(([port, rows]) => [port, expectedRows(rows)]));
}

/** A stage hands rows on as they come; several streams come as they may. */
function keepsOrder({ execution }: AnyNode, { inputs }: RowsCase): boolean {
  const streams = Object.values(inputs ?? {}).flat();
  return execution === 'stage' && streams.length === 1;
}

function sortRows(rows: Rows): Rows {
  return Object.fromEntries(Object.entries(rows).map(([port, list]) => [port, [...list].sort()]));
}

function countRows(rows: Rows): number {
  return Object.values(rows).reduce((sum, list) => sum + list.length, 0);
}

/** The first row that differs, by port. */
function compare(expected: Rows, found: Rows): string | null {
  for (const [port, rows] of Object.entries(expected)) {
    const others = found[port] ?? [];
    const at = rows.findIndex((row, index) => row !== others[index]);
    if (at < 0 && others.length === rows.length) continue;
    const place = at < 0 ? rows.length : at;
    return `${port}, row ${place}: ${others[place] ?? 'nothing'} instead of ${rows[place] ?? 'nothing'} (${others.length} rows instead of ${rows.length})`;
  }
  return null;
}
