/** Words in Chinese: files, drafts and dialogs about them. */
import type { filesStrings as Shape } from '../en/files.ts';

export const filesStrings: typeof Shape = {
  files: {
    openTitle: '打开管道',
    saveTitle: '保存管道',
    chooseTitle: '选择文件',
    name: '文件名',
    empty: '此文件夹为空',
    roots: '文件夹',
    loading: '正在读取文件夹…',
    saved: '已保存',
    savedAs: '已保存为 {{name}}',
    conflictTitle: '{{name}} 在磁盘上已更改',
    conflictText: '文件打开后被其他程序写入，现在保存会覆盖那些更改。',
    keepMine: '保留当前版本并保存',
    loadIt: '载入磁盘版本',
    changedBanner: '{{name}} 于 {{time}} 在磁盘上更改。',
    draftTitle: '{{name}} 有更新的草稿',
    draftText: '草稿写于 {{time}}，尚未保存。',
    openDraft: '打开草稿',
    openSaved: '打开已保存的文件',
    cannotRead: '无法打开此文件',
    discardTitle: '保存对 {{name}} 的更改？',
    discardText: '管道有尚未写入文件的更改。',
    discard: '不保存',
    renameTitle: '重命名管道',
  },
};
