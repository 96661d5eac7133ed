/**
 * Previews in a thread of their own, which no running job shares: started with the first request, ended when a node does
 * not come back in time or when nobody has asked for a while.
 */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { EngineError } from '../../base/errors.ts';
import { systemClock } from '../../base/node-clock.ts';
import type { PreviewNode } from '../../host/contract.ts';
import { errorOfFailure } from '../workers/failure.ts';
import type { PreviewCall, PreviewReply, PreviewStart } from './preview-messages.ts';
import { PREVIEW_MS_MAX } from './preview-messages.ts';
import type { PreviewRequest } from './run-preview.ts';

/** Time beyond the preview's own for the one step it is in; then its thread is ended. */
const GRACE_MS = 1_000;
/** Loading the thread and its nodes on a busy machine. */
const START_MS_MAX = 15_000;
const UNUSED_MS_MAX = 60_000;
const HEAP_MEGABYTES_MAX = 384;

export interface PreviewAnswer {
  readonly nodes: readonly PreviewNode[];
  readonly durationMs: number;
}

export interface Previewer {
  /** Supersedes the request before, which then fails with MR5030. */
  preview(request: PreviewRequest): Promise<PreviewAnswer>;
  close(): Promise<void>;
}

interface Pending {
  readonly call: number;
  readonly nodes: PreviewNode[];
  readonly startedAt: number;
  settle(outcome: { readonly answer: PreviewAnswer } | { readonly error: EngineError }): void;
}

export function createPreviewer(bundleFolder: string): Previewer {
  return new ThreadPreviewer(path.join(bundleFolder, 'preview-worker.cjs'));
}

class ThreadPreviewer implements Previewer {
  private readonly bundle: string;
  private readonly newest = new SharedArrayBuffer(4);
  private thread: Worker | null = null;
  private pending: Pending | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private calls = 0;

  constructor(bundle: string) {
    this.bundle = bundle;
  }

  preview(request: PreviewRequest): Promise<PreviewAnswer> {
    this.fail(new EngineError('MR5030', 'a newer preview was asked for', { domain: 'user', retryable: true }));
    const call = ++this.calls;
    Atomics.store(new Int32Array(this.newest), 0, call);
    return new Promise((resolve, reject) => {
      this.pending = {
        call,
        nodes: [],
        startedAt: systemClock.monotonic(),
        settle: (outcome) => ('error' in outcome ? reject(outcome.error) : resolve(outcome.answer)),
      };
      const message: PreviewCall = { call, request };
      this.startThread().postMessage(message);
      this.endAfter(START_MS_MAX);
    });
  }

  async close(): Promise<void> {
    this.fail(new EngineError('MR5033', 'the engine is ending', { domain: 'internal', retryable: true }));
    await this.endThread();
  }

  private startThread(): Worker {
    if (this.thread !== null) return this.thread;
    const workerData: PreviewStart = { newest: this.newest };
    const thread = new Worker(this.bundle, { workerData, resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES_MAX } });
    let reason = 'its thread ended';
    thread.on('message', (reply: PreviewReply) => this.onReply(reply));
    thread.on('error', (error: Error) => {
      reason = error.message;
    });
    thread.on('exit', () => {
      if (this.thread !== thread) return;
      this.thread = null;
      this.answerPart(
        new EngineError('MR5031', `the preview was stopped: ${reason}`, {
          domain: 'user',
          remedy: 'look at fewer nodes, or at smaller rows',
        }),
      );
    });
    // A preview never keeps a process from ending.
    thread.unref();
    this.thread = thread;
    return thread;
  }

  private onReply(reply: PreviewReply): void {
    const { pending } = this;
    if (pending === null || reply.call !== pending.call) return;
    if (reply.kind === 'started') this.endAfter(PREVIEW_MS_MAX + GRACE_MS);
    else if (reply.kind === 'node') pending.nodes.push(reply.node);
    else if (reply.kind === 'done') this.finish();
    else this.fail(errorOfFailure(reply.failure));
  }

  /** The thread is in a step that does not end, or has run out of memory: what it has told so far is the answer. */
  private answerPart(error: EngineError): void {
    if (this.pending === null) return;
    if (this.pending.nodes.length === 0) this.fail(error);
    else this.finish();
  }

  private finish(): void {
    const { pending } = this;
    this.pending = null;
    this.restUntilUnused();
    pending?.settle({ answer: { nodes: pending.nodes, durationMs: systemClock.monotonic() - pending.startedAt } });
  }

  private fail(error: EngineError): void {
    const { pending } = this;
    this.pending = null;
    this.restUntilUnused();
    pending?.settle({ error });
  }

  private endAfter(milliseconds: number): void {
    this.setTimer(milliseconds, () => {
      void this.endThread();
      this.answerPart(
        new EngineError('MR5031', `the preview did not come to an end within ${PREVIEW_MS_MAX / 1000} s`, {
          domain: 'user',
          remedy: 'look at fewer nodes, or at smaller rows',
        }),
      );
    });
    // While somebody waits for the answer, the process waits too.
    this.timer?.ref();
  }

  private restUntilUnused(): void {
    this.setTimer(UNUSED_MS_MAX, () => void this.endThread());
  }

  private setTimer(milliseconds: number, action: () => void): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(action, milliseconds);
    this.timer.unref();
  }

  private async endThread(): Promise<void> {
    const { thread } = this;
    this.thread = null;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    await thread?.terminate();
  }
}
