/** The page's own scheme, `millrace://app/`: the built files under the same policy as in the browser, never `file:`. */
import type { Protocol } from 'electron';
import type { PageFile, PageLook } from '../engine/host/page.ts';
import { dressPage, pageHeaders } from '../engine/host/page.ts';

export const PAGE_SCHEME = 'millrace';
export const PAGE_ORIGIN = `${PAGE_SCHEME}://app`;

interface PageAnswer {
  readonly status: number;
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Buffer;
}

/** `protocol.handle` where it is there (Electron 25 and later), else the older form of the same. */
export function registerPageScheme(protocol: Protocol, files: ReadonlyMap<string, PageFile>, look: () => PageLook): void {
  if (typeof Reflect.get(protocol, 'handle') === 'function') {
    protocol.handle(PAGE_SCHEME, ({ url }) => {
      const { status, type, headers, content } = answerPage(url, files, look());
      return new Response(new Uint8Array(content), { status, headers: { ...headers, 'Content-Type': type } });
    });
    return;
  }
  protocol.registerBufferProtocol(PAGE_SCHEME, ({ url }, respond) => {
    const { status, type, headers, content } = answerPage(url, files, look());
    respond({ statusCode: status, mimeType: type.split(';')[0], charset: 'utf-8', headers: { ...headers }, data: content });
  });
}

export function answerPage(address: string, files: ReadonlyMap<string, PageFile>, look: PageLook): PageAnswer {
  const url = new URL(address);
  const file = url.host === 'app' ? files.get(url.pathname) : undefined;
  const headers = pageHeaders(null);
  if (file === undefined) return { status: 404, type: 'text/plain', headers, content: Buffer.from('There is no such file.') };
  const dressed = file.type.startsWith('text/html') ? Buffer.from(dressPage(file.content.toString('utf8'), look)) : file.content;
  return { status: 200, type: file.type, headers, content: dressed };
}
