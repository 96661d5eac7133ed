/** The harness of properties can fail: each property finds a defect that was planted for it, and comparing nothing is told. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Operator, OperatorContext } from '../../engine/operators/operator.ts';
import type { NodeModule, OperatorLoader } from '../../engine/runtime/workers/operator-loader.ts';
import type { CaseProperty } from '../../engine/spec/node-cases.ts';
import { PRODUCT_LOADER } from '../faults/simulation/product-job.ts';
import { loadCases } from './load-cases.ts';
import { PROPERTIES, tryCase, untriedProperties } from './properties.ts';
import { loadCaseModules } from './simulated-case.ts';

const SEEDS = 6;
const found = (await loadCases()).find(({ definition }) => definition.type === 'deduplicate');
if (found === undefined) throw new Error('the catalogue has a node that keeps keys');
const { definition, cases } = found;
const [one] = cases.rows;

beforeAll(() => loadCaseModules(PRODUCT_LOADER, definition, one));

/** The product with one node changed. */
function withModule(type: string, change: (module: NodeModule) => NodeModule): OperatorLoader {
  return {
    load: PRODUCT_LOADER.load,
    module: (name) => (name === type ? change(PRODUCT_LOADER.module(name)) : PRODUCT_LOADER.module(name)),
  };
}

function withOperator(change: (operator: Operator, context: OperatorContext) => Partial<Operator>): OperatorLoader {
  return withModule(definition.type, (module) => ({
    ...module,
    createOperator: (config: never, context) => {
      const operator = module.createOperator?.(config, context);
      if (operator === undefined) throw new Error('the node is an operator');
      return Object.assign(operator, change(operator, context));
    },
  }));
}

const defects: readonly (readonly [CaseProperty, string, OperatorLoader])[] = [
  [
    'batches',
    'what a batch has behind its third row is lost',
    withOperator((operator) => {
      const process = operator.processBatch.bind(operator);
      return { processBatch: (input, batch) => process(input, Object.assign(batch, { selectedCount: Math.min(batch.selectedCount, 3) })) };
    }),
  ],
  [
    'parallelism',
    'subtasks but the first lose their rows',
    withOperator((operator, context) => (context.subtaskIndex === 0 ? {} : { processBatch: () => 'done' as const, drain: operator.drain })),
  ],
  [
    'restore',
    'state is forgotten',
    withOperator((operator) => {
      const open = operator.open.bind(operator);
      return { open: () => open([]) };
    }),
  ],
  [
    'splits',
    'only the first split is read',
    withModule('file-source', (module) => ({
      ...module,
      createEnumerator: (config: never, environment) => {
        const enumerator = module.createEnumerator?.(config, environment);
        if (enumerator === undefined) throw new Error('files are handed out');
        const next = enumerator.nextSplit.bind(enumerator);
        let handedOut = false;
        return Object.assign(enumerator, {
          nextSplit: (subtaskIndex: number) => {
            if (handedOut) return { kind: 'none' as const };
            handedOut = true;
            return next(subtaskIndex);
          },
        });
      },
    })),
  ],
];

function foundBy(loader: OperatorLoader, honest = cases): readonly CaseProperty[] {
  const trials = Array.from({ length: SEEDS }, (_, seed) => tryCase(loader, definition, honest, one, seed + 1)).flat();
  return PROPERTIES.filter((property) => trials.some((trial) => trial.property === property && trial.difference !== null));
}

describe('a planted defect', () => {
  it.each(defects)('%s: %s', (property, _told, loader) => {
    expect(foundBy(loader)).toContain(property);
  });

  it('order: a dependence that is not declared', () => {
    // Subtasks that take splits in turns change the order too.
    expect(foundBy(PRODUCT_LOADER, { ...cases, varies: {} })).toContain('order');
  });

  it('none: nothing is found', () => {
    expect(foundBy(PRODUCT_LOADER)).toEqual([]);
  });
});

it('tells of properties that were compared on no row', () => {
  const empty = PROPERTIES.map((property) => ({ property, rows: 0, restores: 0, rescales: 0, difference: null }));
  expect(untriedProperties(cases, empty)).toEqual(['batches', 'parallelism', 'restore', 'splits']);
  expect(untriedProperties(cases, [])).toEqual(['batches', 'parallelism', 'restore', 'splits']);
});
