/** `node/port`, as handles are called. */
import type { PortReference } from '../../engine/spec/document.ts';

export function splitPortKey(key: string): PortReference {
  const slash = key.indexOf('/');
  return { node: key.slice(0, slash), port: key.slice(slash + 1) };
}
