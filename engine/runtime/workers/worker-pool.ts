/** The threads of the engine process: compute workers that are lent to jobs and come back, and the I/O worker. */
import { totalmem } from 'node:os';
import path from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { DOORBELL_BYTES, operatorOfCodeWord, SharedDoorbell } from '../channels/doorbell.ts';
import type { BlamedCode, WorkerLink } from '../coordinator/world.ts';
import { adaptCompileBudget } from './compile-budget.ts';
import { describeFailure } from './failure.ts';
import type { IoReply, IoRequest, IoResult } from './io-messages.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** A worker that does not let go of a cancelled job within this time is ended. */
const CANCEL_MS_MAX = 5000;

const CODE_LOOK_MS = 500;
/** One call of custom code, which is one row or timer, may take 10 s; looks are counted, so that a computer that slept blames nobody. */
const CODE_LOOKS_MAX = 20;
const HEAP_MEGABYTES = { least: 512, most: 2048 } as const;

interface PooledWorker {
  readonly thread: Worker;
  readonly port: MessagePort;
  readonly doorbell: SharedArrayBuffer;
  readonly bell: SharedDoorbell;
  listener: { message(message: FromWorker): void; exited(reason: string, blamed?: BlamedCode): void } | null;
  lent: boolean;
  exited: boolean;
  exitReason: string;
  blamed: BlamedCode | undefined;
  /** Word of the custom code it was in at the last look, and for how many looks. */
  codeWord: number;
  codeLooks: number;
}

export interface WorkerPoolOptions {
  /** Folder of `worker.cjs` and `io-worker.cjs`. */
  readonly bundleFolder: string;
  /** Threads kept ready while nothing runs. */
  readonly warm: number;
  /** Heap of a compute worker; its rows lie outside of it. */
  readonly heapMegabytes?: number;
  /** Half seconds that one call of custom code may take. */
  readonly codeLooksMax?: number;
}

export class WorkerPool {
  private readonly options: WorkerPoolOptions;
  private readonly idle: PooledWorker[] = [];
  private readonly all = new Set<PooledWorker>();
  private ioThread: Worker | null = null;
  private readonly ioReplies = new Map<number, (result: IoResult) => void>();
  private nextCall = 1;
  private readonly watch: NodeJS.Timeout;
  private closed = false;

  constructor(options: WorkerPoolOptions) {
    this.options = options;
    this.watch = setInterval(() => this.watchCode(), CODE_LOOK_MS);
    this.watch.unref();
  }

  /** Starts the threads that are kept ready. */
  warmUp(): void {
    while (this.idle.length < this.options.warm) this.idle.push(this.spawn());
    this.startIo();
  }

  lease(count: number): WorkerLink[] {
    const links = Array.from({ length: count }, () => this.createLink(this.idle.pop() ?? this.spawn()));
    this.adaptCompileBudget();
    return links;
  }

  io(request: IoRequest, reply: (result: IoResult) => void): void {
    const call = this.nextCall++;
    this.ioReplies.set(call, reply);
    this.startIo().postMessage({ call, request });
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.watch);
    const threads = [...this.all].map(({ thread }) => thread);
    if (this.ioThread !== null) threads.push(this.ioThread);
    await Promise.all(threads.map((thread) => thread.terminate()));
    this.all.clear();
    this.idle.length = 0;
    this.ioThread = null;
  }

  private spawn(): PooledWorker {
    const channel = new MessageChannel();
    const doorbell = new SharedArrayBuffer(DOORBELL_BYTES);
    const thread = new Worker(path.join(this.options.bundleFolder, 'worker.cjs'), {
      workerData: { port: channel.port2, doorbell },
      transferList: [channel.port2],
      resourceLimits: { maxOldGenerationSizeMb: this.options.heapMegabytes ?? defaultHeapMegabytes() },
    });
    const worker: PooledWorker = {
      thread,
      port: channel.port1,
      doorbell,
      bell: new SharedDoorbell(doorbell),
      listener: null,
      lent: false,
      exited: false,
      exitReason: 'it ended',
      blamed: undefined,
      codeWord: 0,
      codeLooks: 0,
    };
    this.all.add(worker);
    channel.port1.on('message', (message: FromWorker) => this.onMessage(worker, message));
    thread.on('error', (error: Error) => {
      worker.exitReason = error.message;
      if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY') this.blame(worker, 'memory');
    });
    thread.on('exit', () => this.onExit(worker));
    return worker;
  }

  private createLink(worker: PooledWorker): WorkerLink {
    worker.lent = true;
    return {
      doorbell: worker.doorbell,
      post(message: ToWorker) {
        if (worker.exited) return;
        worker.port.postMessage(message);
        worker.bell.ringForMessage();
      },
      listen(listener) {
        worker.listener = listener;
        if (worker.exited) setImmediate(() => listener.exited(worker.exitReason, worker.blamed));
      },
      release: (reusable) => this.release(worker, reusable),
    };
  }

  /** Reusable once it has answered the cancel; one that hangs in a loop is ended. */
  private release(worker: PooledWorker, reusable: boolean): void {
    if (worker.exited) return;
    if (!reusable) {
      void worker.thread.terminate();
      return;
    }
    const timer = setTimeout(() => void worker.thread.terminate(), CANCEL_MS_MAX);
    timer.unref();
    worker.listener = {
      message: (message) => {
        if (message.type !== 'cancelled') return;
        clearTimeout(timer);
        worker.listener = null;
        worker.lent = false;
        this.adaptCompileBudget();
        if (this.idle.length < this.options.warm && !this.closed) this.idle.push(worker);
        else void worker.thread.terminate();
      },
      exited: () => clearTimeout(timer),
    };
  }

  private blame(worker: PooledWorker, cause: BlamedCode['cause']): void {
    const operator = operatorOfCodeWord(worker.bell.codeWord());
    if (operator !== null) worker.blamed = { operator, cause };
  }

  /** Ends the threads that have not come back from one call of custom code. */
  private watchCode(): void {
    for (const worker of this.all) {
      const word = worker.bell.codeWord();
      worker.codeLooks = word !== 0 && word === worker.codeWord ? worker.codeLooks + 1 : 0;
      worker.codeWord = word;
      if (worker.codeLooks < (this.options.codeLooksMax ?? CODE_LOOKS_MAX)) continue;
      this.blame(worker, 'endless');
      void worker.thread.terminate();
    }
  }

  private adaptCompileBudget(): void {
    adaptCompileBudget([...this.all].filter(({ lent }) => lent).length);
  }

  private onMessage(worker: PooledWorker, message: FromWorker): void {
    worker.listener?.message(message);
  }

  private onExit(worker: PooledWorker): void {
    worker.exited = true;
    worker.port.close();
    this.all.delete(worker);
    this.adaptCompileBudget();
    const index = this.idle.indexOf(worker);
    if (index >= 0) this.idle.splice(index, 1);
    if (!this.closed) worker.listener?.exited(worker.exitReason, worker.blamed);
  }

  private startIo(): Worker {
    if (this.ioThread !== null) return this.ioThread;
    const thread = new Worker(path.join(this.options.bundleFolder, 'io-worker.cjs'));
    let reason = 'the I/O worker ended';
    thread.on('message', ({ call, result }: IoReply) => {
      const reply = this.ioReplies.get(call);
      this.ioReplies.delete(call);
      reply?.(result);
    });
    thread.on('error', (error: Error) => {
      reason = `the I/O worker ended: ${error.message}`;
    });
    thread.on('exit', () => {
      this.ioThread = null;
      const waiting = [...this.ioReplies.values()];
      this.ioReplies.clear();
      if (!this.closed) for (const reply of waiting) reply({ type: 'failed', failure: describeFailure(new Error(reason), null) });
    });
    this.ioThread = thread;
    return thread;
  }
}

/** A quarter of the computer's memory: a hungry worker ends before the computer suffers. */
function defaultHeapMegabytes(): number {
  return Math.max(HEAP_MEGABYTES.least, Math.min(HEAP_MEGABYTES.most, Math.floor(totalmem() / 4 / 2 ** 20)));
}
