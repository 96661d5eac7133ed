/** Words in Chinese: the plan view. */
import type { planStrings as Shape } from '../en/plan.ts';

export const planStrings: typeof Shape = {
  plan: {
    nothing: '还没有可规划的内容',
    nothingText: '引擎由图生成的任务会显示在这里。',
    asking: '正在生成执行计划',
    errors: '没有执行计划：管道有错误',
    errorsText: '请先解决“问题”中列出的错误，执行计划会自动更新。',
    lost: '引擎没有响应',
    lostText: '下一次编辑后会重新生成执行计划。',
    tasks_one: '{{count}} 个任务',
    tasks_other: '{{count}} 个任务',
    tasksLabel: '任务',
    parallelism: '并行度 {{count}}',
    keyGroups: '{{count}} 个键组',
    ownGroups: '各子任务的键组：{{groups}}',
    task: '任务 {{number}}',
    subtasks_one: '{{count}} 个子任务',
    subtasks_other: '{{count}} 个子任务',
    loop: '合并为一个循环',
    into: '送往任务 {{number}}，进入',
    channels_one: '{{count}} 个通道',
    channels_other: '{{count}} 个通道',
    ways: {
      forward: '直接转发',
      hash: '按 {{columns}} 哈希分发',
      rebalance: '轮流分发',
      broadcast: '广播',
      global: '全部送往一个',
    },
    breaks: {
      shuffle: '链在此断开：数据重新分发',
      parallelism: '链在此断开：并行度不同',
      inputs: '链在此断开：下一个节点有多个输入',
      'switched-off': '链在此断开：已关闭算子链',
    },
    workers: '工作线程及共用它的子任务',
    worker: '工作线程',
    shares: '在同一线程中运行',
    subtaskOf: '任务 {{number}} 的子任务 {{subtask}}',
  },
};
