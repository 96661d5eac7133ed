/** Words in Chinese: names of actions, as menus, palette, tooltips and the shortcut sheet show them. */
import type { actionStrings as Shape } from '../en/actions.ts';

export const actionStrings: typeof Shape = {
  action: {
    save: '保存文件',
    open: '打开文件…',
    newPipeline: '新建管道',
    undo: '撤销',
    redo: '重做',
    run: '运行',
    stop: '停止并保留状态',
    savepoint: '立即创建保存点',
    nextProblem: '下一个问题',
    previousProblem: '上一个问题',
    dock: '显示或隐藏面板',
    shortcuts: '键盘快捷键',
  },
};
