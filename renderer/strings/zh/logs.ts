/** Words in Chinese: the log of a run. */
import type { logStrings as Shape } from '../en/logs.ts';

export const logStrings: typeof Shape = {
  logs: {
    none: '还没有日志',
    noneText: '运行中发生的事会显示在这里，并标明所在节点。',
    noneOfThese: '没有符合的条目',
    noneOfTheseText: '其余条目被级别、节点或搜索隐藏。',
    showAll: '全部显示',
    info: '信息',
    warning: '警告',
    error: '错误',
    level: '级别',
    all: '全部 {{count}}',
    warnings: '警告 {{count}}',
    errors: '错误 {{count}}',
    node: '节点',
    allNodes: '所有节点',
    search: '搜索日志',
    follow: '跟随末尾',
    hold: '停住列表',
    copy: '复制所列内容（{{count}}）',
    copyLine: '复制此行，{{code}}',
    subtask: '{{node}} · 子任务 {{subtask}}',
    past: '{{time}} 那次运行的日志',
    leavePast: '回到当前运行',
    ofNode: '日志',
    failedHere: '失败',
    failedHereLong: '此节点失败：{{message}}。在日志中查看',
  },
};
