/**
 * Wakes a worker that waits for rings or messages. The waiter reads the count *before* it tests its conditions and
 * waits only while the count is still the same; the other order loses wake-ups.
 */

/** Word 0: count of rings. Word 1: somebody sleeps. Word 2: count of control messages. Word 3: which custom code the worker is in, see `noteCode`. */
export const DOORBELL_BYTES = 16;

const CODE_WORD = 3;
const CODE_OPERATOR_BITS = 12;
const CODE_CALLS_MASK = 2 ** (31 - CODE_OPERATOR_BITS) - 1;

/** The operator a `codeWord` tells of; null: none. */
export function operatorOfCodeWord(word: number): number | null {
  return word === 0 ? null : (word & (2 ** CODE_OPERATOR_BITS - 1)) - 1;
}

export interface Doorbell {
  ring(): void;
}

export class SharedDoorbell implements Doorbell {
  private readonly words: Int32Array;
  private codeCalls = 0;

  constructor(buffer: SharedArrayBuffer) {
    this.words = new Int32Array(buffer);
  }

  ring(): void {
    Atomics.add(this.words, 0, 1);
    if (Atomics.load(this.words, 1) !== 0) Atomics.notify(this.words, 0);
  }

  /** For a message that has just been posted. */
  ringForMessage(): void {
    Atomics.add(this.words, 2, 1);
    this.ring();
  }

  count(): number {
    return Atomics.load(this.words, 0);
  }

  messageCount(): number {
    return Atomics.load(this.words, 2);
  }

  /** Of the worker: it calls code of the operator of this number, null: it is back. Every call makes another word. */
  noteCode(operator: number | null): void {
    this.codeCalls = (this.codeCalls + 1) & CODE_CALLS_MASK;
    this.words[CODE_WORD] = operator === null ? 0 : (this.codeCalls << CODE_OPERATOR_BITS) | (operator + 1);
  }

  /** Of who watches it: a word that stays the same while one call lasts; 0: in no code. */
  codeWord(): number {
    return Atomics.load(this.words, CODE_WORD);
  }

  /** Blocks the thread until it rings again after `count` was read, or `timeoutMs` have passed. */
  wait(count: number, timeoutMs: number): void {
    Atomics.store(this.words, 1, 1);
    Atomics.wait(this.words, 0, count, timeoutMs);
    Atomics.store(this.words, 1, 0);
  }

  /** The same for threads whose event loop must go on; the timer keeps it, for a thread without open sockets would be over. */
  async waitAsync(count: number, timeoutMs: number): Promise<void> {
    Atomics.store(this.words, 1, 1);
    const result = Atomics.waitAsync(this.words, 0, count, timeoutMs);
    if (result.async) {
      const timer = setTimeout(() => undefined, timeoutMs + 1);
      await result.value;
      clearTimeout(timer);
    }
    Atomics.store(this.words, 1, 0);
  }
}

/** In one thread nobody sleeps. */
export const SILENT_DOORBELL: Doorbell = { ring: () => undefined };
