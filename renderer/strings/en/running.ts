/** Words in English: a running node in the inspector: why it is slow, its last minutes, its newest rows. */
export const runningStrings = {
  running: {
    bottleneck: 'Bottleneck, busy {{busy}}%.',
    hotSubtask:
      'Subtask {{subtask}} gets {{percent}}% of the rows: rows of one key always go to one subtask. More parallelism does not help; a key that spreads better does.',
    hotKey:
      '<b>{{key}}</b> has {{keyPercent}}% of the rows, and rows of one key always go to one subtask: subtask {{subtask}} gets {{percent}}%. More parallelism does not help; a key that spreads better does.',
    slowSink: 'Those before it wait: what it writes to takes rows more slowly than they come, now {{rate}}/s.',
    slow: 'Those before it wait: its work for {{rate}} rows/s takes the time.',
    showSkew: 'Show skew',
    changeKeys: 'Change the keys',
    rowsComing: 'Rows on the way in',
    restarts: 'Changes the job settings and restarts with the state kept',
    parallelism: 'Parallelism {{from}} → {{to}}',
    pressed: 'Back-pressured {{percent}}%.',
    waitsFor: 'It is not slow itself: it waits for {{node}}.',
    waitsUnknown: 'It is not slow itself: it waits for what comes after it.',
    showCause: 'Show the cause',
    awaited: 'The first figures come within a second.',
    keepsUp: 'It keeps up: at work {{busy}}% of the time.',
    over: 'The run has ended: these are the figures of all of it.',
    busyChart: 'Busy, last 5 min',
    busyChartLabel: 'Busy {{now}}% now, {{mean}}% on average',
    rowsOut: 'Latest rows out',
    rowsIn: 'Latest rows in',
    allRows: 'Show more rows below',
  },
};
