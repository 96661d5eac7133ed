/** The engine in Electron's utility process, and the ports by which pages speak with it without passing through here. */

import type { BrowserWindow } from 'electron';
import { MessageChannelMain, utilityProcess } from 'electron';
import type { EngineOptions, FromEngine } from '../engine/host/engine-channel.ts';
import type { LaunchEngine } from '../engine/host/engine-supervisor.ts';

export interface EngineUtility {
  readonly launch: LaunchEngine;
  /** Gives the page a port to the process that is running now. */
  connect(page: BrowserWindow): void;
}

export function createEngineUtility(bundle: string, options: EngineOptions): EngineUtility {
  let running: Electron.UtilityProcess | null = null;
  return {
    launch: (events) => {
      const child = utilityProcess.fork(bundle, [JSON.stringify(options)], { serviceName: 'Millrace engine', stdio: 'inherit' });
      running = child;
      child.on('message', (message: FromEngine) => events.message(message));
      child.on('exit', (code) => events.exited(`exit code ${code}`));
      return { pid: child.pid ?? null, send: (message) => child.postMessage(message), kill: () => killAtOnce(child) };
    },
    connect: (page) => {
      if (running === null || page.isDestroyed()) return;
      const { port1, port2 } = new MessageChannelMain();
      running.postMessage({ kind: 'open', channel: 0 }, [port1]);
      page.webContents.postMessage('millrace:port', 'engine', [port2]);
    },
  };
}

/** Electron's own kill asks politely, which an engine in a loop would not hear. */
function killAtOnce(child: Electron.UtilityProcess): void {
  if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
}
