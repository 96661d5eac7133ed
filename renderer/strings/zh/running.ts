/** Words in Chinese: a running node in the inspector: why it is slow, its last minutes, its newest rows. */
import type { runningStrings as Shape } from '../en/running.ts';

export const runningStrings: typeof Shape = {
  running: {
    bottleneck: '瓶颈，忙 {{busy}}%。',
    hotSubtask:
      '子任务 {{subtask}} 收到 {{percent}}% 的行：同一个键的行总是进入同一个子任务。提高并行度没有用，换一个分布更均匀的键才有用。',
    hotKey:
      '<b>{{key}}</b> 占 {{keyPercent}}% 的行，而同一个键的行总是进入同一个子任务：子任务 {{subtask}} 收到 {{percent}}%。提高并行度没有用，换一个分布更均匀的键才有用。',
    slowSink: '上游都在等待：写入目标接收得比数据到达得慢，目前 {{rate}}/s。',
    slow: '上游都在等待：时间都花在处理这 {{rate}} 行/秒上。',
    showSkew: '查看倾斜',
    changeKeys: '更换分组键',
    rowsComing: '途中的数据',
    restarts: '修改作业设置，保留状态并重新启动',
    parallelism: '并行度 {{from}} → {{to}}',
    pressed: '反压 {{percent}}%。',
    waitsFor: '它本身不慢，在等待 {{node}}。',
    waitsUnknown: '它本身不慢，在等待下游。',
    showCause: '查看起因',
    awaited: '第一批指标将在一秒内到达。',
    keepsUp: '处理得过来：{{busy}}% 的时间在工作。',
    over: '运行已结束：以下是整次运行的指标。',
    rowsOut: '最新输出',
    rowsIn: '最新输入',
    allRows: '在下方查看更多行',
  },
  series: {
    title: '近 5 分钟',
    which: '随时间变化的指标',
    cursor: '近五分钟内的时刻',
    now: '当前',
    busy: '繁忙',
    pressed: '反压',
    in: '输入',
    out: '输出',
    watermark: '水位线',
    bytes: '状态',
    tab: { busy: '繁忙', rows: '行', time: '时间', state: '状态' },
  },
};
