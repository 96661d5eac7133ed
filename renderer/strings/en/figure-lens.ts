/** Words in English: which figures of a run the canvas shows. */
export const figureLensStrings = {
  figureLens: {
    label: 'What the canvas shows',
    throughput: 'Throughput',
    watermark: 'Watermark',
    state: 'State',
    skew: 'Skew',
    throughputScale: '10 · 1k · 10k/s',
    watermarkScale: '10 s · 1 min · 1 h behind',
    stateScale: '1 kB · 1 MB · 1 GB held',
    skewScale: '10 · 1k · 10k/s',
    uneven: 'uneven subtasks',
    noWatermark: 'no event time',
    noState: 'no state',
    keys: '{{keys}} keys',
    noSkew: 'one subtask, or even',
    fullest: 'subtask {{subtask}} has {{percent}}%',
  },
};
