/** Serves a built page with the very headers of the browser host. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { pageHeaders, readPageFiles } from '../../engine/host/page.ts';

export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

export async function servePage(folder: string): Promise<ServedPage> {
  const files = readPageFiles(folder);
  const server = http.createServer((request, response) => {
    const file = files.get(new URL(request.url ?? '/', 'http://page').pathname);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    const { port } = server.address() as AddressInfo;
    response.writeHead(200, { ...pageHeaders(port), 'Content-Type': file.type }).end(file.content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
