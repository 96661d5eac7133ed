/** What the text kernels are, whichever way they run. */
import type { Address } from '../../columnar/job-memory.ts';

/** Result bits of `scan`. */
export const SCAN_NOT_ASCII = 1;
export const SCAN_NOT_UTF8 = 2;

/** See scan-module.ts for what each kernel promises. */
export interface TextKernels {
  readonly scan: (source: Address, length: number, marks: Address, high: Address, a: number, b: number, below: number) => number;
  readonly copyText: (source: Address, length: number, target: Address, a: number, b: number, below: number) => number;
  readonly fillBytes: (address: Address, value: number, length: number) => void;
  /** 1 when one of the bytes is 0. */
  readonly hasZero: (address: Address, length: number) => number;
  readonly simd: boolean;
}
