/** A partition by key needs a key. */
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import type { PartitionConfig } from './node.ts';

const keyMissing = defineProblem('MR2251', 'error', { en: 'Choose the columns that make the key', zh: '请选择作为键的列' });

export function checkPartition(config: PartitionConfig): readonly Problem[] {
  return config.strategy === 'key' && config.keys.length === 0 ? [keyMissing({}, { field: 'keys' })] : [];
}
