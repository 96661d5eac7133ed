/** Windows of every kind Flink's DataStream API has: any bounds, triggers and evictors, aggregates or all rows. */
import type { OutputPort } from '../../../spec/define-node.ts';
import { defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import { formatDuration } from '../../../spec/duration.ts';
import type { Language } from '../../../spec/text.ts';
import { text } from '../../../spec/text.ts';
import { checkCustomWindow } from './check.ts';
import type { CustomWindowConfig } from './fields.ts';
import { customWindowFields, inEventTime } from './fields.ts';
import { customWindowFlink } from './flink.ts';
import { customWindowSchema } from './schema.ts';
import { customWindowSpark } from './spark.ts';

export const customWindow = defineNode({
  type: 'custom-window',
  category: 'windows',
  execution: 'operator',
  rank: 2,
  label: text({ en: 'Custom window', zh: '自定义窗口' }),
  summary: text({
    en: 'Windows by count, clock, session or none, that fire when and as often as you say.',
    zh: '按行数、时钟、会话或全局划分的窗口，可自定触发时机与次数。',
  }),
  searchWords: [
    'trigger',
    'evictor',
    'countWindow',
    'GlobalWindows',
    'EventTimeSessionWindows',
    'withDynamicGap',
    'ContinuousEventTimeTrigger',
    'PurgingTrigger',
    'DeltaTrigger',
    'ProcessingTimeoutTrigger',
    'TimeEvictor',
    'early firing',
    'processing time',
    'micro batch',
  ],
  presets: [
    {
      id: 'count',
      label: text({ en: 'Count window', zh: '计数窗口' }),
      summary: text({ en: 'So many rows of a key.', zh: '每个键每满若干行。' }),
      config: { window: 'count' },
      icon: 'icon-count.svg',
    },
    {
      id: 'sliding-count',
      label: text({ en: 'Sliding count', zh: '滑动计数窗口' }),
      summary: text({ en: 'The last so many rows, every few rows.', zh: '每来若干行，计算最近若干行。' }),
      config: { window: 'sliding-count' },
      icon: 'icon-count.svg',
    },
    {
      id: 'clock',
      label: text({ en: 'Clock window', zh: '时钟窗口' }),
      summary: text({ en: 'Tumbling, by the time of arrival.', zh: '按到达时间的滚动窗口。' }),
      config: { window: 'tumbling', time: 'clock' },
      icon: 'icon-clock.svg',
    },
    {
      id: 'early',
      label: text({ en: 'Early results', zh: '提前输出' }),
      summary: text({ en: 'A window that tells how it stands before it ends.', zh: '结束之前先给出当前结果的窗口。' }),
      config: { window: 'tumbling', size: '1 min', trigger: 'interval', triggerInterval: '10 s' },
    },
    {
      id: 'dynamic-session',
      label: text({ en: 'Dynamic session', zh: '动态间隔会话' }),
      summary: text({ en: 'Each row says how long it may pause.', zh: '每行自带可停顿的时长。' }),
      config: { window: 'dynamic-session' },
    },
  ],
  fields: customWindowFields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'append', keyedBy: 'keys' })],
  outputs: customWindowOutputs,
  describe: describeCustomWindow,
  check: checkCustomWindow,
  outputSchema: customWindowSchema,
  flinkSql: customWindowFlink,
  pySpark: customWindowSpark,
  migrations: [],
});

function customWindowOutputs(config: CustomWindowConfig): readonly OutputPort[] {
  const results = outputPort('out', text({ en: 'results', zh: '结果' }));
  if (!inEventTime(config) || config.lateRows !== 'late-output') return [results];
  return [results, outputPort('late', text({ en: 'late rows', zh: '迟到数据' }), 'late')];
}

function describeCustomWindow(config: CustomWindowConfig, language: Language): string {
  const zh = language === 'zh';
  const keys = config.keys.length === 0 ? '' : zh ? ` · 按 ${config.keys.join('、')}` : ` by ${config.keys.join(', ')}`;
  const clock = config.time === 'clock' && ['tumbling', 'sliding', 'session', 'dynamic-session'].includes(config.window);
  return `${describeBounds(config, language)}${clock ? (zh ? '（时钟）' : ', clock') : ''}${keys}`;
}

function describeBounds(config: CustomWindowConfig, language: Language): string {
  const zh = language === 'zh';
  const duration = (ms: number) => formatDuration(ms, language);
  switch (config.window) {
    case 'tumbling':
      return zh ? `每 ${duration(config.size)}` : `every ${duration(config.size)}`;
    case 'sliding':
      return zh ? `${duration(config.size)}，每 ${duration(config.slide)}` : `${duration(config.size)} every ${duration(config.slide)}`;
    case 'session':
      return zh ? `停顿 ${duration(config.gap)}后结束` : `until a pause of ${duration(config.gap)}`;
    case 'dynamic-session':
      return zh ? `停顿由 ${config.gapColumn} 决定` : `until a pause of ${config.gapColumn}`;
    case 'count':
      return zh ? `每 ${config.count} 行` : `every ${config.count} rows`;
    case 'sliding-count':
      return zh ? `最近 ${config.count} 行，每 ${config.every} 行` : `last ${config.count} rows, every ${config.every}`;
    case 'global':
      return zh ? '全局' : 'global';
  }
}
