/** Picks the way to the host: ports in the desktop form, one WebSocket in a browser. */
import type { Schedule } from '../../engine/host/client.ts';
import { createHostClient } from '../../engine/host/client.ts';
import type { HostClient } from '../../engine/host/contract.ts';
import { connectByPorts, isDesktop } from './desktop.ts';
import { connectBySocket } from './web.ts';

const schedule: Schedule = (delayMs, action) => {
  const timer = setTimeout(action, delayMs);
  return () => clearTimeout(timer);
};

export interface ConnectOptions {
  /** The link was used up or the host is another one: the person needs a fresh link. */
  readonly refused: () => void;
}

export function connectToHost(options: ConnectOptions): HostClient {
  return createHostClient(isDesktop() ? connectByPorts() : connectBySocket(schedule, options.refused), schedule);
}
