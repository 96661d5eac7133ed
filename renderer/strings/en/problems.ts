/** Words in English: problems. */
export const problemsStrings = {
  problems: {
    none: 'No problems',
    noneText: 'This pipeline can run.',
    emptyText: 'Add a source and a sink to begin.',
    error: 'Error',
    warning: 'Warning',
    pipeline: 'pipeline',
    errors_one: '{{count}} error',
    errors_other: '{{count}} errors',
    warnings_one: '{{count}} warning',
    warnings_other: '{{count}} warnings',
    noneOfThese: 'None of these',
    copyCode: 'Copy {{code}}',
    moreFixes: 'Other fixes',
    severity: 'Problems to list',
    all_one: '{{count}} in all',
    all_other: '{{count}} in all',
    next: 'next problem',
    openField: 'open field',
    applyFix: 'apply fix',
  },
};
