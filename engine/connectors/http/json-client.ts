/**
 * Asks a server for JSON: one GET per question, tried again as often as agreed, given up after a time. Answers come on the event loop.
 * It talks to the one host it was made for: no redirects are followed, no proxies are used.
 */
import * as http from 'node:http';
import * as https from 'node:https';
import type { JsonTree } from '../../expressions/functions/support/json/read-json.ts';
import { JsonTextError, readJson } from '../../expressions/functions/support/json/read-json.ts';

export interface JsonClientSettings {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  readonly connectionsMax: number;
  /** From the question to the answer, with everything that was tried again. */
  readonly timeoutMs: number;
  /** Attempts behind the first. */
  readonly retries: number;
  readonly retryDelayMs: number;
  /** The delay doubles with every attempt, up to a minute. */
  readonly exponential: boolean;
  /** Tries again also when there is nothing. */
  readonly retriesMissing: boolean;
  /** Sent with every question, names in small letters; never part of a reason. */
  readonly headers: Readonly<Record<string, string>>;
}

/** `missing`: the server has nothing (404, 410, 204, an empty body, null). */
export type JsonAnswer =
  | { readonly kind: 'found'; readonly json: JsonTree }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly reason: string };

type Attempt = JsonAnswer & { readonly final?: true };

const RETRY_DELAY_MS_MAX = 60_000;
/** A longer answer is none. */
const ANSWER_BYTES_MAX = 4 * 1024 * 1024;
const MISSING: JsonAnswer = { kind: 'missing' };

export class JsonClient {
  readonly settings: JsonClientSettings;
  readonly agent: http.Agent;
  private readonly open = new Set<Question>();

  constructor(settings: JsonClientSettings) {
    this.settings = settings;
    const options = { keepAlive: true, maxSockets: settings.connectionsMax };
    this.agent = settings.scheme === 'https' ? new https.Agent(options) : new http.Agent(options);
  }

  /** `path` is sent as it stands. `answered` is called once, later, and never after `close`. */
  ask(path: string, answered: (answer: JsonAnswer) => void): void {
    const question = new Question(this, path, (answer) => {
      this.open.delete(question);
      answered(answer);
    });
    this.open.add(question);
    question.start();
  }

  close(): void {
    for (const question of this.open) question.cancel();
    this.open.clear();
    this.agent.destroy();
  }
}

class Question {
  private readonly client: JsonClient;
  private readonly path: string;
  private readonly answered: (answer: JsonAnswer) => void;
  private attempts = 0;
  private request: http.ClientRequest | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private lastReason = '';

  constructor(client: JsonClient, path: string, answered: (answer: JsonAnswer) => void) {
    this.client = client;
    this.path = path;
    this.answered = answered;
  }

  start(): void {
    const { timeoutMs } = this.client.settings;
    this.timer = setTimeout(() => {
      const tried = this.attempts > 1 ? `, ${this.attempts} attempts` : '';
      const why = this.lastReason === '' ? '' : `; last: ${this.lastReason}`;
      this.finish({ kind: 'failed', reason: `no answer within ${timeoutMs} ms${tried}${why}` });
    }, timeoutMs);
    this.attempt();
  }

  cancel(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.retry !== null) clearTimeout(this.retry);
    this.timer = null;
    this.retry = null;
    const { request } = this;
    this.request = null;
    request?.destroy();
  }

  private finish(answer: JsonAnswer): void {
    this.cancel();
    this.answered(answer);
  }

  private attempt(): void {
    const { client, path } = this;
    const { scheme, host, port, headers: own } = client.settings;
    this.attempts++;
    const headers = { accept: 'application/json', ...own };
    const options = { host, port, path, method: 'GET', agent: client.agent, headers };
    const request = scheme === 'https' ? https.request(options) : http.request(options);
    this.request = request;
    // An attempt ends once; what comes behind its end is of nobody's interest.
    const end = (attempt: Attempt): void => {
      if (this.request !== request) return;
      this.request = null;
      this.judge(attempt);
    };
    request.on('error', (error) => {
      // The server had closed a connection that was kept open just when it was used again: that says nothing about the question.
      if (this.request === request && request.reusedSocket) {
        this.attempts--;
        this.attempt();
      } else end({ kind: 'failed', reason: error.message });
    });
    request.on('response', (response) => readAnswer(response, end));
    request.end();
  }

  private judge(attempt: Attempt): void {
    const { retries, retryDelayMs, exponential, retriesMissing } = this.client.settings;
    if (attempt.kind === 'failed') this.lastReason = attempt.reason;
    const again = attempt.kind === 'failed' ? attempt.final !== true : attempt.kind === 'missing' && retriesMissing;
    if (!again || this.attempts > retries) {
      this.finish(attempt);
      return;
    }
    const delay = exponential ? Math.min(retryDelayMs * 2 ** (this.attempts - 1), RETRY_DELAY_MS_MAX) : retryDelayMs;
    this.retry = setTimeout(() => {
      this.retry = null;
      this.attempt();
    }, delay);
  }
}

function readAnswer(response: http.IncomingMessage, end: (attempt: Attempt) => void): void {
  const status = response.statusCode ?? 0;
  const refuse = (attempt: Attempt): void => {
    response.resume();
    end(attempt);
  };
  if (status === 404 || status === 410 || status === 204) return refuse(MISSING);
  if (status >= 300 && status < 400)
    return refuse({
      kind: 'failed',
      reason: `the server answered ${status}: it refers to another address, which is not followed`,
      final: true,
    });
  if (status < 200 || status > 299) return refuse({ kind: 'failed', reason: `the server answered ${status}` });
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  response.on('data', (piece: Uint8Array) => {
    bytes += piece.length;
    pieces.push(piece);
    if (bytes <= ANSWER_BYTES_MAX) return;
    response.destroy();
    end({ kind: 'failed', reason: `the answer is longer than ${ANSWER_BYTES_MAX} bytes`, final: true });
  });
  response.on('end', () => end(readBody(Buffer.concat(pieces).toString('utf8'))));
  response.on('error', (error) => end({ kind: 'failed', reason: error.message }));
  response.on('close', () => end({ kind: 'failed', reason: 'the connection broke' }));
}

function readBody(body: string): Attempt {
  if (body.trim() === '') return MISSING;
  try {
    const json = readJson(body);
    return json === null ? MISSING : { kind: 'found', json };
  } catch (error) {
    if (error instanceof JsonTextError) return { kind: 'failed', reason: `the answer is not JSON: ${error.message}` };
    throw error;
  }
}
