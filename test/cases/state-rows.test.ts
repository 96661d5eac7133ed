/**
 * The state of every node that keeps keys, printed as rows in the middle of its cases, created again from those rows and
 * restored at another parallelism: the same answers. State that rows do not tell is refused by name, and carried along.
 */
import { beforeAll, expect, it } from 'vitest';
import { EngineError } from '../../engine/base/errors.ts';
import { StateProcessor } from '../../engine/runtime/state-processor/state-processor.ts';
import type { AnyNode } from '../../engine/spec/define-node.ts';
import type { NodeCases, RowsCase } from '../../engine/spec/node-cases.ts';
import { PRODUCT_LOADER } from '../faults/simulation/product-job.ts';
import type { FaultStorage } from '../faults/storage/fault-storage.ts';
import { hasLateRows } from './generate-input.ts';
import { keepsState, loadCases } from './load-cases.ts';
import { mayBeOnDisk } from './on-disk.ts';
import { casesThatRun, reasonAgainst } from './properties.ts';
import { expectedRows } from './run-case.ts';
import { loadCaseModules, simulateCase } from './simulated-case.ts';

const FIRST_SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const SEEDS = Number(process.env['MILLRACE_SEEDS'] ?? 3);
const MORE_SEEDS = 30;
const LIVES = { parallelismMax: 3, batchRowsMax: 2, deathsMax: 5, stepsMax: 250 };

function holds(cases: NodeCases, one: RowsCase): boolean {
  const late = hasLateRows(one.inputs) || one.shows.includes('late');
  return (
    !late &&
    one.lines === undefined &&
    Object.keys(one.outputs).length > 0 &&
    ['restore', 'parallelism'].every((each) => reasonAgainst(each as 'restore' | 'parallelism', cases, one) === null)
  );
}

const cases = (await loadCases())
  .filter(({ definition }) => keepsState(definition))
  .flatMap(({ definition, cases: each }) =>
    casesThatRun(each)
      .filter((one) => holds(each, one) && !one.shows.includes('empty'))
      .flatMap((one) => [
        [definition.type, one.name, definition, one, false] as const,
        ...(mayBeOnDisk(definition, one) ? [[definition.type, `${one.name}, on disk`, definition, one, true] as const] : []),
      ]),
  );

/** By node type and state: rows that were written again, or why they are not shown. */
const told = new Map<string, number | string>();

/** The state of every node whose state can be shown, as rows and back; answers the path of the last savepoint. */
function rewrite(definition: AnyNode, storage: FaultStorage, checkpoint: string): string {
  let processor = new StateProcessor(storage, checkpoint);
  let path = checkpoint;
  const listed = processor.list();
  for (const nodeId of new Set(listed.map((state) => state.nodeId))) {
    const own = listed.filter((state) => state.nodeId === nodeId);
    const hidden = own.filter(({ refusal }) => refusal !== null);
    for (const { state, refusal } of hidden) {
      told.set(`${definition.type} ${state}`, refusal ?? '');
      expect(() => processor.print({ nodeId, state })).toThrow(EngineError);
    }
    if (hidden.length > 0) continue;
    const lines = processor.print({ nodeId });
    path = `/edited/${storage.list('/edited').length}`;
    const numbered = lines.map((text, at) => ({ text, number: at + 1 }));
    expect(processor.create(path, { nodeId }, numbered, 0)).toBe(lines.length);
    processor = new StateProcessor(storage, path);
    expect([...processor.print({ nodeId })].sort()).toEqual([...lines].sort());
    for (const { state, rows } of own) {
      const name = `${nodeId === 'node' ? definition.type : 'other'} ${state}`;
      told.set(name, Number(told.get(name) ?? 0) + (rows ?? 0));
    }
  }
  return path;
}

beforeAll(async () => {
  for (const [, , definition, one] of cases) await loadCaseModules(PRODUCT_LOADER, definition, one);
});

it.each(cases)('%s: %s', { timeout: 60_000 }, (...oneOf) => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) live(oneOf, seed);
});

function live([, , definition, one, stateOnDisk]: readonly [string, string, AnyNode, RowsCase, boolean], seed: number): void {
  const expected = Object.fromEntries(Object.entries(one.outputs).map(([port, rows]) => [port, expectedRows(rows)]));
  const circumstances = {
    ...LIVES,
    seed,
    stateOnDisk,
    rewrite: (storage: FaultStorage, path: string) => rewrite(definition, storage, path),
  };
  const { outputs } = simulateCase(PRODUCT_LOADER, definition, one, circumstances);
  const sorted = Object.fromEntries(Object.entries(outputs).map(([port, rows]) => [port, [...rows].sort()]));
  expect(sorted, `MILLRACE_SEED=${seed}`).toEqual(expected);
}

const KEPT = [
  ['deduplicate', 'seen'],
  ['broadcast', 'broadcast rules'],
  ['window-aggregate', 'slices'],
  ['window-aggregate', 'sessions'],
  ['custom-window', 'windows'],
  ['custom-window', 'records'],
  ['custom-window', '@timers'],
  ['interval-join', 'left'],
  ['interval-join', 'right'],
  ['window-join', 'left'],
  ['window-join', 'right'],
  ['sort', 'groups'],
  ['sort', 'sorted'],
  ['broadcast', 'waiting'],
  ['pattern', 'partial matches'],
  ['pattern', 'waiting rows'],
] as const;

it('wrote rows of keyed state again, and refused what rows do not tell by name', { timeout: 60_000 }, () => {
  for (const [type, state] of KEPT) {
    // Lives may have ended before any row was there, or only after all had gone: others follow.
    for (let seed = FIRST_SEED + SEEDS; seed < FIRST_SEED + SEEDS + MORE_SEEDS && told.get(`${type} ${state}`) === 0; seed++)
      for (const oneOf of cases.filter(([each]) => each === type)) live(oneOf, seed);
    expect(told.get(`${type} ${state}`), `${type} ${state}`).toBeGreaterThan(0);
  }
  for (const [name, count] of told) if (typeof count === 'string') expect(count, name).not.toBe('');
});
