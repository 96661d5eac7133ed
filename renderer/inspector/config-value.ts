/** What another field of the same node holds, or would hold if nobody had said anything. */
import type { JsonValue } from '../../engine/base/json.ts';
import { definitionOf } from '../document/definitions.ts';
import type { FieldContext } from './widget.ts';

export function configValue({ config, nodeType }: FieldContext, name: string): JsonValue | undefined {
  if (config[name] !== undefined) return config[name];
  return nodeType === null ? undefined : definitionOf(nodeType)?.fields[name]?.default;
}
