/** Seeded randomness; injected so that a run can be replayed from its seed. */
export interface Random {
  /** Uniform unsigned 32-bit integer. */
  nextUint32(): number;
  /** Uniform integer in [0, bound), bound <= 2^21. */
  nextInt(bound: number): number;
}

/** Bijective 32-bit mixer (the constants of the public "lowbias32" hash). */
export function mix32(value: number): number {
  let x = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

/** Counter-based generator: state is one integer, so it can be saved in a checkpoint. */
export class SeededRandom implements Random {
  private state: number;

  constructor(seed: number) {
    this.state = mix32(seed | 0) | 0;
  }

  nextUint32(): number {
    this.state = (this.state + 0x9e3779b9) | 0;
    return mix32(this.state);
  }

  nextInt(bound: number): number {
    return Math.floor((this.nextUint32() * bound) / 4294967296);
  }
}
