/** Words in Chinese: finding something in the open pipeline. */
import type { findStrings as Shape } from '../en/find.ts';

export const findStrings: typeof Shape = {
  find: {
    title: '查找',
    label: '查找节点、设置、列、表达式',
    placeholder: '在管道中查找',
    hint: '查找每个节点的名称、设置、列和表达式。按 Enter 前往下一个。',
    none: '没有与“{{query}}”匹配的内容',
    noneText: '每个词都要出现在同一个名称、设置、列或表达式中。',
    results: '查找结果',
    count_one: '{{count}} 个节点',
    count_other: '{{count}} 个节点',
    position: '第 {{index}} 个，共 {{count}} 个',
    shown: '{{label}}，第 {{index}} 个，共 {{count}} 个',
    kind: { name: '名称', setting: '设置', expression: '表达式', column: '列' },
  },
};
