/** The designer on its in-memory host, built once and served with the very headers of the browser host. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'vite';
import { pageHeaders, readPageFiles } from '../../../engine/host/page.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../build/renderer-memory');

export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

let built: Promise<unknown> | null = null;

export async function serveMemoryPage(): Promise<ServedPage> {
  built ??= build({ configFile: path.resolve(import.meta.dirname, '../memory/vite.config.ts'), logLevel: 'error' });
  await built;
  const files = readPageFiles(FOLDER);
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
