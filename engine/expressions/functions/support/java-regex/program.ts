/** Turns a syntax tree into instructions for the matcher. */
import type { CaseRule, CharacterSet } from './character-set.ts';
import { lookBehindReach } from './look-behind.ts';
import type { Assertion, PatternNode, RepeatMode } from './syntax.ts';
import { shortestOf } from './syntax.ts';

export type Instruction =
  | { readonly op: 'set'; readonly set: CharacterSet }
  /** A run of one set: the common quantifiers without a step per character. */
  | { readonly op: 'run'; readonly set: CharacterSet; readonly min: number; readonly max: number; readonly mode: RepeatMode }
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; target: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'mark'; readonly register: number }
  /** Leaves a loop whose iteration matched nothing. */
  | { readonly op: 'progress'; readonly register: number; exit: number }
  | { readonly op: 'assertion'; readonly assertion: Assertion }
  | { readonly op: 'reference'; readonly group: number; readonly rule: CaseRule }
  | { readonly op: 'look'; readonly ahead: boolean; readonly negative: boolean; readonly min: number; readonly max: number; next: number }
  | { readonly op: 'atomic'; next: number }
  | { readonly op: 'done' };

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly slots: number;
  readonly registers: number;
}

/** Counted repetitions are copied out; a program longer than this is not made. */
export const INSTRUCTIONS_MAX = 20_000;

class ProgramWriter {
  readonly instructions: Instruction[] = [];
  registers = 0;
  private readonly runs: boolean;

  constructor(runs: boolean) {
    this.runs = runs;
  }

  private add<T extends Instruction>(instruction: T): T {
    if (this.instructions.length >= INSTRUCTIONS_MAX) throw new RangeError('the pattern is too large');
    this.instructions.push(instruction);
    return instruction;
  }

  private get here(): number {
    return this.instructions.length;
  }

  write(node: PatternNode): void {
    switch (node.kind) {
      case 'set':
        this.add({ op: 'set', set: node.set });
        break;
      case 'sequence':
        for (const item of node.items) this.write(item);
        break;
      case 'choice':
        this.writeChoice(node.options);
        break;
      case 'group':
        this.add({ op: 'save', slot: node.index * 2 });
        this.write(node.body);
        this.add({ op: 'save', slot: node.index * 2 + 1 });
        break;
      case 'repeat':
        this.writeRepeat(node);
        break;
      case 'look':
        this.writeLook(node);
        break;
      case 'atomic':
        this.writeAtomic(node.body);
        break;
      case 'reference':
        this.add({ op: 'reference', group: node.group, rule: node.rule });
        break;
      case 'assertion':
        this.add({ op: 'assertion', assertion: node.assertion });
        break;
    }
  }

  private writeChoice(options: readonly PatternNode[]): void {
    const ends: { target: number }[] = [];
    options.forEach((option, index) => {
      if (index === options.length - 1) {
        this.write(option);
        return;
      }
      const split = this.add({ op: 'split', first: this.here + 1, second: 0 });
      this.write(option);
      ends.push(this.add({ op: 'jump', target: 0 }));
      split.second = this.here;
    });
    for (const end of ends) end.target = this.here;
  }

  private writeLook(node: { readonly ahead: boolean; readonly negative: boolean; readonly body: PatternNode }): void {
    const { min, max } = (node.ahead ? undefined : lookBehindReach(node.body)) ?? { min: 0, max: 0 };
    const look = this.add({ op: 'look', ahead: node.ahead, negative: node.negative, min, max, next: 0 });
    this.write(node.body);
    this.add({ op: 'done' });
    look.next = this.here;
  }

  private writeAtomic(body: PatternNode): void {
    const atomic = this.add({ op: 'atomic', next: 0 });
    this.write(body);
    this.add({ op: 'done' });
    atomic.next = this.here;
  }

  private writeRepeat(node: PatternNode & { readonly kind: 'repeat' }): void {
    const { body, min, max, mode } = node;
    if (this.runs && body.kind === 'set') {
      this.add({ op: 'run', set: body.set, min, max, mode });
    } else if (mode === 'possessive') {
      this.writeAtomic({ kind: 'repeat', body, min, max, mode: 'greedy' });
    } else {
      for (let copy = 0; copy < min; copy++) this.write(body);
      if (max === Infinity) this.writeLoop(body, mode);
      else this.writeOptional(body, max - min, mode);
    }
  }

  private split(mode: RepeatMode): { readonly into: (target: number) => void; readonly past: (target: number) => void } {
    const split = this.add({ op: 'split', first: 0, second: 0 });
    const into = (target: number) => {
      if (mode === 'greedy') split.first = target;
      else split.second = target;
    };
    const past = (target: number) => {
      if (mode === 'greedy') split.second = target;
      else split.first = target;
    };
    return { into, past };
  }

  private writeLoop(body: PatternNode, mode: RepeatMode): void {
    const start = this.here;
    const split = this.split(mode);
    split.into(this.here);
    const mayBeEmpty = shortestOf(body) === 0;
    const register = mayBeEmpty ? this.registers++ : -1;
    if (mayBeEmpty) this.add({ op: 'mark', register });
    this.write(body);
    const progress = mayBeEmpty ? this.add({ op: 'progress', register, exit: 0 }) : undefined;
    this.add({ op: 'jump', target: start });
    split.past(this.here);
    if (progress !== undefined) progress.exit = this.here;
  }

  private writeOptional(body: PatternNode, count: number, mode: RepeatMode): void {
    const splits: { readonly past: (target: number) => void }[] = [];
    for (let copy = 0; copy < count; copy++) {
      const split = this.split(mode);
      split.into(this.here);
      splits.push(split);
      this.write(body);
    }
    for (const split of splits) split.past(this.here);
  }
}

/** `runs`: quantified sets as one instruction each (fast); without, every state is an instruction (for remembering states). */
export function writeProgram(root: PatternNode, groups: number, runs: boolean): Program {
  const writer = new ProgramWriter(runs);
  writer.write(root);
  writer.instructions.push({ op: 'done' });
  return { instructions: writer.instructions, slots: (groups + 1) * 2, registers: writer.registers };
}
