/**
 * States of custom code as keyed state knows them. Reducing and aggregating states are made by functions of the code, which is read
 * only once there is state for it: the specs look the functions up when something is added.
 */
import type { CodeState } from '../../spec/custom-code/code-types.ts';
import { isKeyed, needsFunctions } from '../../spec/custom-code/code-types.ts';
import type { StateSpec, StateValue, TimeToLive } from '../../state/state-spec.ts';
import { list, map, value } from '../../state/state-spec.ts';
import { fromCode, toCode } from './code-values.ts';

type Reduce = (kept: unknown, added: unknown) => unknown;

interface Aggregate {
  readonly createAccumulator: () => unknown;
  readonly add: (value: unknown, accumulator: unknown) => unknown;
  readonly getResult: (accumulator: unknown) => unknown;
}

const AGGREGATE_FUNCTIONS = ['createAccumulator', 'add', 'getResult'] as const;

export class StateFunctions {
  readonly specs: readonly StateSpec[];
  private readonly states: readonly CodeState[];
  private readonly reduces = new Map<string, Reduce>();
  private readonly aggregates = new Map<string, Aggregate>();

  constructor(states: readonly CodeState[]) {
    this.states = states;
    this.specs = states.filter(isKeyed).map((state) => this.specOf(state));
  }

  /** Takes what the code calls `states`; answers in words what is missing, null when all is there. */
  bind(given: unknown): string | null {
    for (const state of this.states.filter(needsFunctions)) {
      const own = memberOf(given, state.name);
      if (state.kind === 'reducing') {
        if (typeof own !== 'function') return `“states.${state.name}” must be a function (kept, added) => …`;
        this.reduces.set(state.name, own as Reduce);
        continue;
      }
      const missing = AGGREGATE_FUNCTIONS.find((name) => typeof memberOf(own, name) !== 'function');
      if (missing !== undefined) return `“states.${state.name}.${missing}” must be a function`;
      this.aggregates.set(state.name, own as Aggregate);
    }
    return null;
  }

  private specOf(state: CodeState): StateSpec {
    const { name, kind, type, keyType, aggregate, expiry } = state;
    const ttl: TimeToLive | null = expiry === null ? null : { ...expiry, cleanup: 'background' };
    if (kind === 'list') return list(name, [type], ttl);
    if (kind === 'map' && keyType !== null) return map(name, [keyType], [type], ttl);
    if (kind === 'reducing') return { kind, name, types: [type], ttl, reduce: (kept, added) => this.reduce(state, kept, added) };
    if (aggregate === null) return value(name, [type], ttl);
    return { kind: 'aggregating', name, types: [type], ttl, ...this.aggregateOf(state, aggregate) };
  }

  private reduce({ name, type }: CodeState, [kept]: StateValue, [added]: StateValue): StateValue {
    const reduce = called(this.reduces, name);
    return [fromCode(type, reduce(toCode(type, kept), toCode(type, added)), `what states.${name} answers`)];
  }

  private aggregateOf({ name, type }: CodeState, { added, result }: NonNullable<CodeState['aggregate']>) {
    const kept = (accumulator: unknown, answered: string): StateValue => [
      fromCode(type, accumulator, `what states.${name}.${answered} answers`),
    ];
    return {
      create: (): StateValue => kept(called(this.aggregates, name).createAccumulator(), 'createAccumulator'),
      add: ([accumulator]: StateValue, [given]: StateValue): StateValue =>
        kept(called(this.aggregates, name).add(toCode(added, given), toCode(type, accumulator)), 'add'),
      result: ([accumulator]: StateValue): StateValue => [
        fromCode(result, called(this.aggregates, name).getResult(toCode(type, accumulator)), `what states.${name}.getResult answers`),
      ],
    };
  }
}

function called<T>(functions: ReadonlyMap<string, T>, name: string): T {
  const found = functions.get(name);
  if (found === undefined) throw new TypeError(`state "${name}" cannot be added to before the code has been read`);
  return found;
}

function memberOf(given: unknown, name: string): unknown {
  return typeof given === 'object' && given !== null ? (given as { readonly [name: string]: unknown })[name] : undefined;
}
