/** `millrace plan`: what the engine will make of a pipeline, as lines. */
import { type Language, type Text, text } from '../../spec/text.ts';
import type { PlanView, PlanViewBreak, PlanViewExchange, PlanViewTask } from '../contract/plans.ts';
import { escapeForTerminal } from './exit-codes.ts';

/** Read below the options. */
export const PLAN_HELP = `
  #0 ×2  in → a + b → out   task 0 in two subtasks; a and b are one loop
    → #1  b ⇒ window  hash(k), 4 channels (rows are spread anew)
  worker 0: #0 #1           the subtasks that share worker 0
`;

const BREAKS: Readonly<Record<PlanViewBreak, Text>> = {
  shuffle: text({ en: 'rows are spread anew', zh: '数据重新分发' }),
  parallelism: text({ en: 'another parallelism', zh: '并行度不同' }),
  inputs: text({ en: 'several inputs', zh: '有多个输入' }),
  'switched-off': text({ en: 'chaining is switched off', zh: '已关闭算子链' }),
};

export function formatPlan(plan: PlanView, language: Language): readonly string[] {
  const taskLines = plan.tasks.flatMap((task) => [
    describeTask(task, language),
    ...plan.exchanges
      .filter((exchange) => exchange.fromTask === task.index)
      .map((exchange) => `  → ${describeExchange(exchange, language)}`),
  ]);
  const slots = plan.workers.map(({ index, tasks }) => `worker ${index}: ${tasks.map((task) => `#${task}`).join(' ')}`);
  return [`parallelism ${plan.parallelism}, ${plan.maxParallelism} key groups`, ...taskLines, ...slots].map(escapeForTerminal);
}

function describeTask({ index, parallelism, operators, keyGroups }: PlanViewTask, language: Language): string {
  const chain = operators
    .map(({ nodes, follows }, at) => `${at === 0 ? '' : follows ? ' → ' : ', '}${nodes.map(({ nodeId }) => nodeId).join(' + ')}`)
    .join('');
  const groups = keyGroups === null ? '' : `, ${language === 'zh' ? '键组' : 'key groups'} ${keyGroups.map(range).join(' ')}`;
  return `#${index} ×${parallelism}  ${chain}${groups}`;
}

function range({ start, end }: { readonly start: number; readonly end: number }): string {
  return start > end ? '–' : `${start}–${end}`;
}

function describeExchange({ toTask, from, to, partitioning, columns, channels, because }: PlanViewExchange, language: Language): string {
  const way = columns.length > 0 ? `${partitioning}(${columns.join(', ')})` : partitioning;
  return `#${toTask}  ${from.nodeId} ⇒ ${to.nodeId}  ${way}, ${channels} ${language === 'zh' ? '个通道' : 'channels'} (${BREAKS[because][language]})`;
}
