/** Flink SQL decides itself how rows are spread; only where that would change the rows is the node refused. */
import type { FlinkContext, FlinkContribution } from '../../../spec/contributions/flink.ts';
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { text } from '../../../spec/text.ts';
import type { PartitionConfig } from './node.ts';

export function partitionFlink(context: FlinkContext<PartitionConfig>): FlinkContribution | Unsupported {
  if (context.config.strategy === 'broadcast') {
    return unsupported(
      text({ en: 'Flink SQL cannot send every row to every subtask', zh: 'Flink SQL 无法把每一行发送到所有子任务' }),
      text({ en: 'leave the node out, or join with the rows as a table', zh: '去掉此节点，或把这些行作为表进行关联' }),
    );
  }
  const note = text({ en: 'Flink SQL spreads rows by itself; the rows are the same', zh: 'Flink SQL 自行决定数据分发；结果数据相同' });
  return { outputs: { out: context.input() }, notes: [note] };
}
