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
  /** Who asks for what is being asked for waits for that request. Each has its own time and number of attempts all the same. */
  readonly shares: boolean;
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
  /** By path, those whose request is under way: others may still join them. */
  private readonly joinable = new Map<string, Question>();

  constructor(settings: JsonClientSettings) {
    this.settings = settings;
    const options = { keepAlive: true, maxSockets: settings.connectionsMax };
    this.agent = settings.scheme === 'https' ? new https.Agent(options) : new http.Agent(options);
  }

  /** `path` is sent as it stands. `answered` is called once, later, and never after `close`. */
  ask(path: string, answered: (answer: JsonAnswer) => void): void {
    const found = this.settings.shares ? this.joinable.get(path) : undefined;
    if (found !== undefined) {
      found.join(answered);
      return;
    }
    const question = new Question(this.settings, this.agent, path, {
      asks: () => {
        if (!this.joinable.has(path)) this.joinable.set(path, question);
      },
      pauses: () => {
        if (this.joinable.get(path) === question) this.joinable.delete(path);
      },
      ended: () => this.open.delete(question),
    });
    this.open.add(question);
    question.join(answered);
    question.attempt();
  }

  close(): void {
    for (const question of this.open) question.cancel();
    this.open.clear();
    this.joinable.clear();
    this.agent.destroy();
  }
}

/** Told of a question: a request is under way; none is, for now or for good; nobody waits any more. */
interface QuestionEvents {
  asks(): void;
  pauses(): void;
  ended(): void;
}

/** Somebody who waits for an answer, with a time and a number of attempts of their own. */
interface Waiting {
  readonly answered: (answer: JsonAnswer) => void;
  readonly timer: ReturnType<typeof setTimeout>;
  /** That have begun, or were under way, since they wait. */
  attempts: number;
  lastReason: string;
}

/** One path, asked for until each of those who wait has an answer, no attempt left, or no time. */
class Question {
  private readonly settings: JsonClientSettings;
  private readonly agent: http.Agent;
  private readonly path: string;
  private readonly events: QuestionEvents;
  /** Those who wait longest come first: nobody behind them has seen more attempts. */
  private readonly waiting = new Set<Waiting>();
  private request: http.ClientRequest | null = null;
  private retry: ReturnType<typeof setTimeout> | null = null;

  constructor(settings: JsonClientSettings, agent: http.Agent, path: string, events: QuestionEvents) {
    this.settings = settings;
    this.agent = agent;
    this.path = path;
    this.events = events;
  }

  join(answered: (answer: JsonAnswer) => void): void {
    const { timeoutMs } = this.settings;
    const timer = setTimeout(() => {
      const tried = waiting.attempts > 1 ? `, ${waiting.attempts} attempts` : '';
      const why = waiting.lastReason === '' ? '' : `; last: ${waiting.lastReason}`;
      this.answer([waiting], { kind: 'failed', reason: `no answer within ${timeoutMs} ms${tried}${why}` });
    }, timeoutMs);
    const waiting: Waiting = { answered, timer, attempts: this.request === null ? 0 : 1, lastReason: '' };
    this.waiting.add(waiting);
  }

  attempt(): void {
    for (const waiting of this.waiting) waiting.attempts++;
    this.events.asks();
    this.send();
  }

  cancel(): void {
    for (const { timer } of this.waiting) clearTimeout(timer);
    this.waiting.clear();
    if (this.retry !== null) clearTimeout(this.retry);
    this.retry = null;
    const { request } = this;
    this.request = null;
    request?.destroy();
  }

  private send(): void {
    const { path, agent } = this;
    const { scheme, host, port, headers: own } = this.settings;
    const headers = { accept: 'application/json', ...own };
    const options = { host, port, path, method: 'GET', agent, headers };
    const request = scheme === 'https' ? https.request(options) : http.request(options);
    this.request = request;
    // An attempt ends once; what comes behind its end is of nobody's interest.
    const end = (attempt: Attempt): void => {
      if (this.request !== request) return;
      this.request = null;
      this.events.pauses();
      this.judge(attempt);
    };
    request.on('error', (error) => {
      // The server had closed a connection that was kept open just when it was used again: that says nothing about the question.
      if (this.request === request && request.reusedSocket) this.send();
      else end({ kind: 'failed', reason: error.message });
    });
    request.on('response', (response) => readAnswer(response, end));
    request.end();
  }

  private judge(attempt: Attempt): void {
    const { retries, retryDelayMs, exponential, retriesMissing } = this.settings;
    const again = attempt.kind === 'failed' ? attempt.final !== true : attempt.kind === 'missing' && retriesMissing;
    const all = [...this.waiting];
    if (attempt.kind === 'failed') for (const waiting of all) waiting.lastReason = attempt.reason;
    this.answer(again ? all.filter(({ attempts }) => attempts > retries) : all, attempt);
    const [eldest] = this.waiting;
    if (eldest === undefined) return;
    const delay = exponential ? Math.min(retryDelayMs * 2 ** (eldest.attempts - 1), RETRY_DELAY_MS_MAX) : retryDelayMs;
    this.retry = setTimeout(() => {
      this.retry = null;
      this.attempt();
    }, delay);
  }

  /** The others wait on. */
  private answer(some: readonly Waiting[], answer: JsonAnswer): void {
    for (const waiting of some) {
      clearTimeout(waiting.timer);
      this.waiting.delete(waiting);
    }
    if (this.waiting.size === 0) {
      this.cancel();
      this.events.pauses();
      this.events.ended();
    }
    for (const { answered } of some) answered(answer);
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
