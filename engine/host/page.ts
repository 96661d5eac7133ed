/** Serves the built page: its files by exact name from a list made at start, with the headers that keep the page to itself. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface PageFile {
  readonly content: Buffer;
  readonly type: string;
  /** Names with a hash of their content never change. */
  readonly immutable: boolean;
}

/** What the person chose, written into the page before it is sent, so that it never flashes in another theme. */
export interface PageLook {
  readonly theme: string | null;
  readonly language: string | null;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.md': 'text/markdown; charset=utf-8',
};

const THEMES: readonly string[] = ['light', 'dark', 'system'];
const LANGUAGES: Readonly<Record<string, string>> = { en: 'en', zh: 'zh-CN' };

/** `connect-src` names the socket: `self` does not cover ws: in every browser we support. Without a port there is none. */
export function pageHeaders(port: number | null): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      port === null ? "connect-src 'self'" : `connect-src 'self' ws://127.0.0.1:${port}`,
      "worker-src 'self'",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ].join('; '),
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
  };
}

/** Reads the whole built page once: a request can name only what is in this list, so there is no path to escape from. */
export function readPageFiles(directory: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  collect(directory, '', files);
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return files;
}

function collect(directory: string, prefix: string, files: Map<string, PageFile>): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const name = `${prefix}/${entry.name}`;
    const full = path.join(directory, entry.name);
    if (entry.isDirectory()) collect(full, name, files);
    else if (entry.isFile() && !entry.name.endsWith('.map')) {
      const type = TYPES[path.extname(entry.name).toLowerCase()] ?? 'application/octet-stream';
      files.set(name, { content: readFileSync(full), type, immutable: name.startsWith('/assets/') });
    }
  }
}

/** Writes theme, language and colour scheme into the page; unknown values are left as built. */
export function dressPage(html: string, look: PageLook): string {
  const theme = look.theme !== null && THEMES.includes(look.theme) ? look.theme : null;
  const language = look.language === null ? undefined : LANGUAGES[look.language];
  let dressed = html;
  if (theme !== null) dressed = setAttribute(dressed, /<html[^>]*>/, 'data-theme', theme);
  if (language !== undefined) dressed = setAttribute(dressed, /<html[^>]*>/, 'lang', language);
  if (theme === 'light' || theme === 'dark') dressed = setAttribute(dressed, /<meta name="color-scheme"[^>]*>/, 'content', theme);
  return dressed;
}

/** `value` comes from the lists above, never from a file as it is. */
function setAttribute(html: string, tag: RegExp, name: string, value: string): string {
  return html.replace(tag, (found) => {
    const attribute = new RegExp(` ${name}="[^"]*"`);
    return attribute.test(found) ? found.replace(attribute, ` ${name}="${value}"`) : found.replace(/\s*\/?>$/, ` ${name}="${value}">`);
  });
}
