/** Words in Chinese: shortcut sheet. */
import type { keyboardStrings as Shape } from '../en/keyboard.ts';

export const keyboardStrings: typeof Shape = {
  shortcuts: {
    title: '键盘',
    run: '运行',
    stop: '停止并保留状态',
    savepoint: '立即做保存点',
    save: '保存',
    open: '打开',
    undo: '撤销',
    redo: '重做',
    remove: '删除',
    selectAll: '全选',
    duplicate: '创建副本',
    clipboard: '复制、剪切、粘贴',
    heal: '删除并重新连接',
    zoomReset: '缩放到 100%',
    fit: '显示全部',
    zoom: '放大、缩小',
    nudge: '微移',
    nudgeFar: '大步移动',
    walk: '走到相邻节点',
    connect: '连线，再选择节点',
    rename: '重命名',
    switchOff: '关闭或启用',
    nextProblem: '下一个问题',
    quickAdd: '添加节点',
    layout: '自动排列',
    inspect: '转到设置',
    escape: '返回一步',
  },
};
