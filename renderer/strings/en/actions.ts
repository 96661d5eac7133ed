/** Words in English: names of actions, as menus, palette, tooltips and the shortcut sheet show them. */
export const actionNames = {
  save: 'Save file',
  open: 'Open file…',
  newPipeline: 'New pipeline',
  undo: 'Undo',
  redo: 'Redo',
  run: 'Run',
  stop: 'Stop and keep state',
  savepoint: 'Savepoint now',
  nextProblem: 'Next problem',
  previousProblem: 'Previous problem',
  dock: 'Show or hide the dock',
  shortcuts: 'Keyboard shortcuts',
};

export type ActionStrings = typeof actionNames;

export const actionStrings = { action: actionNames };
