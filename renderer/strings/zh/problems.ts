/** Words in Chinese: problems. */
import type { problemsStrings as Shape } from '../en/problems.ts';

export const problemsStrings: typeof Shape = {
  problems: {
    none: '没有问题',
    noneText: '此管道可以运行。',
    emptyText: '先添加数据源和数据汇。',
    error: '错误',
    warning: '警告',
    pipeline: '管道',
    errors_one: '{{count}} 个错误',
    errors_other: '{{count}} 个错误',
    warnings_one: '{{count}} 个警告',
    warnings_other: '{{count}} 个警告',
    noneOfThese: '没有此类问题',
    copyCode: '复制 {{code}}',
    moreFixes: '其他修正',
    severity: '要列出的问题',
    all_one: '共 {{count}} 个',
    all_other: '共 {{count}} 个',
    next: '下一个问题',
    openField: '打开字段',
    applyFix: '应用修正',
  },
};
