/** A server on this machine that answers `/cities/7` with `{"city": "C7"}` after a moment, to those who know the word. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** So that rows are on their way at any time. */
const ANSWER_MS = 5;

export class CityServer {
  private readonly server: Server;

  constructor(authorization: string) {
    this.server = createServer((request, response) => {
      const known = request.headers.authorization === authorization;
      const id = request.url?.split('/').at(-1);
      setTimeout(() => {
        response.writeHead(known ? 200 : 401);
        response.end(known ? JSON.stringify({ city: `C${id}` }) : '');
      }, ANSWER_MS);
    });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
