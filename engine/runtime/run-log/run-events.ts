/** What the coordinator has to say about a run, in both languages. Messages of errors are in English. */
import type { CheckpointInfo, CheckpointPlace, ReplaySpeedSetting, RunPhase } from '../../host/contract.ts';
import { formatDuration } from '../../spec/duration.ts';
import { fillText, sameText, type Text, text } from '../../spec/text.ts';
import type { StopMode } from '../job-manager-api.ts';
import type { FailureMessage } from '../workers/messages.ts';
import { type LogEvent, runEvent } from './log-event.ts';

export function attemptRuns(parallelism: number): LogEvent {
  return runEvent(
    'info',
    'run-running',
    fillText(text({ en: 'running, parallelism {parallelism}', zh: '运行中，并行度 {parallelism}' }), { parallelism }),
  );
}

/** `again`: after a failure. */
export function startsFrom(place: CheckpointPlace | null, again: boolean): LogEvent {
  if (place === null) {
    const words = again
      ? text({ en: 'starting over: there is no checkpoint yet', zh: '从头开始：还没有检查点' })
      : text({ en: 'starting without state', zh: '不带状态启动' });
    return runEvent('info', 'fresh-start', words);
  }
  const words = again
    ? text({ en: 'going on from {kind} {id}', zh: '从{kind} {id} 继续' })
    : text({ en: 'starting from {kind} {id} in {path}', zh: '从 {path} 的{kind} {id} 启动' });
  return runEvent('info', 'restored', fillText(words, { kind: kindWords(place.kind), id: place.id, path: place.path }));
}

/** A failure, wherever it happened. */
export function failed(failure: FailureMessage, subtask: number | null): LogEvent {
  const { code, nodeId, message, remedy, zh } = failure;
  const en = remedy === null ? message : `${message} (${remedy})`;
  return { level: 'error', code, nodeId, subtask, text: zh === undefined ? sameText(en) : { en, zh: `${zh.message}（${zh.remedy}）` } };
}

export function restarting(delayMs: number): LogEvent {
  const delay: Text = { en: formatDuration(Math.round(delayMs), 'en'), zh: formatDuration(Math.round(delayMs), 'zh') };
  return runEvent('warning', 'restarting', fillText(text({ en: 'trying again in {delay}', zh: '{delay}后重试' }), { delay }));
}

export function engineDied(times: number): LogEvent {
  const words = text({
    en: 'the engine process had ended while this was running (time {times}); the run is taken up again',
    zh: '运行期间引擎进程已结束（第 {times} 次）；正在继续该运行',
  });
  return runEvent('warning', 'engine-died', fillText(words, { times }));
}

export function paceChanged(paused: boolean, wasPaused: boolean, speed: ReplaySpeedSetting): LogEvent {
  if (paused && !wasPaused) return runEvent('info', 'run-paused', text({ en: 'paused', zh: '已暂停' }));
  if (wasPaused && !paused) return runEvent('info', 'run-resumed', text({ en: 'resumed', zh: '已继续' }));
  const factor: Text = speed === 'max' ? text({ en: 'as fast as possible', zh: '最快' }) : sameText(`${speed}×`);
  return runEvent('info', 'run-speed', fillText(text({ en: 'replay speed: {factor}', zh: '重放速度：{factor}' }), { factor }));
}

const STOPPING: Readonly<Record<StopMode, Text>> = {
  'keep-state': text({ en: 'stopping with a savepoint', zh: '正在做保存点并停止' }),
  drain: text({ en: 'stopping; every window fires first', zh: '正在停止；先触发所有窗口' }),
  discard: text({ en: 'stopping without a savepoint', zh: '正在停止，不做保存点' }),
};

export function stopping(mode: StopMode): LogEvent {
  return runEvent('info', 'run-stopping', STOPPING[mode]);
}

/** Null for phases that are no end, and for a failure, which has said why. */
export function ended(phase: RunPhase): LogEvent | null {
  if (phase === 'finished')
    return runEvent('info', 'run-finished', text({ en: 'finished: all input was read', zh: '已完成：输入已全部读完' }));
  if (phase === 'stopped') return runEvent('info', 'run-stopped', text({ en: 'stopped', zh: '已停止' }));
  if (phase === 'failed')
    return runEvent('error', 'run-failed', text({ en: 'the run has failed and is not tried again', zh: '运行失败，不再重试' }));
  return null;
}

/** Null while the checkpoint is being written. */
export function checkpointTaken(info: CheckpointInfo): LogEvent | null {
  const { kind, id, status, bytes, durationMs, failure } = info;
  const shared = { kind: kindWords(kind), id };
  if (status === 'in-progress') return null;
  if (status === 'failed') {
    const words = text({ en: '{kind} {id} failed: {reason}', zh: '{kind} {id} 失败：{reason}' });
    return runEvent('warning', `${kind}-failed`, fillText(words, { ...shared, reason: failure ?? '' }));
  }
  const words = text({ en: '{kind} {id} is complete: {size} in {duration} ms', zh: '{kind} {id} 已完成：{size}，用时 {duration} 毫秒' });
  return runEvent(
    'info',
    `${kind}-complete`,
    fillText(words, { ...shared, size: sizeWords(bytes), duration: Math.round(durationMs ?? 0) }),
  );
}

export function folderStaysMarked(reason: string): LogEvent {
  const words = text({ en: 'the checkpoint folder stays marked as in use: {reason}', zh: '检查点文件夹仍标记为使用中：{reason}' });
  return runEvent('warning', 'folder-marked', fillText(words, { reason }));
}

export function oldCheckpointStays(reason: string): LogEvent {
  const words = text({ en: 'an old checkpoint stays: {reason}', zh: '旧检查点未能删除：{reason}' });
  return runEvent('warning', 'old-checkpoint-stays', fillText(words, { reason }));
}

/** Something about the folder it starts from. */
export function startNotice(notice: Text): LogEvent {
  return runEvent('warning', 'restore-notice', notice);
}

export function historyNotWritten(reason: string): LogEvent {
  const words = text({ en: 'the history of this run cannot be written: {reason}', zh: '无法写入本次运行的历史：{reason}' });
  return runEvent('warning', 'history-not-written', fillText(words, { reason }));
}

function kindWords(kind: CheckpointInfo['kind']): Text {
  return kind === 'checkpoint' ? text({ en: 'checkpoint', zh: '检查点' }) : text({ en: 'savepoint', zh: '保存点' });
}

function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
