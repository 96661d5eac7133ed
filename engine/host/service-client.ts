/** A client in the same process as the host: how the host itself starts runs, without a page. */
import type { Connection } from './client.ts';
import { createHostClient } from './client.ts';
import type { HostClient } from './contract.ts';
import type { EngineSupervisor } from './engine-supervisor.ts';
import type { HostService } from './host-service.ts';
import { serve } from './serve.ts';
import { createMemoryTransports } from './transports/memory-transport.ts';

/** `onEngineState` tells when the supervisor's engine can be connected to. */
export function createServiceClient(
  service: HostService,
  supervisor: EngineSupervisor,
  onEngineState: (listener: (state: { readonly state: string }) => void) => void,
): HostClient {
  const connection: Connection = {
    start: (listener) => {
      const [pageEnd, hostEnd] = createMemoryTransports();
      serve(hostEnd, service);
      listener.up('host', pageEnd);
      onEngineState(({ state }) => {
        const transport = state === 'ready' ? supervisor.connect() : null;
        if (transport === null) listener.down('engine');
        else listener.up('engine', transport);
      });
    },
    close: () => service.close(),
  };
  return createHostClient(connection, scheduleWithTimers);
}

export function scheduleWithTimers(delayMs: number, action: () => void): () => void {
  const timer = setTimeout(action, delayMs);
  return () => clearTimeout(timer);
}
