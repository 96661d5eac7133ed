/**
 * How both sides of the contract share one WebSocket: the first character (or byte) of a message says which side it
 * belongs to, so that the host forwards the engine's frames without reading them. Upper-case letters are the socket's own.
 */
import type { Side } from './sides.ts';
import type { Frame } from './transport.ts';

/** First message of a page: the one-time code of the link, or the token it was exchanged for. */
export interface Hello {
  readonly code?: string;
  readonly token?: string;
}

export type SocketMessage =
  | { readonly kind: 'frame'; readonly side: Side; readonly frame: Frame }
  | { readonly kind: 'welcome'; readonly token: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'engine'; readonly up: boolean };

const SIDE_LETTERS: Record<Side, string> = { host: 'h', engine: 'e' };

export function wrapFrame(side: Side, frame: Frame): Frame {
  const letter = SIDE_LETTERS[side];
  if (typeof frame === 'string') return letter + frame;
  const bytes = new Uint8Array(frame.length + 1);
  bytes[0] = letter.charCodeAt(0);
  bytes.set(frame, 1);
  return bytes;
}

export function printWelcome(token: string): string {
  return `W${token}`;
}

export const REFUSED = 'R';

export function printEngineUp(up: boolean): string {
  return up ? 'U' : 'D';
}

/** Returns null for what is none of ours. */
export function parseSocketMessage(message: Frame): SocketMessage | null {
  const letter = typeof message === 'string' ? message.charAt(0) : String.fromCharCode(message[0] ?? 0);
  const frame = typeof message === 'string' ? message.slice(1) : message.subarray(1);
  if (letter === 'h') return { kind: 'frame', side: 'host', frame };
  if (letter === 'e') return { kind: 'frame', side: 'engine', frame };
  if (typeof frame !== 'string') return null;
  if (letter === 'W') return { kind: 'welcome', token: frame };
  if (letter === 'R') return { kind: 'refused' };
  if (letter === 'U' || letter === 'D') return { kind: 'engine', up: letter === 'U' };
  return null;
}

/** Returns null for what is not a greeting. */
export function parseHello(text: string): Hello | null {
  if (text.length > 512) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  if ('token' in value && typeof value.token === 'string') return { token: value.token };
  if ('code' in value && typeof value.code === 'string') return { code: value.code };
  return null;
}
