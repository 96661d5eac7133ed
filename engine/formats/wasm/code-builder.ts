/** Writes the body of a WebAssembly function with named labels instead of nesting depths. */
import { assert } from '../../base/assert.ts';
import { branch, branchIf, type Code } from './assembler.ts';

const EMPTY_BLOCK = 0x40;
const END = 0x0b;

export class CodeBuilder {
  /** Types of the locals behind the parameters. */
  readonly locals: number[] = [];
  private readonly bytes: number[] = [];
  private readonly labels: string[] = [];
  private readonly parameterCount: number;

  constructor(parameterCount: number) {
    this.parameterCount = parameterCount;
  }

  /** A new local variable. */
  local(type: number): number {
    this.locals.push(type);
    return this.parameterCount + this.locals.length - 1;
  }

  code(): Code {
    return this.bytes;
  }

  emit(...pieces: readonly Code[]): void {
    for (const piece of pieces) for (const byte of piece) this.bytes.push(byte);
  }

  /** `leave(label)` inside goes behind it. */
  block(label: string, body: () => void): void {
    this.nested(0x02, label, body);
  }

  /** `leave(label)` inside goes back to its beginning. */
  loop(label: string, body: () => void): void {
    this.nested(0x03, label, body);
  }

  when(condition: Code, then: () => void, otherwise?: () => void): void {
    this.emit(condition);
    this.bytes.push(0x04, EMPTY_BLOCK);
    this.labels.push('');
    then();
    if (otherwise !== undefined) {
      this.bytes.push(0x05);
      otherwise();
    }
    this.labels.pop();
    this.bytes.push(END);
  }

  leave(label: string): void {
    this.emit(branch(this.depthOf(label)));
  }

  leaveIf(label: string, condition: Code): void {
    this.emit(branchIf(this.depthOf(label), condition));
  }

  private nested(opcode: number, label: string, body: () => void): void {
    this.bytes.push(opcode, EMPTY_BLOCK);
    this.labels.push(label);
    body();
    this.labels.pop();
    this.bytes.push(END);
  }

  private depthOf(label: string): number {
    const index = this.labels.lastIndexOf(label);
    assert(index >= 0, `the label ${label} is open`);
    return this.labels.length - 1 - index;
  }
}
