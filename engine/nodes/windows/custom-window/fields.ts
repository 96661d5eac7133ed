/** Fields of the custom window: where windows begin and end, when they fire, what leaves them, what becomes of late rows. */
import type { ConfigOf } from '../../../spec/fields.ts';
import {
  aggregatesField,
  choiceField,
  columnField,
  columnsField,
  durationField,
  numberField,
  toggleField,
  when,
  whenSet,
} from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import type { TypeKind } from '../../../types/logical-type.ts';

const FIRING = text({ en: 'Firing', zh: '触发' });
const EVICTING = text({ en: 'Kept rows', zh: '保留的数据' });
const LATE = text({ en: 'Lateness', zh: '迟到' });
const ROWS = text({ en: 'rows', zh: '行' });

export const WHOLE_NUMBERS: readonly TypeKind[] = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT'];
const NUMBERS: readonly TypeKind[] = [...WHOLE_NUMBERS, 'DECIMAL', 'FLOAT', 'DOUBLE'];
const TIME_WINDOWS = ['tumbling', 'sliding', 'session', 'dynamic-session'] as const;
const TRIGGERED = [...TIME_WINDOWS, 'global'] as const;

const bounds = {
  window: choiceField({
    label: text({ en: 'Window', zh: '窗口' }),
    options: [
      {
        value: 'tumbling',
        label: text({ en: 'Tumbling', zh: '滚动' }),
        help: text({ en: 'One after the other, without gaps.', zh: '首尾相接，没有间隙。' }),
      },
      {
        value: 'sliding',
        label: text({ en: 'Sliding', zh: '滑动' }),
        help: text({ en: 'Any size and distance: they overlap or leave gaps.', zh: '任意大小与步长：可重叠，也可留有间隙。' }),
      },
      {
        value: 'session',
        label: text({ en: 'Session', zh: '会话' }),
        help: text({ en: 'Ends after a pause without rows.', zh: '在一段没有数据的停顿之后结束。' }),
      },
      {
        value: 'dynamic-session',
        label: text({ en: 'Session, pause per row', zh: '会话（每行间隔）' }),
        help: text({ en: 'Each row says how long its session may pause.', zh: '每行自带会话可停顿的时长。' }),
      },
      {
        value: 'count',
        label: text({ en: 'Count', zh: '计数' }),
        help: text({ en: 'So many rows of a key, then the next so many.', zh: '每个键每满若干行为一个窗口。' }),
      },
      {
        value: 'sliding-count',
        label: text({ en: 'Sliding count', zh: '滑动计数' }),
        help: text({ en: 'Every few rows of a key, over its last so many.', zh: '每来若干行，对该键最近若干行计算一次。' }),
      },
      {
        value: 'global',
        label: text({ en: 'Global', zh: '全局' }),
        help: text({ en: 'One per key, without end; the trigger decides.', zh: '每个键一个，永不结束；由触发器决定。' }),
      },
    ],
  }),
  time: choiceField({
    label: text({ en: 'Time', zh: '时间' }),
    options: [
      { value: 'event', label: text({ en: 'event time', zh: '事件时间' }) },
      {
        value: 'clock',
        label: text({ en: 'clock (processing time)', zh: '时钟（处理时间）' }),
        help: text({
          en: 'Rows belong to the moment they arrive; answers differ from run to run.',
          zh: '行归属于到达的时刻；每次运行结果可能不同。',
        }),
      },
    ],
    visibleWhen: when('window', ...TIME_WINDOWS),
  }),
  size: durationField({
    label: text({ en: 'Window size', zh: '窗口大小' }),
    minimumMs: 1,
    default: '1 min',
    visibleWhen: when('window', 'tumbling', 'sliding'),
  }),
  slide: durationField({
    label: text({ en: 'Starts every', zh: '滑动步长' }),
    minimumMs: 1,
    default: '10 s',
    visibleWhen: when('window', 'sliding'),
  }),
  gap: durationField({
    label: text({ en: 'Ends after a pause of', zh: '会话间隔' }),
    minimumMs: 1,
    default: '30 s',
    visibleWhen: when('window', 'session'),
  }),
  gapColumn: columnField({
    label: text({ en: 'Pause of the row', zh: '行的会话间隔' }),
    help: text({ en: 'Whole milliseconds above 0, or an interval.', zh: '大于 0 的整数毫秒，或时间间隔。' }),
    types: [...WHOLE_NUMBERS, 'INTERVAL_DAY_TIME'],
    visibleWhen: when('window', 'dynamic-session'),
  }),
  count: numberField({
    label: text({ en: 'Rows per window', zh: '窗口行数' }),
    integer: true,
    minimum: 1,
    maximum: 1_000_000_000,
    unit: ROWS,
    default: 100,
    visibleWhen: when('window', 'count', 'sliding-count'),
  }),
  every: numberField({
    label: text({ en: 'A result every', zh: '每隔' }),
    integer: true,
    minimum: 1,
    maximum: 1_000_000_000,
    unit: ROWS,
    default: 10,
    visibleWhen: when('window', 'sliding-count'),
  }),
  offset: durationField({
    label: text({ en: 'Shifted by', zh: '偏移' }),
    minimumMs: 0,
    default: '0 s',
    visibleWhen: when('window', 'tumbling', 'sliding'),
    advanced: true,
  }),
};

const results = {
  keys: columnsField({
    label: text({ en: 'Group by', zh: '分组' }),
    help: text({
      en: 'Each combination of values has windows of its own. None: all rows share them.',
      zh: '每种取值组合各有窗口。不选则所有行共用。',
    }),
    default: [],
  }),
  result: choiceField({
    label: text({ en: 'Emits', zh: '输出' }),
    options: [
      { value: 'aggregates', label: text({ en: 'aggregates', zh: '聚合值' }) },
      {
        value: 'rows',
        label: text({ en: 'all its rows', zh: '所有行' }),
        help: text({
          en: 'Each with the bounds of the window; the window keeps them in its state.',
          zh: '每行带窗口边界；窗口在状态中保存这些行。',
        }),
      },
    ],
  }),
  aggregates: aggregatesField({
    label: text({ en: 'Compute', zh: '计算' }),
    default: [{ name: 'row_count', expression: 'COUNT(*)' }],
    countMin: 1,
    visibleWhen: when('result', 'aggregates'),
  }),
  windowTime: toggleField({
    label: text({ en: 'Keep event time behind the window', zh: '窗口之后保留事件时间' }),
    help: text({
      en: 'Adds window_time (end − 1 ms), the event time for a following window.',
      zh: '增加 window_time（窗口结束 − 1 毫秒），供后续窗口使用。',
    }),
    default: false,
    visibleWhen: when('window', ...TIME_WINDOWS),
    advanced: true,
  }),
};

const firing = {
  trigger: choiceField({
    label: text({ en: 'Fires', zh: '触发时机' }),
    options: [
      {
        value: 'end',
        label: text({ en: 'at the end', zh: '结束时' }),
        help: text({ en: 'Of the window; a global one when the input ends.', zh: '窗口结束时；全局窗口在输入结束时。' }),
      },
      { value: 'count', label: text({ en: 'every so many rows', zh: '每若干行' }) },
      {
        value: 'interval',
        label: text({ en: 'every stretch of event time', zh: '每段事件时间' }),
        help: text({ en: 'And at the end.', zh: '以及结束时。' }),
      },
      { value: 'clock-interval', label: text({ en: 'every stretch of the clock', zh: '每段时钟时间' }) },
      {
        value: 'delta',
        label: text({ en: 'when a value has risen', zh: '数值上升时' }),
        help: text({ en: 'By more than a threshold since the row that fired before.', zh: '相对上次触发的行，上升超过阈值。' }),
      },
    ],
    section: FIRING,
    visibleWhen: when('window', ...TRIGGERED),
  }),
  triggerCount: numberField({
    label: text({ en: 'Rows', zh: '行数' }),
    integer: true,
    minimum: 1,
    maximum: 1_000_000_000,
    unit: ROWS,
    default: 100,
    section: FIRING,
    visibleWhen: when('trigger', 'count'),
  }),
  triggerInterval: durationField({
    label: text({ en: 'Every', zh: '间隔' }),
    minimumMs: 1,
    default: '10 s',
    section: FIRING,
    visibleWhen: when('trigger', 'interval', 'clock-interval'),
  }),
  triggerColumn: columnField({
    label: text({ en: 'Value', zh: '数值' }),
    types: NUMBERS,
    section: FIRING,
    visibleWhen: when('trigger', 'delta'),
  }),
  triggerThreshold: numberField({
    label: text({ en: 'Rises by more than', zh: '上升超过' }),
    default: 0,
    section: FIRING,
    visibleWhen: when('trigger', 'delta'),
  }),
  alsoAtEnd: toggleField({
    label: text({ en: 'At the end as well', zh: '结束时也触发' }),
    help: text({
      en: 'Off, what the last firing left is dropped with the window, as in Flink.',
      zh: '关闭时，最后一次触发之后的数据随窗口丢弃，与 Flink 相同。',
    }),
    default: true,
    section: FIRING,
    visibleWhen: when('trigger', 'count', 'clock-interval', 'delta'),
  }),
  timeout: durationField({
    label: text({ en: 'Or by the clock after', zh: '或等待（时钟）' }),
    whenEmpty: text({ en: 'never', zh: '从不' }),
    help: text({ en: 'Counted from the first row since the last firing.', zh: '从上次触发后的第一行起计。' }),
    minimumMs: 1,
    optional: true,
    section: FIRING,
    advanced: true,
  }),
  timeoutRestarts: toggleField({
    label: text({ en: 'Each row starts this time anew', zh: '每行重新计时' }),
    default: false,
    section: FIRING,
    visibleWhen: whenSet('timeout'),
    advanced: true,
  }),
  purge: toggleField({
    label: text({ en: 'Drop what was emitted', zh: '触发后清空' }),
    help: text({ en: 'Each result then tells only what came since the last.', zh: '每个结果只包含上次触发之后的数据。' }),
    default: false,
    section: FIRING,
    visibleWhen: when('window', ...TRIGGERED),
  }),
};

const evicting = {
  keep: choiceField({
    label: text({ en: 'Keep', zh: '保留' }),
    options: [
      { value: 'all', label: text({ en: 'all rows', zh: '所有行' }) },
      { value: 'last-rows', label: text({ en: 'the last so many rows', zh: '最近若干行' }) },
      { value: 'last-time', label: text({ en: 'rows of the last stretch of event time', zh: '最近一段事件时间的行' }) },
      { value: 'near-last', label: text({ en: 'rows whose value is near the last', zh: '数值接近最后一行的行' }) },
    ],
    section: EVICTING,
    visibleWhen: when('window', ...TRIGGERED),
  }),
  keepRows: numberField({
    label: text({ en: 'Rows', zh: '行数' }),
    integer: true,
    minimum: 1,
    maximum: 1_000_000_000,
    unit: ROWS,
    default: 100,
    section: EVICTING,
    visibleWhen: when('keep', 'last-rows'),
  }),
  keepTime: durationField({
    label: text({ en: 'Younger than', zh: '不早于' }),
    minimumMs: 1,
    default: '10 s',
    section: EVICTING,
    visibleWhen: when('keep', 'last-time'),
  }),
  keepColumn: columnField({
    label: text({ en: 'Value', zh: '数值' }),
    types: NUMBERS,
    nested: false,
    section: EVICTING,
    visibleWhen: when('keep', 'near-last'),
  }),
  keepThreshold: numberField({
    label: text({ en: 'Drop rows lower by', zh: '丢弃低于' }),
    default: 0,
    section: EVICTING,
    visibleWhen: when('keep', 'near-last'),
  }),
  evictAfter: toggleField({
    label: text({ en: 'Only after they were emitted', zh: '仅在输出之后' }),
    default: false,
    section: EVICTING,
    visibleWhen: when('keep', 'last-rows', 'last-time', 'near-last'),
  }),
};

const late = {
  lateRows: choiceField({
    label: text({ en: 'Late rows', zh: '迟到数据' }),
    help: text({ en: 'Rows all of whose windows are closed.', zh: '所属窗口全部关闭之后才到达的行。' }),
    options: [
      { value: 'drop', label: text({ en: 'drop and count', zh: '丢弃并计数' }) },
      { value: 'late-output', label: text({ en: 'late output', zh: '迟到输出' }) },
    ],
    section: LATE,
    visibleWhen: when('time', 'event'),
  }),
  allowedLateness: durationField({
    label: text({ en: 'Allowed lateness', zh: '允许迟到' }),
    help: text({
      en: 'Keep a window this long behind its end; a late row then fires it once more.',
      zh: '窗口结束后继续保留这么久；迟到的行会使其再次触发。',
    }),
    minimumMs: 0,
    default: '0 s',
    section: LATE,
    visibleWhen: when('time', 'event'),
    advanced: true,
  }),
};

export const customWindowFields = { ...bounds, ...results, ...firing, ...evicting, ...late };

export type CustomWindowConfig = ConfigOf<typeof customWindowFields>;

/** Windows with a beginning and an end. */
export function hasBounds(config: CustomWindowConfig): boolean {
  return TIME_WINDOWS.some((window) => window === config.window);
}

/** Windows that follow the watermark. */
export function inEventTime(config: CustomWindowConfig): boolean {
  return hasBounds(config) && config.time === 'event';
}

/** Windows of a number of rows: trigger and evictor are given with them. */
export function isCounted(config: CustomWindowConfig): boolean {
  return config.window === 'count' || config.window === 'sliding-count';
}
