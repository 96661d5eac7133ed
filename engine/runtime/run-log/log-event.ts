/** Something worth an entry in a run's log, before it has a number and a time. */
import type { LogLevel } from '../../host/contract.ts';
import type { Text } from '../../spec/text.ts';

export interface LogEvent {
  readonly level: LogLevel;
  /** The code of an error, or the name of what happened. */
  readonly code: string;
  readonly nodeId: string | null;
  readonly subtask: number | null;
  readonly text: Text;
}

/** About the run as a whole. */
export function runEvent(level: LogLevel, code: string, text: Text): LogEvent {
  return { level, code, nodeId: null, subtask: null, text };
}

/** About a node as a whole. */
export function nodeEvent(level: LogLevel, code: string, nodeId: string, text: Text): LogEvent {
  return { level, code, nodeId, subtask: null, text };
}
