/** Which of a card's nodes the shown run failed at, and the way from there to the entry of the log that says why. */
import type { RunLogEntry } from '../../engine/host/contract.ts';
import type { Designer } from '../app/designer.ts';
import { useStore } from '../app/designer.ts';
import type { RunState } from '../runs/run-store.ts';
import { showEntry, showLogsOf } from './show-logs.ts';

export function useFailedNode(designer: Designer, nodes: readonly string[]): string | null {
  return useStore(designer.runs, (state) => failedAmong(state, nodes));
}

function failedAmong({ current }: RunState, nodes: readonly string[]): string | null {
  const nodeId = current?.error?.nodeId ?? null;
  return nodeId !== null && nodes.includes(nodeId) ? nodeId : null;
}

export function showFailureOf(designer: Designer, nodeId: string): void {
  const { entries } = designer.logs.getState();
  let found: RunLogEntry | null = null;
  for (const entry of entries) if (entry.nodeId === nodeId && entry.level === 'error') found = entry;
  if (found === null) showLogsOf(designer, nodeId);
  else showEntry(designer, found);
}
