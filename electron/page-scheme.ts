/** The page's own scheme, `millrace://app/`: the built files under the same policy as in the browser, never `file:`. */
import type { Protocol, ProtocolResponse } from 'electron';
import type { PageFile, PageLook } from '../engine/host/page.ts';
import { dressPage, pageHeaders } from '../engine/host/page.ts';

export const PAGE_ORIGIN = 'millrace://app';

/** `registerBufferProtocol` is the form that both the oldest and the newest Electron know. */
export function registerPageScheme(protocol: Protocol, files: ReadonlyMap<string, PageFile>, look: () => PageLook): void {
  protocol.registerBufferProtocol('millrace', (request, respond) => respond(answer(request.url, files, look)));
}

function answer(address: string, files: ReadonlyMap<string, PageFile>, look: () => PageLook): ProtocolResponse {
  const url = new URL(address);
  const file = url.host === 'app' ? files.get(url.pathname) : undefined;
  const headers = pageHeaders(null);
  if (file === undefined) return { statusCode: 404, mimeType: 'text/plain', headers, data: Buffer.from('There is no such file.') };
  const isPage = file.type.startsWith('text/html');
  return {
    statusCode: 200,
    mimeType: file.type.split(';')[0],
    charset: 'utf-8',
    headers,
    data: isPage ? Buffer.from(dressPage(file.content.toString('utf8'), look())) : file.content,
  };
}
