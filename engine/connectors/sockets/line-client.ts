/** A TCP client that connects, tries again, and keeps what has arrived until the reader takes it. */
import { connect, type Socket } from 'node:net';
import { EngineError } from '../../base/errors.ts';
import type { WriteLog } from '../../operators/operator.ts';
import { fillText, text } from '../../spec/text.ts';

/** Arrived bytes that may wait; beyond it the server has to. */
const WAITING_BYTES_MAX = 1024 * 1024;

const AGAIN = text({
  en: '{host}:{port}: {reason}; trying again in {delay} ms',
  zh: '{host}:{port}：{reason}；{delay} 毫秒后重试',
});
const CONNECTED = text({ en: 'connected to {host}:{port}', zh: '已连接到 {host}:{port}' });

export interface ClientSettings {
  readonly host: string;
  readonly port: number;
  readonly reconnectDelayMs: number;
  readonly reconnectAttempts: number;
}

export interface ClientListener {
  /** Something has changed: bytes arrived, room to write, the end, or a failure. */
  changed(): void;
  readonly log: WriteLog;
}

export class LineClient {
  private readonly settings: ClientSettings;
  private readonly listener: ClientListener;
  private socket: Socket | null = null;
  private readonly arrived: Uint8Array[] = [];
  private arrivedBytes = 0;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private attempts = 0;
  private closed = false;
  /** Times a connection was made; a new one begins a new stream of bytes. */
  connections = 0;
  connected = false;
  /** The server has closed the connection in good order. */
  ended = false;
  failure: EngineError | null = null;

  constructor(settings: ClientSettings, listener: ClientListener) {
    this.settings = settings;
    this.listener = listener;
  }

  open(): void {
    const socket = connect({ host: this.settings.host, port: this.settings.port });
    this.socket = socket;
    socket.on('connect', () => {
      this.connected = true;
      this.connections++;
      this.attempts = 0;
      this.listener.log('info', 'connected', fillText(CONNECTED, { host: this.settings.host, port: this.settings.port }));
      this.listener.changed();
    });
    socket.on('data', (bytes: Buffer) => {
      this.arrived.push(bytes);
      this.arrivedBytes += bytes.length;
      if (this.arrivedBytes >= WAITING_BYTES_MAX) socket.pause();
      this.listener.changed();
    });
    socket.on('drain', () => this.listener.changed());
    socket.on('end', () => {
      this.ended = true;
      this.listener.changed();
    });
    socket.on('error', (error: Error) => this.lost(error));
    socket.on('close', () => {
      this.connected = false;
      if (!this.ended && this.retry === null) this.lost(null);
    });
  }

  /** Bytes that have arrived and were not taken. */
  get waitingBytes(): number {
    return this.arrivedBytes;
  }

  /** Copies up to `room` arrived bytes to `target` at `offset`; returns their number. */
  take(target: Uint8Array, offset: number, room: number): number {
    let taken = 0;
    while (taken < room && this.arrived.length > 0) {
      const [piece] = this.arrived;
      const count = Math.min(piece.length, room - taken);
      target.set(piece.subarray(0, count), offset + taken);
      taken += count;
      if (count === piece.length) this.arrived.shift();
      else this.arrived[0] = piece.subarray(count);
    }
    this.arrivedBytes -= taken;
    if (this.arrivedBytes < WAITING_BYTES_MAX / 2 && this.socket?.isPaused() === true) this.socket.resume();
    return taken;
  }

  /** Hands bytes to the connection; they are copied. */
  write(bytes: Uint8Array): void {
    this.socket?.write(Buffer.from(Uint8Array.prototype.slice.call(bytes)));
  }

  /** Bytes handed over that the system has not taken yet. */
  get unsentBytes(): number {
    return this.socket?.writableLength ?? 0;
  }

  close(): void {
    this.closed = true;
    if (this.retry !== null) clearTimeout(this.retry);
    if (this.connected) this.socket?.end();
    else this.socket?.destroy();
    this.socket?.unref();
  }

  private lost(error: Error | null): void {
    if (this.closed || this.retry !== null || this.failure !== null) return;
    const { host, port, reconnectDelayMs, reconnectAttempts } = this.settings;
    this.connected = false;
    this.attempts++;
    const reason = error === null ? 'the connection broke' : error.message;
    if (this.attempts >= reconnectAttempts) {
      this.failure = new EngineError('MR4030', `${host}:${port} cannot be reached after ${this.attempts} attempts: ${reason}`, {
        domain: 'external',
        field: 'host',
        remedy: 'start the server, or correct host and port',
        retryable: true,
        cause: error,
      });
      this.listener.changed();
      return;
    }
    this.listener.log('warning', 'connecting-again', fillText(AGAIN, { host, port, reason, delay: reconnectDelayMs }));
    this.retry = setTimeout(() => {
      this.retry = null;
      if (!this.closed) this.open();
    }, reconnectDelayMs);
  }
}
