/** The answering end of a transport: checks every frame, calls the handler, sends results, errors and events. */
import { EngineError } from '../base/errors.ts';
import type { JsonValue } from '../base/json.ts';
import type { DesktopMethods } from './contract/desktop.ts';
import type { ErrorMessage, EventName, Events, MethodName, Params, Result, RunMetrics } from './contract.ts';
import type { EventHub } from './event-hub.ts';
import type { ServerFrame } from './frames.ts';
import { encodeMetricsFrame, parseClientFrame, printServerFrame } from './frames.ts';
import { checkParameters } from './parameter-shapes.ts';
import type { Side } from './sides.ts';
import { EVENT_SIDES, isEventName, isMethodName, METHOD_SIDES } from './sides.ts';
import type { Transport } from './transport.ts';

/** Open subscriptions one page may hold, so that a faulty page cannot fill the process. */
const SUBSCRIPTIONS_MAX = 256;

export type Handlers<M extends MethodName = MethodName> = { readonly [K in M]: (params: Params<K>) => Result<K> | Promise<Result<K>> };

type MethodsOf<S extends Side> = { [M in MethodName]: (typeof METHOD_SIDES)[M] extends S ? M : never }[MethodName];
/** What hosts of both forms answer. */
export type HostHandlers = Handlers<Exclude<MethodsOf<'host'>, keyof DesktopMethods>>;
export type DesktopHandlers = Handlers<keyof DesktopMethods>;
export type EngineHandlers = Handlers<MethodsOf<'engine'>>;

export interface Service {
  readonly side: Side;
  readonly handlers: Partial<Handlers>;
  readonly events: EventHub;
}

/** Answers until the transport closes. */
export function serve(transport: Transport, service: Service): void {
  const subscriptions = new Map<number, () => void>();
  transport.onClose(() => {
    for (const end of subscriptions.values()) end();
    subscriptions.clear();
  });
  transport.onMessage((frame) => {
    const message = typeof frame === 'string' ? parseClientFrame(frame) : null;
    if (message === null) {
      transport.close();
      return;
    }
    if (message.kind === 'call') void answer(transport, service, message.id, message.method, message.params);
    else if (message.kind === 'unlisten') endSubscription(subscriptions, message.id);
    else startSubscription(transport, service, subscriptions, message.id, message.event);
  });
}

async function answer(transport: Transport, service: Service, id: number, method: string, params: JsonValue): Promise<void> {
  const send = (frame: ServerFrame): void => transport.send(printServerFrame(frame));
  try {
    send({ kind: 'result', id, value: await callHandler(service, method, params) });
  } catch (error) {
    send({ kind: 'error', id, error: messageOfError(error) });
  }
}

async function callHandler(service: Service, method: string, params: JsonValue): Promise<unknown> {
  if (!isMethodName(method) || METHOD_SIDES[method] !== service.side) {
    throw new EngineError('MR6002', `there is no method ${JSON.stringify(method.slice(0, 80))} on the ${service.side} side`, {
      domain: 'user',
    });
  }
  checkParameters(method, params);
  // The shape was just checked; one handler per method is what `Handlers` says, which a lookup by name cannot express.
  const handler = service.handlers[method] as ((params: JsonValue) => unknown) | undefined;
  if (handler === undefined) throw new EngineError('MR6002', `${method} is not offered here`, { domain: 'user' });
  return await handler(params);
}

function startSubscription(
  transport: Transport,
  service: Service,
  subscriptions: Map<number, () => void>,
  id: number,
  event: string,
): void {
  const refused =
    !isEventName(event) || EVENT_SIDES[event] !== service.side || subscriptions.has(id) || subscriptions.size >= SUBSCRIPTIONS_MAX;
  if (refused) {
    transport.close();
    return;
  }
  const end = service.events.listen(event, (name, value, sequence) => {
    if (isMetrics(name, value)) transport.send(encodeMetricsFrame(id, sequence, value), true);
    else transport.send(printServerFrame({ kind: 'event', id, sequence, value }));
  });
  subscriptions.set(id, end);
}

function endSubscription(subscriptions: Map<number, () => void>, id: number): void {
  subscriptions.get(id)?.();
  subscriptions.delete(id);
}

function isMetrics(name: EventName, value: Events[EventName]): value is RunMetrics {
  return name === 'run.metrics' && 'nodes' in value;
}

/** Our own mistakes cross the wire without their stack; the process that made them logs it. */
export function messageOfError(error: unknown): ErrorMessage {
  if (error instanceof EngineError) {
    const { remedy, nodeId, field, zh } = error.details;
    const places = { nodeId: nodeId ?? null, field: field ?? null };
    return { code: error.code, message: error.message, remedy: remedy ?? null, ...places, ...(zh === undefined ? {} : { zh }) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'MR6000', message: `internal error: ${message}`, remedy: 'please report it', nodeId: null, field: null };
}
