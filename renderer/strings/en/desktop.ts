/** Words in English: the desktop's window. */
export const desktopStrings = {
  window: {
    minimise: 'Minimise',
    maximise: 'Maximise',
    restore: 'Restore',
    close: 'Close Millrace',
    leaveTitle_one: 'Save changes to {{name}} before closing?',
    leaveTitle_other: 'Save changes to {{count}} pipelines before closing?',
    leaveText: 'What is not saved now is kept as a draft and offered at the next start.',
    keepDrafts: 'Close, keep drafts',
    saveAll: 'Save and close',
  },
};
