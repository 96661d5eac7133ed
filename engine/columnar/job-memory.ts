/**
 * The memory of one worker: a WebAssembly.Memory that generated JavaScript, WASM modules and (when shared) other
 * threads address by byte offset. Nothing that lives per row is ever a JavaScript object.
 */
import { EngineError } from '../base/errors.ts';

/** A byte offset into a JobMemory, 0 … 2^32-1. Zero is never a valid address and means "absent". */
export type Address = number;

export const WASM_PAGE_BYTES = 65536;
/** The first page stays unused so that address 0 can mean "absent" and WASM kernels have a scratch area. */
const RESERVED_BYTES = WASM_PAGE_BYTES;
const SMALLEST_REGION_BYTES = 4096;
const GROWTH_STEP_BYTES = 16 * 1024 * 1024;

export interface JobMemoryOptions {
  /** Bytes to commit at once. */
  readonly initialBytes?: number;
  /** Hard limit in bytes, at most 4 GiB; passing it raises an EngineError that names the limit. */
  readonly maximumBytes?: number;
  /** Shared memory may be addressed by other threads (rings); it needs a maximum. */
  readonly shared?: boolean;
  /** A memory another worker made and allocates from: here it is only addressed. */
  readonly attach?: WebAssembly.Memory;
}

/**
 * Views are replaced when the memory grows: hot loops read them once per batch (`const i32 = memory.i32`) and must
 * not allocate inside the loop. Views of before a growth stay valid for the addresses they cover.
 */
export class JobMemory {
  readonly memory: WebAssembly.Memory;
  readonly maximumBytes: number;
  i8!: Int8Array;
  u8!: Uint8Array;
  i16!: Int16Array;
  i32!: Int32Array;
  u32!: Uint32Array;
  f32!: Float32Array;
  f64!: Float64Array;
  i64!: BigInt64Array;
  /** Increases whenever the views are replaced. */
  generation = 0;
  /** Bytes handed out and not yet freed, rounded up to region sizes. */
  allocatedBytes = 0;

  private readonly attached: boolean;
  private top = RESERVED_BYTES;
  /** Free regions by log2 of their size. */
  private readonly free: Address[][] = Array.from({ length: 33 }, () => []);

  constructor(options: JobMemoryOptions = {}) {
    this.attached = options.attach !== undefined;
    const initial = Math.ceil(Math.max(options.initialBytes ?? 4 * 1024 * 1024, 2 * RESERVED_BYTES) / WASM_PAGE_BYTES);
    this.maximumBytes = Math.min(options.maximumBytes ?? 4 * 1024 * 1024 * 1024, 65536 * WASM_PAGE_BYTES);
    this.memory =
      options.attach ??
      new WebAssembly.Memory({
        initial,
        maximum: Math.max(initial, Math.floor(this.maximumBytes / WASM_PAGE_BYTES)),
        shared: options.shared ?? false,
      });
    this.refreshViews();
  }

  /**
   * Returns a region of at least `bytes` (rounded up to a power of two from 4 KiB), aligned to its size up to 64 KiB.
   * Contents are undefined. Throws an EngineError when the memory's limit is reached.
   */
  allocateRegion(bytes: number): Address {
    if (this.attached) throw new Error('assertion failed: the memory of another worker is only addressed');
    const order = regionOrder(bytes);
    const size = 2 ** order;
    this.allocatedBytes += size;
    const recycled = this.free[order].pop();
    if (recycled !== undefined) return recycled;
    const alignment = Math.min(size, WASM_PAGE_BYTES);
    const address = Math.ceil(this.top / alignment) * alignment;
    this.top = address + size;
    if (this.top > this.u8.length) this.grow(this.top - this.u8.length);
    return address;
  }

  /** Gives a region back; `bytes` is what it was asked with. */
  freeRegion(address: Address, bytes: number): void {
    const order = regionOrder(bytes);
    this.allocatedBytes -= 2 ** order;
    this.free[order].push(address);
  }

  /** Looks again at a memory that its owner may have grown. */
  refresh(): void {
    if (this.memory.buffer.byteLength !== this.u8.length) this.refreshViews();
  }

  private grow(missingBytes: number): void {
    const wanted = Math.max(missingBytes, GROWTH_STEP_BYTES);
    const room = this.maximumBytes - this.u8.length;
    const bytes = Math.min(wanted, room);
    if (bytes < missingBytes) {
      throw new EngineError('MR1001', `job memory is full: the limit is ${this.maximumBytes} bytes per worker`, {
        domain: 'user',
        remedy: 'raise the memory limit in the job settings, or lower the state (shorter windows, fewer keys)',
      });
    }
    this.memory.grow(Math.ceil(bytes / WASM_PAGE_BYTES));
    this.refreshViews();
  }

  private refreshViews(): void {
    const buffer = this.memory.buffer;
    this.i8 = new Int8Array(buffer);
    this.u8 = new Uint8Array(buffer);
    this.i16 = new Int16Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.f32 = new Float32Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.i64 = new BigInt64Array(buffer);
    this.generation++;
  }
}

function regionOrder(bytes: number): number {
  return Math.max(Math.ceil(Math.log2(Math.max(bytes, 1))), Math.log2(SMALLEST_REGION_BYTES));
}
