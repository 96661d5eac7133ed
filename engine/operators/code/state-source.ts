/** Generated members by which custom code reaches its states; `states` are the handles of the engine, `slot` the key's. */
import type { CodeState } from '../../spec/custom-code/code-types.ts';
import { property } from './column-source.ts';

/** The member `state` of a context; nothing without states. */
export function statesSource(states: readonly CodeState[]): string {
  return states.length === 0 ? '' : `  state: Object.freeze({\n${states.map(stateSource).join('')}  }),\n`;
}

function stateSource({ name, kind }: CodeState, index: number): string {
  const handle = `states[${index}]`;
  const methods: { readonly [K in CodeState['kind']]: string } = {
    value: `get() { return ${handle}.get(slot); }, set(value) { ${handle}.set(slot, value); }`,
    list: `get() { return Array.from(${handle}.get(slot)); }, add(value) { ${handle}.add(slot, value); },
      update(values) { ${handle}.update(slot, values); }`,
    'operator-list': `get() { return Array.from(${handle}.get(slot)); }, add(value) { ${handle}.add(slot, value); },
      update(values) { ${handle}.update(slot, values); }`,
    map: `get(key) { return ${handle}.get(slot, key); }, has(key) { return ${handle}.has(slot, key); },
      put(key, value) { ${handle}.put(slot, key, value); }, remove(key) { ${handle}.remove(slot, key); },
      entries() { return Array.from(${handle}.entries(slot), (entry) => [entry[0], entry[1]]); }, isEmpty() { return ${handle}.isEmpty(slot); }`,
    reducing: `get() { return ${handle}.get(slot); }, add(value) { ${handle}.add(slot, value); }`,
    aggregating: `get() { return ${handle}.get(slot); }, add(value) { ${handle}.add(slot, value); }`,
  };
  return `    ${property(name)}: Object.freeze({ ${methods[kind]}, clear() { ${handle}.clear(slot); } }),\n`;
}
