/** What a pipeline as a whole can promise: the weakest of its sources, its sinks and what was asked for. */
import type { Guarantee, ResolvedGraph } from './resolved-graph.ts';
import { fillText, text } from './text.ts';

const NO_CHECKPOINTS = text({
  en: 'No checkpoints are taken: after a failure the run starts anew',
  zh: '不做检查点：失败后从头开始',
});
const LOST_AT_SOURCE = text({
  en: '"{node}" cannot be read again: rows it delivered after the last checkpoint are lost in a failure',
  zh: '“{node}”无法重新读取：最近一次检查点之后读到的数据会在失败时丢失',
});
const REPEATED_AT_SINK = text({
  en: '"{node}" shows rows at once: those after the last checkpoint repeat after a failure',
  zh: '“{node}”立即输出数据：最近一次检查点之后的数据会在失败后重复',
});
const ASKED_FOR = text({ en: 'At least once was asked for', zh: '设置为至少一次' });
const EXACT = text({
  en: 'Every source can be read again and every sink commits with the checkpoint',
  zh: '所有数据源都可重新读取，所有数据汇都随检查点提交',
});

export function computeGuarantee(graph: ResolvedGraph): Guarantee {
  const { guarantee } = graph.job;
  if (guarantee === 'at-most-once') return { guarantee, reason: NO_CHECKPOINTS };
  const deliveries = graph.nodes.map((node) => ({ label: node.label, delivery: node.definition.delivery?.(node.config) }));
  const lossy = deliveries.find((node) => node.delivery === 'not-replayable');
  if (lossy !== undefined) return { guarantee: 'at-most-once', reason: fillText(LOST_AT_SOURCE, { node: lossy.label }) };
  const repeating = deliveries.find((node) => node.delivery === 'repeats');
  if (repeating !== undefined) return { guarantee: 'at-least-once', reason: fillText(REPEATED_AT_SINK, { node: repeating.label }) };
  return guarantee === 'at-least-once' ? { guarantee, reason: ASKED_FOR } : { guarantee: 'exactly-once', reason: EXACT };
}
