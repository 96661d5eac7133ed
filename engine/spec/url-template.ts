/**
 * Addresses that a row completes: `https://host:8080/users/{id}?lang={lang}`. Only what stands behind the host may come out of a row, so
 * requests go where the person who wrote the address sent them, and nowhere else.
 */

export interface UrlTemplate {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  /** Path and query: texts that are sent as they stand, and columns. */
  readonly parts: readonly UrlPart[];
}

export type UrlPart = { readonly text: string } | { readonly column: string };

const URL = /^(https?):\/\/([^/?#\s]*)([/?][^#\s]*)?$/i;
/** A name, an IPv4 address or an IPv6 address in brackets; no user and password. */
const AUTHORITY = /^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?$/;
const PORTS = { http: 80, https: 443 } as const;

/** Null when it is no such address. */
export function parseUrlTemplate(words: string): UrlTemplate | null {
  const [, scheme = '', authority = '', rest = ''] = URL.exec(words.trim()) ?? [];
  const [, host, port] = AUTHORITY.exec(authority) ?? [];
  if (host === undefined) return null;
  const kind = scheme.toLowerCase() === 'https' ? 'https' : 'http';
  const number = port === undefined ? PORTS[kind] : Number(port);
  const parts = splitParts(rest.startsWith('/') ? rest : `/${rest}`);
  if (number < 1 || number > 65535 || parts === null) return null;
  return { scheme: kind, host: host.replaceAll(/^\[|\]$/g, ''), port: number, parts };
}

/** Columns in order, each as often as it stands there. */
export function columnsOfUrl({ parts }: UrlTemplate): readonly string[] {
  return parts.flatMap((part) => ('column' in part ? [part.column] : []));
}

function splitParts(words: string): UrlPart[] | null {
  const parts: UrlPart[] = [];
  for (const [piece] of words.matchAll(/\{[^{}]*\}|[^{}]+|[{}]/g)) {
    if (piece.startsWith('{') && piece.length > 2) parts.push({ column: piece.slice(1, -1) });
    else if (/[{}]/.test(piece)) return null;
    else parts.push({ text: escapeText(piece) });
  }
  return parts;
}

/** What may not stand in a request line; escapes that are there already stay. */
function escapeText(piece: string): string {
  return piece.replaceAll(/[^!-~]+|["<>\\^`|]/gu, (odd) => encodeURIComponent(odd));
}

/** A value of a row, which can never be more than one piece of path or query. */
export function escapeUrlValue(value: string): string {
  // A lone surrogate has no bytes of its own.
  const escaped = encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
  return /^\.{1,2}$/.test(escaped) ? escaped.replaceAll('.', '%2E') : escaped;
}
