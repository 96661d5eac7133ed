/** What a page holds of host and engine: calls with answers, subscriptions that survive a lost connection. */
import { EngineError } from '../base/errors.ts';
import type { JsonValue } from '../base/json.ts';
import type { ErrorMessage, EventName, Events, HostClient, MethodName, Params, Result } from './contract.ts';
import type { ClientFrame } from './frames.ts';
import { decodeMetricsFrame, parseServerFrame } from './frames.ts';
import type { Side } from './sides.ts';
import { EVENT_SIDES, isSafeMethod, METHOD_SIDES } from './sides.ts';
import type { Frame, Transport } from './transport.ts';

/** Calls made while there is no connection wait this long for one. */
const WAIT_FOR_CONNECTION_MS = 15_000;

/** Tells the client when a side can be reached and when not; finding it again is the connection's own business. */
export interface Connection {
  start(listener: ConnectionListener): void;
  close(): void;
}

export interface ConnectionListener {
  up(side: Side, transport: Transport): void;
  down(side: Side): void;
}

/** Portable code has no timers of its own. Returns the function that cancels. */
export type Schedule = (delayMs: number, action: () => void) => () => void;

interface PendingCall {
  readonly method: MethodName;
  readonly params: JsonValue;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  cancelWait: (() => void) | null;
}

interface Subscription {
  readonly event: EventName;
  readonly deliver: (value: unknown, sequence: number) => void;
}

/** One process at the other end: its transport while there is one, and what is waiting for it. */
interface SideLink {
  transport: Transport | null;
  readonly pending: Map<number, PendingCall>;
  readonly subscriptions: Map<number, Subscription>;
}

class ConnectedHostClient implements HostClient {
  private readonly connection: Connection;
  private readonly schedule: Schedule;
  private readonly links: Record<Side, SideLink> = { host: createLink(), engine: createLink() };
  private readonly connectionListeners = new Set<(state: 'connected' | 'connecting' | 'lost') => void>();
  private state: 'connected' | 'connecting' | 'lost' = 'connecting';
  private nextId = 1;
  private closed = false;

  constructor(connection: Connection, schedule: Schedule) {
    this.connection = connection;
    this.schedule = schedule;
    connection.start({ up: (side, transport) => this.linkUp(side, transport), down: (side) => this.linkDown(side) });
  }

  call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>> {
    return new Promise<Result<M>>((resolve, reject) => {
      const link = this.links[METHOD_SIDES[method]];
      const id = this.nextId++;
      if (this.closed) {
        reject(connectionLost(method));
        return;
      }
      // The wire carries no types; contract tests hold both ends to the map.
      const answer = resolve as (value: unknown) => void;
      const call: PendingCall = { method, params: params as JsonValue, resolve: answer, reject, cancelWait: null };
      link.pending.set(id, call);
      if (link.transport === null) this.waitForConnection(link, id, call);
      else sendCall(link.transport, id, call);
    });
  }

  listen<E extends EventName>(event: E, listener: (value: Events[E], sequence: number) => void): () => void {
    const link = this.links[EVENT_SIDES[event]];
    const id = this.nextId++;
    link.subscriptions.set(id, { event, deliver: listener as (value: unknown, sequence: number) => void });
    if (link.transport !== null) sendFrame(link.transport, { kind: 'listen', id, event });
    return () => {
      if (link.subscriptions.delete(id) && link.transport !== null) sendFrame(link.transport, { kind: 'unlisten', id });
    };
  }

  onConnection(listener: (state: 'connected' | 'connecting' | 'lost') => void): () => void {
    this.connectionListeners.add(listener);
    listener(this.state);
    return () => this.connectionListeners.delete(listener);
  }

  close(): void {
    this.closed = true;
    this.connection.close();
    this.linkDown('engine');
    this.linkDown('host');
    for (const link of [this.links.host, this.links.engine]) {
      for (const call of link.pending.values()) failCall(call);
      link.pending.clear();
      link.subscriptions.clear();
    }
  }

  private waitForConnection(link: SideLink, id: number, call: PendingCall): void {
    call.cancelWait = this.schedule(WAIT_FOR_CONNECTION_MS, () => {
      if (link.pending.delete(id)) failCall(call);
    });
  }

  private linkUp(side: Side, transport: Transport): void {
    const link = this.links[side];
    link.transport = transport;
    transport.onMessage((frame) => {
      if (link.transport === transport) this.receive(link, frame);
    });
    for (const [id, subscription] of link.subscriptions) sendFrame(transport, { kind: 'listen', id, event: subscription.event });
    for (const [id, call] of link.pending) {
      call.cancelWait?.();
      call.cancelWait = null;
      sendCall(transport, id, call);
    }
    if (side === 'host') this.setState('connected');
  }

  /** Unsafe calls may or may not have been carried out: the caller has to look. Safe ones are sent again. */
  private linkDown(side: Side): void {
    const link = this.links[side];
    if (link.transport !== null) {
      link.transport = null;
      for (const [id, call] of link.pending) {
        if (isSafeMethod(call.method) && !this.closed) this.waitForConnection(link, id, call);
        else if (link.pending.delete(id)) failCall(call);
      }
    }
    if (side === 'host' && this.state === 'connected') this.setState('lost');
  }

  private receive(link: SideLink, frame: Frame): void {
    if (typeof frame !== 'string') {
      const { id, sequence, metrics } = decodeMetricsFrame(frame);
      link.subscriptions.get(id)?.deliver(metrics, sequence);
      return;
    }
    const message = parseServerFrame(frame);
    if (message.kind === 'event') {
      link.subscriptions.get(message.id)?.deliver(message.value, message.sequence);
      return;
    }
    const call = link.pending.get(message.id);
    if (call === undefined) return;
    link.pending.delete(message.id);
    if (message.kind === 'result') call.resolve(message.value);
    else call.reject(errorFromMessage(message.error));
  }

  private setState(state: 'connected' | 'connecting' | 'lost'): void {
    this.state = state;
    for (const listener of this.connectionListeners) listener(state);
  }
}

export function createHostClient(connection: Connection, schedule: Schedule): HostClient {
  return new ConnectedHostClient(connection, schedule);
}

function createLink(): SideLink {
  return { transport: null, pending: new Map(), subscriptions: new Map() };
}

function sendFrame(transport: Transport, frame: ClientFrame): void {
  transport.send(JSON.stringify(frame));
}

function sendCall(transport: Transport, id: number, call: PendingCall): void {
  sendFrame(transport, { kind: 'call', id, method: call.method, params: call.params });
}

function failCall(call: PendingCall): void {
  call.cancelWait?.();
  call.reject(connectionLost(call.method));
}

function connectionLost(method: MethodName): EngineError {
  return new EngineError('connection-lost', `the connection was lost before ${method} was answered`, {
    domain: 'external',
    retryable: true,
    remedy: 'look at the current state and try again',
  });
}

/** A refusal that crossed a transport, as the error it was. */
export function errorFromMessage(message: ErrorMessage): EngineError {
  return new EngineError(message.code, message.message, {
    domain: 'user',
    ...(message.remedy === null ? {} : { remedy: message.remedy }),
    ...(message.nodeId === null ? {} : { nodeId: message.nodeId }),
    ...(message.field === null ? {} : { field: message.field }),
    ...(message.zh === undefined ? {} : { zh: message.zh }),
    ...(message.data === undefined ? {} : { cause: message.data }),
  });
}
