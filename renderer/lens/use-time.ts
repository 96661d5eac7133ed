/** Subscribes a component to the event time of a node; asking goes on while it is mounted. */
import { useCallback, useSyncExternalStore } from 'react';
import { useDesigner } from '../app/designer.ts';
import type { TimeReading } from './node-times.ts';

export function useTime(nodeId: string): TimeReading | null {
  const { times } = useDesigner();
  const subscribe = useCallback((listener: () => void) => times.watch(nodeId, listener), [times, nodeId]);
  return useSyncExternalStore(subscribe, () => times.read(nodeId));
}
