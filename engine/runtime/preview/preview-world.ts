/** What a preview may touch: files to read and never to write, a clock that jumps instead of waiting, memory and time with an end. */
import type { Clock } from '../../base/clock.ts';
import { EngineError } from '../../base/errors.ts';
import type { Storage } from '../../base/storage.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import type { OperatorLoader } from '../workers/operator-loader.ts';

const MEMORY_BYTES_MAX = 128 * 1024 * 1024;
/** Memory that a node has grown beyond this is not handed to the next one. */
const MEMORY_BYTES_REUSED = 16 * 1024 * 1024;

export interface PreviewSettings {
  readonly jobId: string;
  readonly timeZone: string;
  readonly maxParallelism: number;
  readonly baseDirectory: string;
  /** Rows per source, and shown per port. */
  readonly rowsMax: number;
}

/** Thrown where the time is over or a newer request has come. */
export class PreviewOver extends Error {}

export class PreviewWorld {
  readonly clock: JumpingClock;
  readonly storage: Storage;
  readonly loader: OperatorLoader;
  private readonly isOver: () => boolean;
  private lent: JobMemory | null = null;

  /** `isOver` is asked between steps. */
  constructor(loader: OperatorLoader, storage: Storage, clock: Clock, isOver: () => boolean) {
    this.loader = loader;
    this.storage = createReadOnlyStorage(storage);
    this.clock = new JumpingClock(clock.now());
    this.isOver = isOver;
  }

  checkTime(): void {
    if (this.isOver()) throw new PreviewOver('the time of the preview is over');
  }

  memory(): JobMemory {
    if (this.lent === null || this.lent.allocatedBytes > MEMORY_BYTES_REUSED) this.lent = new JobMemory({ maximumBytes: MEMORY_BYTES_MAX });
    return this.lent;
  }
}

/** Time stands still while there is work, and jumps to the next thing that waits for it: paced sources are not paced. */
export class JumpingClock implements Clock {
  private nowMs: number;
  private readonly startedAtMs: number;

  constructor(nowMs: number) {
    this.nowMs = nowMs;
    this.startedAtMs = nowMs;
  }

  now(): number {
    return this.nowMs;
  }

  monotonic(): number {
    return this.nowMs - this.startedAtMs;
  }

  jumpTo(timeMs: number): void {
    if (timeMs > this.nowMs) this.nowMs = timeMs;
  }
}

/** Whatever would change a file is refused: no node of a preview writes. */
export function createReadOnlyStorage(storage: Storage): Storage {
  const refuse = (path: string): never => {
    throw new EngineError('MR5032', `a preview writes nothing, but ${path} was to be written`, { domain: 'internal' });
  };
  return {
    open: (path, mode) => (mode === 'read' ? storage.open(path, mode) : refuse(path)),
    list: (path) => storage.list(path),
    exists: (path) => storage.exists(path),
    stat: (path) => storage.stat(path),
    rename: refuse,
    remove: refuse,
    removeTree: refuse,
    makeDirectory: refuse,
    syncDirectory: refuse,
  };
}
