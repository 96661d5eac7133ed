/** Settings of the job as a whole, described with the same fields as nodes: one form, one check, one JSON Schema. */

import type { ConfigOf } from './fields.ts';
import { choiceField, durationField, numberField, pathField, textField, toggleField, when } from './fields.ts';
import { sameText, text } from './text.ts';

const CHECKPOINTS = text({ en: 'Checkpoints', zh: '检查点' });
const RESTARTS = text({ en: 'Restarts', zh: '重启' });
const TIME_AND_STATE = text({ en: 'Time and state', zh: '时间与状态' });

export const jobFields = {
  mode: choiceField({
    label: text({ en: 'Run as', zh: '运行模式' }),
    help: text({
      en: 'A stream answers while rows come; a batch answers once, when all rows have been read: windows fire once, no row is late, and rows of a key come in the order of event time. A batch takes no checkpoints: after a failure it begins anew.',
      zh: '流模式在数据到达时不断给出结果；批模式在读完全部数据后给出一次结果：窗口只触发一次，没有迟到数据，同一键的数据按事件时间顺序到达。批模式不做检查点：失败后从头开始。',
    }),
    options: [
      { value: 'streaming', label: text({ en: 'Stream', zh: '流' }) },
      {
        value: 'automatic',
        label: text({ en: 'Batch where every source ends', zh: '所有数据源有终点时用批' }),
        help: text({ en: 'A stream as soon as one source has no end.', zh: '只要有一个数据源没有终点，就以流模式运行。' }),
      },
      {
        value: 'batch',
        label: text({ en: 'Batch', zh: '批' }),
        help: text({ en: 'Sources without an end are refused.', zh: '拒绝没有终点的数据源。' }),
      },
    ],
    advanced: true,
  }),
  parallelism: numberField({
    label: text({ en: 'Parallelism', zh: '并行度' }),
    help: text({ en: 'Subtasks per operator; each runs on its own worker.', zh: '每个算子的子任务数；每个子任务运行在自己的工作线程上。' }),
    integer: true,
    minimum: 1,
    maximum: 64,
    default: 1,
  }),
  maxParallelism: numberField({
    label: text({ en: 'Key groups', zh: '键组数' }),
    help: text({ en: 'Upper limit of the parallelism; cannot change once there is state.', zh: '并行度的上限；一旦有状态就不能再改。' }),
    integer: true,
    minimum: 1,
    maximum: 32768,
    default: 128,
    advanced: true,
  }),
  checkpointInterval: durationField({
    label: text({ en: 'Checkpoint every', zh: '检查点间隔' }),
    help: text({
      en: 'Time between two checkpoints; a restart repeats at most this much work.',
      zh: '两次检查点之间的时间；重启时最多重做这么多工作。',
    }),
    minimumMs: 10,
    default: '10 s',
    section: CHECKPOINTS,
  }),
  checkpointDirectory: pathField({
    label: text({ en: 'Checkpoint folder', zh: '检查点目录' }),
    whenEmpty: sameText('.millrace'),
    help: text({ en: 'Left empty: a folder `.millrace` beside the pipeline.', zh: '留空时使用管道旁边的 `.millrace` 目录。' }),
    access: 'write',
    directory: true,
    optional: true,
    section: CHECKPOINTS,
  }),
  guarantee: choiceField({
    label: text({ en: 'Delivery', zh: '投递保证' }),
    help: text({
      en: 'What is asked for; what sources and sinks allow is computed and shown.',
      zh: '期望的保证；数据源和数据汇实际允许的保证会被计算并显示。',
    }),
    options: [
      {
        value: 'exactly-once',
        label: text({ en: 'Exactly once', zh: '精确一次' }),
        help: text({
          en: 'Barriers are aligned: after a failure every row counts once.',
          zh: '屏障对齐：失败之后每行数据恰好计入一次。',
        }),
      },
      {
        value: 'at-least-once',
        label: text({ en: 'At least once', zh: '至少一次' }),
        help: text({
          en: 'Barriers are not aligned, so nothing waits for them: after a failure rows may count twice, none is lost.',
          zh: '屏障不对齐，无需等待：失败之后数据可能重复计入，但不会丢失。',
        }),
      },
      {
        value: 'at-most-once',
        label: text({ en: 'At most once (no checkpoints)', zh: '至多一次（无检查点）' }),
        help: text({
          en: 'No checkpoints: after a failure the run starts anew without state, and rows of live sources are gone.',
          zh: '不做检查点：失败之后从头开始且没有状态，实时数据源已读取的数据会丢失。',
        }),
      },
    ],
    section: CHECKPOINTS,
  }),
  unaligned: toggleField({
    label: text({ en: 'Unaligned checkpoints', zh: '非对齐检查点' }),
    help: text({
      en: 'Barriers overtake rows that are on their way, which are stored with the checkpoint: short checkpoints under back pressure, larger ones. Such a checkpoint is restored at the parallelism it was taken at; savepoints are always aligned.',
      zh: '屏障越过途中的数据，这些数据随检查点一起保存：反压下检查点更快完成，但更大。此类检查点只能以相同的并行度恢复；保存点始终对齐。',
    }),
    default: false,
    visibleWhen: when('guarantee', 'exactly-once'),
    section: CHECKPOINTS,
  }),
  alignedTimeout: durationField({
    label: text({ en: 'Aligned for at most', zh: '对齐超时' }),
    help: text({
      en: 'A checkpoint begins aligned and overtakes rows once it has taken this long; 0 s: at once.',
      zh: '检查点先以对齐方式开始，超过这个时间后才越过途中的数据；0 s 表示立即。',
    }),
    minimumMs: 0,
    default: '0 s',
    visibleWhen: when('unaligned', true),
    section: CHECKPOINTS,
  }),
  restartStrategy: choiceField({
    label: text({ en: 'After a failure', zh: '失败之后' }),
    options: [
      { value: 'exponential-delay', label: text({ en: 'Restart, waiting longer each time', zh: '重启，等待逐次加长' }) },
      { value: 'fixed-delay', label: text({ en: 'Restart after a fixed wait', zh: '固定等待后重启' }) },
      { value: 'none', label: text({ en: 'Stop', zh: '停止' }) },
    ],
    section: RESTARTS,
  }),
  restartAttempts: numberField({
    label: text({ en: 'Restarts at most', zh: '最多重启次数' }),
    help: text({
      en: 'The run fails after this many restarts without a checkpoint between them.',
      zh: '两次检查点之间重启超过这个次数，运行即失败。',
    }),
    integer: true,
    minimum: 1,
    maximum: 1000000,
    default: 10,
    visibleWhen: when('restartStrategy', 'fixed-delay', 'exponential-delay'),
    section: RESTARTS,
  }),
  restartDelay: durationField({
    label: text({ en: 'Wait before a restart', zh: '重启前等待' }),
    minimumMs: 0,
    default: '1 s',
    visibleWhen: when('restartStrategy', 'fixed-delay', 'exponential-delay'),
    section: RESTARTS,
  }),
  timeZone: textField({
    label: text({ en: 'Time zone', zh: '时区' }),
    help: text({
      en: 'For functions over TIMESTAMP_LTZ; an IANA name such as Europe/Berlin.',
      zh: '用于 TIMESTAMP_LTZ 的函数；IANA 名称，如 Asia/Shanghai。',
    }),
    default: 'UTC',
    lengthMax: 64,
    section: TIME_AND_STATE,
  }),
  stateTtl: durationField({
    label: text({ en: 'Forget state after', zh: '状态保留时间' }),
    whenEmpty: text({ en: 'never', zh: '从不' }),
    help: text({
      en: 'State that has not been touched for this long may be dropped; left empty: never. Windows clean up by themselves.',
      zh: '超过这个时间未被访问的状态可被清除；留空表示从不。窗口会自行清理。',
    }),
    optional: true,
    section: TIME_AND_STATE,
  }),
  stateBackend: choiceField({
    label: text({ en: 'State is kept', zh: '状态存放' }),
    help: text({
      en: 'On disk, state may be larger than memory: that of deduplication and of tumbling, sliding and cumulative windows. Other nodes that keep state are refused.',
      zh: '存放在磁盘上时，状态可以大于内存：去重以及滚动、滑动与累积窗口支持。其他有状态的节点会被拒绝。',
    }),
    options: [
      { value: 'memory', label: text({ en: 'in memory', zh: '内存' }) },
      { value: 'disk', label: text({ en: 'on disk beyond a budget of memory', zh: '超出内存预算的部分存放在磁盘' }) },
    ],
    section: TIME_AND_STATE,
  }),
  stateMemory: numberField({
    label: text({ en: 'Memory for state', zh: '状态内存' }),
    help: text({
      en: 'What the state of one worker may take of its memory before it goes to a folder beside the checkpoints.',
      zh: '一个工作线程的状态可占用的内存；超出部分写入检查点旁的目录。',
    }),
    integer: true,
    minimum: 1,
    maximum: 2048,
    default: 256,
    unit: text({ en: 'MB', zh: 'MB' }),
    visibleWhen: when('stateBackend', 'disk'),
    section: TIME_AND_STATE,
  }),
  batchRows: numberField({
    label: text({ en: 'Rows per batch', zh: '每批行数' }),
    integer: true,
    minimum: 1,
    maximum: 65536,
    default: 4096,
    unit: text({ en: 'rows', zh: '行' }),
    advanced: true,
  }),
  memoryPerWorker: numberField({
    label: text({ en: 'Memory per worker', zh: '每个工作线程的内存' }),
    help: text({ en: 'Limit for batches and state of one worker.', zh: '一个工作线程的批次与状态的内存上限。' }),
    integer: true,
    minimum: 16,
    maximum: 4096,
    default: 2048,
    unit: text({ en: 'MB', zh: 'MB' }),
    advanced: true,
  }),
};

/** Complete settings, defaults filled in; durations in milliseconds. */
export type JobSettings = ConfigOf<typeof jobFields>;
