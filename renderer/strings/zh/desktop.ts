/** Words in Chinese: the desktop's window. */
import type { desktopStrings as Shape } from '../en/desktop.ts';

export const desktopStrings: typeof Shape = {
  window: {
    minimise: '最小化',
    maximise: '最大化',
    restore: '还原',
    close: '关闭 Millrace',
    leaveTitle_one: '关闭前保存对 {{name}} 的更改？',
    leaveTitle_other: '关闭前保存对 {{count}} 个管道的更改？',
    leaveText: '现在不保存的更改会存为草稿，下次启动时可以恢复。',
    keepDrafts: '关闭并保留草稿',
    saveAll: '保存并关闭',
  },
};
