/** Words in English: finding something in the open pipeline. */
export const findStrings = {
  find: {
    title: 'Find',
    label: 'Find nodes, settings, columns, expressions',
    placeholder: 'Find in the pipeline',
    hint: 'Names, settings, columns and expressions of every node. Enter goes to the next one.',
    none: 'Nothing matches “{{query}}”',
    noneText: 'Every word must stand in one name, setting, column or expression.',
    results: 'Found',
    count_one: '{{count}} node',
    count_other: '{{count}} nodes',
    position: '{{index}} of {{count}}',
    shown: '{{label}}, {{index}} of {{count}}',
    kind: { name: 'Name', setting: 'Setting', expression: 'Expression', column: 'Column' },
  },
};
