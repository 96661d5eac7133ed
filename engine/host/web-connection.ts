/** The page's way to a browser host: one WebSocket for both sides, opened again by itself with growing pauses. */
import type { Connection, ConnectionListener, Schedule } from './client.ts';
import type { Side } from './sides.ts';
import type { SocketMessage } from './socket-frames.ts';
import { parseSocketMessage, wrapFrame } from './socket-frames.ts';
import type { Frame, Transport } from './transport.ts';

const RETRY_FIRST_MS = 250;
const RETRY_MAX_MS = 5_000;

/** The part of a WebSocket that is used; the page's and the one of `ws` both fit behind a few lines. */
export interface Socket {
  send(frame: Frame): void;
  close(): void;
}

export interface SocketEvents {
  opened(): void;
  received(message: Frame): void;
  closed(): void;
}

/** Where the page keeps the token between reloads of the tab, and how it opens a socket. */
export interface WebEnvironment {
  readonly schedule: Schedule;
  openSocket(events: SocketEvents): Socket;
  /** The one-time code of the address, null once it was used. */
  takeCode(): string | null;
  readToken(): string | null;
  storeToken(token: string | null): void;
  /** Neither code nor token was accepted: the person needs a fresh link from the terminal. */
  refused(): void;
}

interface SideEnd {
  readonly transport: Transport;
  deliver(frame: Frame): void;
  closed(): void;
}

class WebConnection implements Connection {
  private readonly environment: WebEnvironment;
  private readonly ends = new Map<Side, SideEnd>();
  private listener: ConnectionListener | null = null;
  private socket: Socket | null = null;
  private retryMs = RETRY_FIRST_MS;
  private cancelRetry: (() => void) | null = null;
  private closed = false;

  constructor(environment: WebEnvironment) {
    this.environment = environment;
  }

  start(listener: ConnectionListener): void {
    this.listener = listener;
    this.open();
  }

  close(): void {
    this.closed = true;
    this.cancelRetry?.();
    this.socket?.close();
  }

  private open(): void {
    const socket = this.environment.openSocket({
      opened: () => this.greet(socket),
      received: (message) => {
        const parsed = parseSocketMessage(message);
        if (parsed !== null && this.socket === socket) this.receive(socket, parsed);
      },
      closed: () => this.lost(socket),
    });
    this.socket = socket;
  }

  private greet(socket: Socket): void {
    const code = this.environment.takeCode();
    const token = this.environment.readToken();
    if (code === null && token === null) {
      this.refuse();
      return;
    }
    socket.send(JSON.stringify(code === null ? { token } : { code }));
  }

  private receive(socket: Socket, message: SocketMessage): void {
    if (message.kind === 'frame') this.ends.get(message.side)?.deliver(message.frame);
    else if (message.kind === 'engine') this.setUp(socket, 'engine', message.up);
    else if (message.kind === 'refused') this.refuse();
    else {
      this.retryMs = RETRY_FIRST_MS;
      this.environment.storeToken(message.token);
      this.setUp(socket, 'host', true);
    }
  }

  private setUp(socket: Socket, side: Side, up: boolean): void {
    const before = this.ends.get(side);
    if (before !== undefined) {
      this.ends.delete(side);
      before.closed();
      this.listener?.down(side);
    }
    if (!up) return;
    const end = createEnd(side, socket);
    this.ends.set(side, end);
    this.listener?.up(side, end.transport);
  }

  private lost(socket: Socket): void {
    if (this.socket !== socket) return;
    this.setUp(socket, 'engine', false);
    this.setUp(socket, 'host', false);
    if (this.closed) return;
    this.cancelRetry = this.environment.schedule(this.retryMs, () => this.open());
    this.retryMs = Math.min(this.retryMs * 2, RETRY_MAX_MS);
  }

  private refuse(): void {
    this.environment.storeToken(null);
    this.close();
    this.environment.refused();
  }
}

export function createWebConnection(environment: WebEnvironment): Connection {
  return new WebConnection(environment);
}

function createEnd(side: Side, socket: Socket): SideEnd {
  const messageListeners: ((frame: Frame) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  return {
    deliver: (frame) => {
      for (const listener of messageListeners) listener(frame);
    },
    closed: () => {
      for (const listener of closeListeners) listener();
    },
    transport: {
      send: (frame) => socket.send(wrapFrame(side, frame)),
      onMessage: (listener) => messageListeners.push(listener),
      onClose: (listener) => closeListeners.push(listener),
      close: () => socket.close(),
    },
  };
}
