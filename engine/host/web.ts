/** The browser host: engine supervisor, host service and web server put together. */
import path from 'node:path';
import { Access } from './access.ts';
import type { EngineState } from './contract.ts';
import type { LaunchEngine } from './engine-supervisor.ts';
import { EngineSupervisor } from './engine-supervisor.ts';
import { EventHub } from './event-hub.ts';
import type { HostOptions, HostService } from './host-service.ts';
import { createHostService } from './host-service.ts';
import { readPageFiles } from './page.ts';
import { REFUSED } from './socket-frames.ts';
import type { SocketBridge } from './transports/socket-transport.ts';
import { bridgeSocket } from './transports/socket-transport.ts';
import { startWebServer } from './web-server.ts';

export interface WebHostOptions extends HostOptions {
  readonly port: number;
  readonly pageDirectory: string;
  readonly launchEngine: LaunchEngine;
  readonly log: (line: string) => void;
}

export interface WebHost {
  readonly port: number;
  readonly service: HostService;
  readonly supervisor: EngineSupervisor;
  /** A fresh link with a one-time code in its fragment. */
  createLink(): string;
  /** Called now and at every change of the engine. */
  onEngineState(listener: (state: EngineState) => void): void;
  close(): Promise<void>;
}

export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const events = new EventHub();
  const bridges = new Set<SocketBridge>();
  const supervisor = new EngineSupervisor(options.launchEngine, {
    stateChanged: (state) => {
      events.publish('engine.state', state);
      if (state.state === 'ready') for (const bridge of bridges) bridge.engineChanged();
    },
    log: options.log,
  });
  const service = await createHostService(options, supervisor, events);
  const access = new Access(() => Date.now());
  const server = await startWebServer({
    port: options.port,
    access,
    pageFiles: readPageFiles(path.resolve(options.pageDirectory)),
    look: () => ({ theme: service.preferences.text('theme'), language: service.preferences.text('language') }),
    refusal: REFUSED,
    accepted: (socket, token) => {
      const bridge = bridgeSocket(socket, token, service, supervisor);
      bridges.add(bridge);
      socket.on('close', () => bridges.delete(bridge));
    },
  });
  supervisor.start();
  return {
    port: server.port,
    service,
    supervisor,
    createLink: () => `http://127.0.0.1:${server.port}/#code=${access.createCode()}`,
    onEngineState: (listener) => {
      events.listen('engine.state', () => listener(supervisor.current()));
    },
    close: async () => {
      await server.close();
      await supervisor.stop();
      service.close();
    },
  };
}
