/** Collects the source of one generated kernel: statements, names, constants, and what has been loaded for the row. */
import type { LogicalType } from '../../types/logical-type.ts';
import type { FailureSite } from './kernel-support.ts';

/**
 * How a value stands in generated code. `i64` covers BIGINT, DECIMAL and day-time intervals: a double within ±2^52 in
 * fast kernels, a BigInt in exact ones. `time` is milliseconds like `i64` plus nanoseconds of the millisecond in `extra`.
 * `text` is an address plus a byte length in `extra`.
 */
export type Representation = 'bool' | 'i32' | 'f64' | 'i64' | 'time' | 'text' | 'box';

export interface Operand {
  readonly representation: Representation;
  readonly type: LogicalType;
  /** Side-effect free JavaScript. */
  readonly value: string;
  readonly extra: string;
  /** JavaScript that is true where the value is NULL; '' = never. */
  readonly absent: string;
  /** JavaScript that is true when every text of this operand is ASCII. */
  readonly ascii: string;
}

export interface SourceColumn {
  readonly path: readonly number[];
  readonly type: LogicalType;
}

/** Values in fast kernels stay within ±2^52, so that sums are exact before they are checked. */
export const FAST_LIMIT = '4503599627370496';
/** What a fast kernel returns when a value leaves its range: the batch is done again exactly. */
export const BAIL = 'return -1;';

export function representationOf(type: LogicalType): Representation {
  switch (type.kind) {
    case 'BOOLEAN':
      return 'bool';
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'DATE':
    case 'TIME':
    case 'INTERVAL_YEAR_MONTH':
      return 'i32';
    case 'FLOAT':
    case 'DOUBLE':
      return 'f64';
    case 'BIGINT':
    case 'DECIMAL':
    case 'INTERVAL_DAY_TIME':
      return 'i64';
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return 'time';
    case 'CHAR':
    case 'VARCHAR':
    case 'BINARY':
    case 'VARBINARY':
      return 'text';
    default:
      return 'box';
  }
}

export class KernelWriter {
  /** True: integers of 64 bits and decimals are BigInts. */
  readonly exact: boolean;
  /** Set while writing when a fast kernel could not hold what it needs. */
  exactOnly = false;
  readonly bindings: unknown[] = [];
  readonly sources: SourceColumn[] = [];
  readonly sites: FailureSite[] = [];
  private readonly lines: string[] = [];
  private readonly scopes: Map<unknown, Operand>[] = [new Map()];
  private names = 0;

  constructor(exact: boolean) {
    this.exact = exact;
  }

  line(text: string): void {
    this.lines.push(text);
  }

  source(): string {
    return this.lines.join('\n');
  }

  name(prefix: string): string {
    return `${prefix}${this.names++}`;
  }

  /** Makes a JavaScript value reachable from the kernel; answers its name. */
  bind(value: unknown): string {
    const known = this.bindings.indexOf(value);
    if (known >= 0) return `c${known}`;
    this.bindings.push(value);
    return `c${this.bindings.length - 1}`;
  }

  /** Writes `header {`, the body, `}`; what the body loads is not known after it. */
  block(header: string, body: () => void): void {
    this.line(`${header} {`);
    this.scopes.push(new Map());
    body();
    this.scopes.pop();
    this.line('}');
  }

  known(key: unknown): Operand | undefined {
    for (let i = this.scopes.length - 1; i >= 0; i--) {
      const operand = this.scopes[i].get(key);
      if (operand !== undefined) return operand;
    }
    return undefined;
  }

  remember(key: unknown, operand: Operand): Operand {
    this.scopes[this.scopes.length - 1].set(key, operand);
    return operand;
  }

  /** Declares the variables of a value that is assigned later. */
  declare(type: LogicalType, nullable: boolean, ascii = 'false'): Operand {
    const representation = representationOf(type);
    const value = this.name('v');
    const initial = representation === 'box' ? 'null' : this.exact && (representation === 'i64' || representation === 'time') ? '0n' : '0';
    this.line(`let ${value} = ${initial};`);
    const extra = representation === 'time' || representation === 'text' ? this.name('e') : '';
    if (extra !== '') this.line(`let ${extra} = 0;`);
    const absent = nullable ? this.name('n') : '';
    if (nullable) this.line(`let ${absent} = false;`);
    return { representation, type, value, extra, absent, ascii };
  }

  assign(target: Operand, from: Operand): void {
    if (from.absent === 'true') {
      this.line(`${target.absent} = true;`);
      return;
    }
    this.line(`${target.value} = ${from.value};`);
    if (target.extra !== '') this.line(`${target.extra} = ${from.extra};`);
    if (target.absent !== '') this.line(`${target.absent} = ${from.absent === '' ? 'false' : from.absent};`);
  }

  sourceIndex(path: readonly number[], type: LogicalType): number {
    const key = path.join('.');
    const known = this.sources.findIndex((source) => source.path.join('.') === key);
    if (known >= 0) return known;
    this.sources.push({ path, type });
    return this.sources.length - 1;
  }

  /** Notes where the kernel is, for failures. */
  site(site: FailureSite): void {
    this.sites.push(site);
    this.line(`at = ${this.sites.length - 1};`);
  }

  /** After a call that may have allocated. */
  refreshViews(): void {
    this.line(
      'if (memory.generation !== generation) { generation = memory.generation; u8 = memory.u8; i32 = memory.i32; u32 = memory.u32; f32 = memory.f32; f64 = memory.f64; i64 = memory.i64; }',
    );
  }

  /** `value` within the range of fast kernels, else the batch is done exactly. */
  guard(value: string): void {
    if (!this.exact) this.line(`if (!(${value} <= ${FAST_LIMIT} && ${value} >= -${FAST_LIMIT})) ${BAIL}`);
  }
}

/** `a || b`, where either may be ''. */
export function eitherAbsent(...absents: readonly string[]): string {
  const some = absents.filter((absent) => absent !== '');
  if (some.includes('true')) return 'true';
  return [...new Set(some)].join(' || ');
}
