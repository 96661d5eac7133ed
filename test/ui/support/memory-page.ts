/** The designer on its in-memory host, built once and served like the product's page. */
import path from 'node:path';
import { build } from 'vite';
import type { ServedPage } from '../../support/page-server.ts';
import { servePage } from '../../support/page-server.ts';
import { REPOSITORY } from '../../support/source-files.ts';

export type { ServedPage } from '../../support/page-server.ts';

let built: Promise<unknown> | null = null;

export async function serveMemoryPage(): Promise<ServedPage> {
  built ??= build({ configFile: path.join(REPOSITORY, 'test/ui/memory/vite.config.ts'), logLevel: 'error' });
  await built;
  return servePage(path.join(REPOSITORY, 'build/renderer-memory'));
}
