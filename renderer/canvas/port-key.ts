/** `node/port`, as handles are called. Two handles of one card that stand for one port are told apart by `#2`, which a port's name never has. */
import type { PortReference } from '../../engine/spec/document.ts';

export function portKey(node: string, port: string): string {
  return `${node}/${port}`;
}

export function splitPortKey(key: string): PortReference {
  const slash = key.indexOf('/');
  const mark = key.indexOf('#', slash);
  return { node: key.slice(0, slash), port: mark < 0 ? key.slice(slash + 1) : key.slice(slash + 1, mark) };
}
