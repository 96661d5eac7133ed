/** What a worker has to say about its tasks, in both languages. */
import { fillText, text } from '../../spec/text.ts';
import { type LogEvent, runEvent } from './log-event.ts';

const ENDED = text({ en: 'has read all of its input', zh: '已读完全部输入' });
const NOT_CLOSED = text({ en: 'closing task {name}: {reason}', zh: '关闭任务 {name} 时出错：{reason}' });

export function sourceEnded(nodeId: string, subtask: number): LogEvent {
  return { level: 'info', code: 'source-ended', nodeId, subtask, text: ENDED };
}

export function taskNotClosed(name: string, reason: string): LogEvent {
  return runEvent('warning', 'task-not-closed', fillText(NOT_CLOSED, { name, reason }));
}
