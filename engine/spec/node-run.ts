/** How a node is run, as people may say it beside its config: its own parallelism, and whether it joins a chain. */
import type { JsonObject, JsonValue } from '../base/json.ts';
import type { NodeSpec } from './document.ts';
import type { ConfigOf } from './fields.ts';
import { choiceField, numberField } from './fields.ts';
import { text } from './text.ts';

const RUNNING = text({ en: 'Running', zh: '运行方式' });

export const nodeRunFields = {
  parallelism: numberField({
    label: text({ en: 'Own parallelism', zh: '单独的并行度' }),
    whenEmpty: text({ en: 'as the job', zh: '同作业' }),
    help: text({
      en: 'Subtasks of this node; left empty: those of the job. Nodes of different parallelism are not chained: rows between them are dealt out in turn, or by key where the next node has one.',
      zh: '此节点的子任务数；留空时使用作业的并行度。并行度不同的节点不会链接：它们之间的数据轮流分发，若下一个节点有键则按键分发。',
    }),
    integer: true,
    minimum: 1,
    maximum: 64,
    optional: true,
    section: RUNNING,
  }),
  chaining: choiceField({
    label: text({ en: 'Chaining', zh: '算子链' }),
    help: text({
      en: 'Chained nodes share a task and hand rows on by a call. A node of its own task can work at the same time as its neighbours.',
      zh: '链接在一起的节点共用一个任务，数据通过函数调用传递。单独成任务的节点可与相邻节点同时工作。',
    }),
    options: [
      { value: 'join', label: text({ en: 'Where possible', zh: '尽可能链接' }) },
      { value: 'start', label: text({ en: 'Start a new chain here', zh: '从此处开始新链' }) },
      { value: 'never', label: text({ en: 'Never chain this node', zh: '不链接此节点' }) },
    ],
    section: RUNNING,
  }),
};

export type NodeRun = ConfigOf<typeof nodeRunFields>;

/** What the document says of it, as a config of these fields. */
export function nodeRunJson(spec: Pick<NodeSpec, 'parallelism' | 'chaining'>): JsonObject {
  const json: { [name: string]: JsonValue } = {};
  if (spec.parallelism !== undefined) json['parallelism'] = spec.parallelism;
  if (spec.chaining !== undefined) json['chaining'] = spec.chaining;
  return json;
}
