/** The engine process's end of the channel to its host: Node's message channel, or Electron's parent port. */
import type { FromEngine, ToEngine } from '../engine-channel.ts';
import { ChannelSet } from '../engine-channel.ts';
import type { Service } from '../serve.ts';
import { serve } from '../serve.ts';
import type { EmittingPort } from './port-transport.ts';
import { createPortTransport } from './port-transport.ts';

/** Electron's `process.parentPort`; its messages bring the ports of pages. */
interface ParentPort {
  postMessage(message: FromEngine): void;
  on(event: 'message', listener: (event: { readonly data: ToEngine; readonly ports: readonly EmittingPort[] }) => void): void;
}

/** Serves pages until `shutdown` is asked for or the host is gone; then calls `ended` once. */
export function serveHost(service: Service, ended: () => void): void {
  const parentPort = findParentPort();
  const send = (message: FromEngine): void => {
    if (parentPort !== null) parentPort.postMessage(message);
    else if (process.connected) process.send?.(message, undefined, undefined, ignoreSendError);
  };
  const channels = new ChannelSet(send);
  const receive = (message: ToEngine, ports: readonly EmittingPort[]): void => {
    if (message.kind === 'frame') channels.deliver(message.channel, message.frame);
    else if (message.kind === 'close') channels.closed(message.channel);
    else if (message.kind === 'shutdown') ended();
    else if (ports.length > 0) serve(createPortTransport(ports[0]), service);
    else serve(channels.open(message.channel), service);
  };
  if (parentPort !== null) parentPort.on('message', (event) => receive(event.data, event.ports));
  else {
    process.on('message', (message) => receive(message as ToEngine, []));
    process.on('disconnect', ended);
    // It may have gone before this end listened.
    if (!process.connected) ended();
  }
  send({ kind: 'ready' });
}

/** Present in Electron's utility process only. */
function findParentPort(): ParentPort | null {
  const found: unknown = Reflect.get(process, 'parentPort');
  return typeof found === 'object' && found !== null ? (found as ParentPort) : null;
}

/** The host has just gone; its disconnect event follows. */
function ignoreSendError(): void {}
