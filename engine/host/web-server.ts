/** The browser host's server: the built page by GET, everything else through one WebSocket that starts with a secret. Loopback only. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { EngineError } from '../base/errors.ts';
import type { Access } from './access.ts';
import { isOwnHost, isOwnOrigin } from './access.ts';
import { FRAME_BYTES_MAX } from './frames.ts';
import type { PageFile, PageLook } from './page.ts';
import { dressPage, pageHeaders } from './page.ts';
import { parseHello } from './socket-frames.ts';

export const SOCKET_PATH = '/socket';
const LOOPBACK = '127.0.0.1';
/** A socket that has not shown a secret by then is closed. */
const HELLO_WITHIN_MS = 10_000;
/** Sockets that have not shown a secret yet. */
const STRANGERS_MAX = 32;

export interface WebServerOptions {
  readonly port: number;
  readonly access: Access;
  readonly pageFiles: ReadonlyMap<string, PageFile>;
  readonly look: () => PageLook;
  /** A page that has shown a good code or token; `token` is to be sent back to it. */
  readonly accepted: (socket: WebSocket, token: string) => void;
  /** Told to a socket with a bad secret before it is closed. */
  readonly refusal: string;
}

export interface WebServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Resolves when the port is open; port 0 takes a free one. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: FRAME_BYTES_MAX, perMessageDeflate: false });
  const port = await listen(server, options.port);
  const headers = pageHeaders(port);
  server.on('request', (request, response) => answerRequest(request, response, port, headers, options));
  let strangers = 0;
  server.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    connection.on('error', () => connection.destroy());
    const own = isOwnHost(request.headers.host, port) && isOwnOrigin(request.headers.origin, port);
    if (!own || request.url !== SOCKET_PATH || strangers >= STRANGERS_MAX) {
      connection.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, connection, head, (socket) => {
      strangers++;
      greet(socket, options, () => strangers--);
    });
  });
  return { port, close: () => closeServer(server, sockets) };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explainListenError(error, port)));
    server.listen(port, LOOPBACK, () => {
      server.removeAllListeners('error');
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function explainListenError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  const why = error.code === 'EACCES' ? 'may not be opened by this user' : 'is in use';
  return new EngineError('MR6004', `port ${port} ${why}`, { domain: 'user', remedy: 'choose another with --port', cause: error });
}

function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  headers: Readonly<Record<string, string>>,
  options: WebServerOptions,
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const { host, origin } = request.headers;
  if (!isOwnHost(host, port) || (origin !== undefined && !isOwnOrigin(origin, port))) {
    finish(response, 403, `This server answers only to http://${LOOPBACK}:${port}/`);
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    finish(response, 405, 'Only GET.');
    return;
  }
  const name = (request.url ?? '/').split('?', 1)[0];
  const file = options.pageFiles.get(name);
  if (file === undefined) {
    finish(response, 404, 'There is no such file.');
    return;
  }
  const isPage = file.type.startsWith('text/html');
  response.setHeader('Content-Type', file.type);
  response.setHeader('Cache-Control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-store');
  const content = isPage ? Buffer.from(dressPage(file.content.toString('utf8'), options.look())) : file.content;
  response.setHeader('Content-Length', content.length);
  response.statusCode = 200;
  response.end(request.method === 'HEAD' ? undefined : content);
}

function finish(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.end(`${text}\n`);
}

/** The first message must hold a secret that is good; nothing is answered before. */
function greet(socket: WebSocket, options: WebServerOptions, known: () => void): void {
  let waiting = true;
  const settled = (): void => {
    if (waiting) known();
    waiting = false;
    clearTimeout(deadline);
  };
  const deadline = setTimeout(() => socket.terminate(), HELLO_WITHIN_MS);
  socket.on('error', () => socket.terminate());
  socket.on('close', settled);
  socket.once('message', (data, isBinary) => {
    settled();
    const hello = isBinary ? null : parseHello(String(data));
    const token = hello === null ? null : tokenFor(options.access, hello);
    if (token === null) {
      socket.send(options.refusal);
      socket.close(4401, 'refused');
      return;
    }
    options.accepted(socket, token);
  });
}

function tokenFor(access: Access, hello: { readonly code?: string; readonly token?: string }): string | null {
  if (hello.code !== undefined) return access.exchange(hello.code);
  if (hello.token !== undefined && access.isSession(hello.token)) return hello.token;
  return null;
}

function closeServer(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
