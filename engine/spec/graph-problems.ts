/** Problems of the graph as a whole: MR2301 … MR2339. */
import { defineProblem } from './problem.ts';

export const unknownType = defineProblem('MR2301', 'error', {
  en: 'There is no node type "{type}" in this version; it is kept as it is, but the pipeline cannot run',
  zh: '此版本没有节点类型“{type}”；它会原样保留，但管道无法运行',
});
export const edgeEndMissing = defineProblem('MR2302', 'error', {
  en: 'The edge {edge} refers to the node "{node}", which does not exist',
  zh: '连线 {edge} 指向不存在的节点“{node}”',
});
export const cycle = defineProblem('MR2303', 'error', { en: 'Rows would run in a circle: {path}', zh: '数据会形成循环：{path}' });
export const portMissing = defineProblem('MR2304', 'error', {
  en: '"{node}" has no {side} port "{port}"',
  zh: '“{node}”没有{side}端口“{port}”',
});
export const inputOpen = defineProblem('MR2305', 'error', { en: 'Nothing is connected to the input "{port}"', zh: '输入“{port}”未连接' });
export const inputTaken = defineProblem('MR2306', 'error', {
  en: 'More than one edge ends at the input "{port}"; bring them together in a union node',
  zh: '输入“{port}”上有多条连线；请先用合并节点汇合',
});
export const watermarkMissing = defineProblem('MR2307', 'error', {
  en: 'This node works on event time, but its rows have none: put a watermark node before it',
  zh: '此节点按事件时间工作，但到达的数据没有事件时间：请在它之前放置水位线节点',
});
export const changelogRefused = defineProblem('MR2308', 'error', {
  en: 'This input takes only rows that are never changed; "{from}" sends updates',
  zh: '此输入只接受不会变更的数据；“{from}”会发送更新',
});
export const outputOpen = defineProblem('MR2309', 'warning', {
  en: 'Nothing takes the rows of the output "{port}"',
  zh: '没有节点接收输出“{port}”的数据',
});
export const nothingToRun = defineProblem('MR2310', 'error', { en: 'The pipeline has no node that runs', zh: '管道中没有可运行的节点' });
export const edgeTwice = defineProblem('MR2311', 'error', {
  en: 'Two edges connect the same ports ({first} and {second})',
  zh: '两条连线连接了相同的端口（{first} 与 {second}）',
});
export const idTwice = defineProblem('MR2312', 'error', { en: 'Two nodes have the id "{id}"', zh: '两个节点的 id 都是“{id}”' });
export const branchOff = defineProblem('MR2313', 'warning', {
  en: 'Off, because everything before it is switched off',
  zh: '未启用，因为它之前的节点都已关闭',
});
export const sinkMissing = defineProblem('MR2314', 'warning', {
  en: 'The pipeline has no sink: nothing will be written',
  zh: '管道没有数据汇：不会写出任何内容',
});
export const tooManyColumns = defineProblem('MR2316', 'error', {
  en: 'The rows of the output "{port}" would have {columns} columns; at most {limit} are allowed',
  zh: '输出“{port}”的数据会有 {columns} 列；最多允许 {limit} 列',
});
export const tooManyColumnsInAll = defineProblem('MR2317', 'error', {
  en: 'With this node the outputs of the pipeline have {columns} columns in all; at most {limit} are allowed',
  zh: '加上此节点后，管道所有输出共有 {columns} 列；最多允许 {limit} 列',
});
export const stateNotOnDisk = defineProblem('MR2318', 'error', {
  en: 'The job keeps its state on disk, but that of "{node}", as it is set, can only be in memory: keep the state of the job in memory; on disk can be that of deduplication and of tumbling, sliding and cumulative windows without allowed lateness',
  zh: '作业的状态存放在磁盘上，但“{node}”按当前设置只能把状态放在内存中：请改为在内存中存放状态；去重以及不带允许迟到的滚动、滑动与累积窗口可以存放在磁盘上',
});
export const stateMemoryTooHigh = defineProblem('MR2319', 'error', {
  en: 'The memory for state ({state} MB) is more than half of the memory per worker ({memory} MB)',
  zh: '状态内存（{state} MB）超过了每个工作线程内存（{memory} MB）的一半',
});
export const parallelismLimited = defineProblem('MR2322', 'error', {
  en: 'This node runs in at most {limit} subtask; its own parallelism is {parallelism}',
  zh: '此节点最多以 {limit} 个子任务运行；为它设置的并行度是 {parallelism}',
});
export const keyedByNothing = defineProblem('MR2323', 'error', {
  en: 'Rows that are grouped by nothing belong to one subtask; the parallelism of this node cannot be {parallelism}',
  zh: '未分组的数据属于同一个子任务；此节点的并行度不能是 {parallelism}',
});
export const forwardUnequal = defineProblem('MR2320', 'error', {
  en: 'Rows can be kept in their subtask only between nodes of equal parallelism: "{from}" has {fromParallelism}, "{to}" has {toParallelism}',
  zh: '只有并行度相同的节点之间才能让数据留在原子任务：“{from}”为 {fromParallelism}，“{to}”为 {toParallelism}',
});
export const unboundedBatch = defineProblem('MR2321', 'error', {
  en: '"{node}" never ends, so the pipeline cannot run as a batch: give it an end, or run as a stream',
  zh: '“{node}”没有尽头，因此管道无法以批模式运行：请为它设置终点，或以流模式运行',
});
export const watermarkMixes = defineProblem('MR2328', 'warning', {
  en: 'Rows of the {fromParallelism} subtasks of "{from}" are mixed on their way to the {parallelism} of this node: those of a subtask that is behind the others may be late. Give both the same parallelism',
  zh: '“{from}”的 {fromParallelism} 个子任务的数据会混合后进入此节点的 {parallelism} 个子任务：进度落后的子任务的数据可能迟到。请让两者并行度相同',
});
export const parallelismTooHigh = defineProblem('MR2315', 'error', {
  en: 'The parallelism {parallelism} is more than the {groups} key groups',
  zh: '并行度 {parallelism} 超过了键组数 {groups}',
});
