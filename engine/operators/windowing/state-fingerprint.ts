/** What stored windows were computed for; a restore into a node that computes something else is refused by name. */
import { EngineError } from '../../base/errors.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { AggregateCall } from '../aggregating/aggregate-call.ts';
import type { RestoredSection } from '../operator.ts';

/** Window, key types and aggregates as one text; nullability and column names do not matter. */
export function stateFingerprint(window: string, keyTypes: readonly LogicalType[], calls: readonly AggregateCall[]): string {
  const keys = keyTypes.map(printType).join(', ');
  return `${window} by (${keys}) of ${calls.map(printCall).join(', ')}`;
}

/** `SUM(INTEGER)`, `COUNT(*)`. */
export function printCall({ function: name, argumentType }: AggregateCall): string {
  return `${name}(${argumentType === null ? '*' : printType(argumentType)})`;
}

export function checkFingerprint(nodeId: string, stored: string, expected: string): void {
  if (stored === expected) return;
  throw new EngineError('MR5033', `node ${nodeId}: the stored state is that of ${stored}, but the node now computes ${expected}`, {
    domain: 'user',
    nodeId,
    remedy: 'change the node back, give it a new id, or start without the stored state',
    zh: {
      message: `节点 ${nodeId}：已存状态属于“${stored}”，而此节点现在计算“${expected}”`,
      remedy: '请改回此节点、给它新的 id，或不使用已存状态启动',
    },
  });
}

/** The sections of that name; state kept in another way (sessions that now fire again, say) is refused, not forgotten. */
export function keyedSections(nodeId: string, restored: readonly RestoredSection[], name: string): RestoredSection[] {
  const keyed = restored.filter((section) => section.distribution === 'keyed');
  const other = keyed.find((section) => section.name !== name);
  if (other !== undefined) checkFingerprint(nodeId, `another kind of window (${other.name})`, `windows kept as ${name}`);
  return keyed;
}

function printType(type: LogicalType): string {
  return type.kind === 'DECIMAL' ? `DECIMAL(${type.precision}, ${type.scale})` : type.kind;
}
