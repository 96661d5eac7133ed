/** Words in Chinese: which figures of a run the canvas shows. */
import type { figureLensStrings as Shape } from '../en/figure-lens.ts';

export const figureLensStrings: typeof Shape = {
  figureLens: {
    label: '画布显示的内容',
    throughput: '吞吐',
    watermark: '水位线',
    state: '状态',
    skew: '倾斜',
    throughputScale: '10 · 1k · 10k/s',
    watermarkScale: '落后 10 s · 1 min · 1 h',
    stateScale: '1 kB · 1 MB · 1 GB',
    skewScale: '10 · 1k · 10k/s',
    uneven: '子任务不均',
    noWatermark: '无事件时间',
    noState: '无状态',
    keys: '{{keys}} 键',
    noSkew: '单个子任务或均匀',
    fullest: '子任务 {{subtask}} 占 {{percent}}%',
  },
};
