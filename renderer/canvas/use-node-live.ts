/** Subscribes a component to the figures of one node, and to nothing else. */
import { useCallback, useSyncExternalStore } from 'react';
import { useDesigner } from '../app/designer.ts';
import type { NodeLive } from '../runs/live-metrics.ts';

export function useNodeLive(nodeId: string): NodeLive | null {
  const { live } = useDesigner();
  const subscribe = useCallback((listener: () => void) => live.subscribeNode(nodeId, listener), [live, nodeId]);
  return useSyncExternalStore(subscribe, () => live.node(nodeId));
}
