/** One accepted WebSocket of a page: the host's frames to the host service, the engine's frames through to the engine, unread. */
import type { WebSocket } from 'ws';
import type { EngineSupervisor } from '../engine-supervisor.ts';
import type { Service } from '../serve.ts';
import { serve } from '../serve.ts';
import { parseSocketMessage, printEngineUp, printWelcome, wrapFrame } from '../socket-frames.ts';
import type { Frame, Transport } from '../transport.ts';

/** Above this many unsent bytes the page does not keep up: droppable frames are left out. */
const BUFFERED_BYTES_MAX = 1024 * 1024;
/** Above this many the page is not reading at all. */
const BUFFERED_BYTES_FATAL = 64 * 1024 * 1024;

export interface SocketBridge {
  /** To be called when the engine came or went. */
  engineChanged(): void;
}

export function bridgeSocket(socket: WebSocket, token: string, host: Service, supervisor: EngineSupervisor): SocketBridge {
  const hostListeners: ((frame: Frame) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let engine: Transport | null = null;
  const hostTransport: Transport = {
    send: (frame, droppable) => sendBounded(socket, wrapFrame('host', frame), droppable ?? false),
    onMessage: (listener) => hostListeners.push(listener),
    onClose: (listener) => closeListeners.push(listener),
    close: () => socket.close(),
  };
  const connectEngine = (): void => {
    if (engine !== null || socket.readyState !== socket.OPEN) return;
    const transport = supervisor.connect();
    if (transport === null) return;
    engine = transport;
    // Binary frames are metrics: a newer one follows within half a second.
    transport.onMessage((frame) => sendBounded(socket, wrapFrame('engine', frame), typeof frame !== 'string'));
    transport.onClose(() => {
      if (engine !== transport) return;
      engine = null;
      if (socket.readyState === socket.OPEN) socket.send(printEngineUp(false));
    });
    socket.send(printEngineUp(true));
  };
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    const message = parseSocketMessage(isBinary ? data : data.toString('utf8'));
    if (message?.kind !== 'frame') {
      socket.close(4400, 'not a frame');
      return;
    }
    if (message.side === 'engine') engine?.send(message.frame);
    else for (const listener of hostListeners) listener(message.frame);
  });
  socket.on('close', () => {
    engine?.close();
    for (const listener of closeListeners) listener();
  });
  serve(hostTransport, host);
  socket.send(printWelcome(token));
  connectEngine();
  return { engineChanged: connectEngine };
}

function sendBounded(socket: WebSocket, frame: Frame, droppable: boolean): void {
  if (socket.readyState !== socket.OPEN) return;
  if (droppable && socket.bufferedAmount > BUFFERED_BYTES_MAX) return;
  if (socket.bufferedAmount > BUFFERED_BYTES_FATAL) {
    socket.terminate();
    return;
  }
  socket.send(frame);
}
