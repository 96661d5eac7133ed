/** Who may speak to a browser host: one-time codes for links, session tokens they are exchanged for, exact names of host and origin. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;
/** A link that nobody opened stops working. */
const CODE_LIVES_MS = 15 * 60 * 1000;
const CODES_MAX = 32;
const SESSIONS_MAX = 64;

export class Access {
  private readonly now: () => number;
  /** Digests, not the secrets: nothing that is printed or dumped gives access. */
  private codes: { readonly digest: Buffer; readonly expiresAtMs: number }[] = [];
  private sessions: Buffer[] = [];

  constructor(now: () => number) {
    this.now = now;
  }

  createCode(): string {
    const code = randomBytes(SECRET_BYTES).toString('base64url');
    this.codes = [...this.codes, { digest: digestOf(code), expiresAtMs: this.now() + CODE_LIVES_MS }].slice(-CODES_MAX);
    return code;
  }

  /** The token for a code, which is worth nothing afterwards; null for one that is unknown, used or too old. */
  exchange(code: string): string | null {
    const digest = digestOf(code);
    const found = this.codes.find((candidate) => timingSafeEqual(candidate.digest, digest));
    if (found === undefined) return null;
    this.codes = this.codes.filter((candidate) => candidate !== found);
    if (found.expiresAtMs < this.now()) return null;
    const token = randomBytes(SECRET_BYTES).toString('base64url');
    this.sessions = [...this.sessions, digestOf(token)].slice(-SESSIONS_MAX);
    return token;
  }

  isSession(token: string): boolean {
    const digest = digestOf(token);
    return this.sessions.some((session) => timingSafeEqual(session, digest));
  }
}

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** The names under which this server may be addressed: the address itself, nothing that a name server could turn into it. */
export function isOwnHost(hostHeader: string | undefined, port: number): boolean {
  return hostHeader === `127.0.0.1:${port}`;
}

export function isOwnOrigin(originHeader: string | undefined, port: number): boolean {
  return originHeader === `http://127.0.0.1:${port}`;
}
