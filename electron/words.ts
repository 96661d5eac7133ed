/** The few words that the desktop says outside the page: questions of last resort, and the menu of macOS. */
export type Language = 'en' | 'zh';

const EN = {
  outside: 'Open this address in your browser?',
  open: 'Open',
  cancel: 'Cancel',
  crashed: 'The window of Millrace keeps failing.',
  crashedDetail: 'Unsaved work is kept as a draft, and runs go on in the engine.',
  hung: 'The window of Millrace does not answer.',
  wait: 'Wait',
  reload: 'Reload the window',
  quit: 'Quit Millrace',
  pipelines: 'Pipelines',
  file: 'File',
  newPipeline: 'New Pipeline',
  openFile: 'Open…',
  save: 'Save',
  saveAs: 'Save As…',
  closeTab: 'Close Tab',
  settings: 'Settings…',
};

export type Words = typeof EN;

const ZH: Words = {
  outside: '在浏览器中打开此地址？',
  open: '打开',
  cancel: '取消',
  crashed: 'Millrace 窗口反复出错。',
  crashedDetail: '未保存的更改已存为草稿，引擎中的运行仍在继续。',
  hung: 'Millrace 窗口没有响应。',
  wait: '等待',
  reload: '重新加载窗口',
  quit: '退出 Millrace',
  pipelines: '管道',
  file: '文件',
  newPipeline: '新建管道',
  openFile: '打开…',
  save: '保存',
  saveAs: '另存为…',
  closeTab: '关闭标签页',
  settings: '设置…',
};

export function wordsIn(language: Language): Words {
  return language === 'zh' ? ZH : EN;
}
