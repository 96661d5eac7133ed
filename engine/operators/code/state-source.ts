/** Generated members by which custom code reaches its states; `states` are the handles of the engine. */
import type { CodeState } from '../../spec/custom-code/code-types.ts';
import { property } from './column-source.ts';

/** How states are reached: `slot` is an expression for the key's; broadcast maps are written only where that is said. */
export interface StateAccess {
  readonly slot: string;
  readonly writesBroadcast: boolean;
}

export const PLAIN_ACCESS: StateAccess = { slot: 'slot', writesBroadcast: false };

/** The member `state` of a context with those of the `states` that are chosen; nothing without any. */
export function statesSource(
  states: readonly CodeState[],
  access: StateAccess = PLAIN_ACCESS,
  chosen: (state: CodeState) => boolean = () => true,
): string {
  const members = states.flatMap((state, index) => (chosen(state) ? [stateSource(state, index, access)] : []));
  return members.length === 0 ? '' : `  state: Object.freeze({\n${members.join('')}  }),\n`;
}

function stateSource({ name, kind }: CodeState, index: number, { slot, writesBroadcast }: StateAccess): string {
  const handle = `states[${index}]`;
  const clear = `clear() { ${handle}.clear(${slot}); }`;
  const list = `get() { return Array.from(${handle}.get(${slot})); }, add(value) { ${handle}.add(${slot}, value); },
      update(values) { ${handle}.update(${slot}, values); }, ${clear}`;
  const reads = (own: string): string => `get(key) { return ${handle}.get(${own}, key); }, has(key) { return ${handle}.has(${own}, key); },
      entries() { return Array.from(${handle}.entries(${own}), (entry) => [entry[0], entry[1]]); }, isEmpty() { return ${handle}.isEmpty(${own}); }`;
  const made = `get() { return ${handle}.get(${slot}); }, add(value) { ${handle}.add(${slot}, value); }, ${clear}`;
  const methods: { readonly [K in CodeState['kind']]: string } = {
    value: `get() { return ${handle}.get(${slot}); }, set(value) { ${handle}.set(${slot}, value); }, ${clear}`,
    list,
    'operator-list': list.replaceAll(slot, '0'),
    map: `${reads(slot)}, put(key, value) { ${handle}.put(${slot}, key, value); }, remove(key) { ${handle}.remove(${slot}, key); }, ${clear}`,
    broadcast: writesBroadcast
      ? `${reads('0')}, put(key, value) { writing(); ${handle}.put(0, key, value); },
      remove(key) { writing(); ${handle}.remove(0, key); }, clear() { writing(); ${handle}.clear(0); }`
      : reads('0'),
    reducing: made,
    aggregating: made,
  };
  return `    ${property(name)}: Object.freeze({ ${methods[kind]} }),\n`;
}
