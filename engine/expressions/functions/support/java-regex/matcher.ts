/**
 * Runs a program over a text by backtracking with an explicit stack and a budget of steps. With `remember`, a state
 * (instruction, position) that has been tried is not tried again, which bounds a search by program length × text length;
 * that is only sound without back-references.
 */
import { holds } from './assertions.ts';
import type { CharacterSet } from './character-set.ts';
import { caseFold } from './character-set.ts';
import type { Instruction, Program } from './program.ts';

/** The budget ran out before the answer was known. */
export class StepsExceededError extends Error {}

export interface SearchOptions {
  /** Budget; a step is an instruction or a character of a run. */
  readonly steps: number;
  readonly remember: boolean;
  /** Every set of the pattern is basic: look-behinds then step by UTF-16 unit, otherwise by code point, as in Java. */
  readonly basic: boolean;
  /** Where the previous match ended. */
  readonly lastEnd: number;
}

/** True between the two halves of a surrogate pair. */
export function isInsidePair(text: string, at: number): boolean {
  return at > 0 && (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}

/** States tried so far: a bit table for the search itself, a set for what look-arounds and atomic groups try inside. */
interface Visited {
  /** True when the state is new; remembers it. */
  enter(state: number): boolean;
}

class BitTable implements Visited {
  private readonly words: Uint32Array;

  constructor(states: number) {
    this.words = new Uint32Array((states + 31) >>> 5);
  }

  enter(state: number): boolean {
    const word = state >>> 5;
    const bit = 1 << (state & 31);
    if ((this.words[word] & bit) !== 0) return false;
    this.words[word] |= bit;
    return true;
  }
}

class StateSet implements Visited {
  private readonly states = new Set<number>();

  enter(state: number): boolean {
    if (this.states.has(state)) return false;
    this.states.add(state);
    return true;
  }
}

/** Most states a bit table may have (32 MB). */
export const REMEMBERED_MAX = 1 << 28;

export class Matcher {
  private readonly program: Program;
  private readonly text: string;
  private readonly visited: Visited | undefined;
  /** Capture slots, then loop registers. */
  readonly slots: Int32Array;
  private readonly registerBase: number;
  private readonly options: SearchOptions;
  private stepsLeft: number;

  constructor(program: Program, text: string, options: SearchOptions) {
    this.program = program;
    this.text = text;
    this.options = options;
    this.stepsLeft = options.steps;
    this.visited = options.remember ? new BitTable(program.instructions.length * (text.length + 1)) : undefined;
    this.registerBase = program.slots;
    this.slots = new Int32Array(program.slots + program.registers).fill(-1);
  }

  /** True when the pattern matches at `start`; `slots` then hold what was captured. */
  matchAt(start: number): boolean {
    this.slots.fill(-1);
    const end = this.run(0, start, -1, this.visited);
    if (end < 0) return false;
    this.slots[0] = start;
    this.slots[1] = end;
    return true;
  }

  /** End of the match that starts at `position` with instruction `start`, or -1. `mustEnd`: -1, or where it has to end. */
  private run(start: number, position: number, mustEnd: number, visited: Visited | undefined): number {
    const { instructions } = this.program;
    /**
     * Entries of three: bound of a run, position or old slot value, instruction to resume at (plus the program's
     * length to continue a run; -1 - slot to undo).
     */
    const stack: number[] = [];
    let counter = start;
    let at = position;
    for (;;) {
      if (--this.stepsLeft < 0) throw new StepsExceededError();
      const fresh = visited === undefined || visited.enter(counter * (this.text.length + 1) + at);
      const instruction = instructions[counter];
      if (fresh && instruction.op === 'done') {
        if (mustEnd < 0 || at === mustEnd) return this.keepUndo(stack, at);
      } else if (fresh && this.advance(instruction, counter, at, stack)) {
        counter = this.nextCounter;
        at = this.nextAt;
        continue;
      }
      counter = this.backtrack(stack);
      if (counter < 0) return -1;
      at = this.resumeAt;
    }
  }

  /** Where the instruction that was just executed leads. */
  private nextCounter = 0;
  private nextAt = 0;

  private goOn(counter: number, at: number): boolean {
    this.nextCounter = counter;
    this.nextAt = at;
    return at >= 0;
  }

  /** Executes one instruction; false when the match cannot go on from here. */
  private advance(instruction: Instruction, counter: number, at: number, stack: number[]): boolean {
    switch (instruction.op) {
      case 'set': {
        const width = this.widthAt(instruction.set, at);
        return width > 0 && this.goOn(counter + 1, at + width);
      }
      case 'run':
        return this.goOn(counter + 1, this.startRun(instruction, counter + this.program.instructions.length, at, stack));
      case 'split':
        stack.push(0, at, instruction.second);
        return this.goOn(instruction.first, at);
      case 'jump':
        return this.goOn(instruction.target, at);
      case 'save':
      case 'mark':
        this.save(instruction.op === 'save' ? instruction.slot : this.registerBase + instruction.register, at, stack);
        return this.goOn(counter + 1, at);
      case 'progress':
        return this.goOn(this.slots[this.registerBase + instruction.register] === at ? instruction.exit : counter + 1, at);
      case 'assertion':
        return holds(instruction.assertion, this.text, at, this.options.lastEnd) && this.goOn(counter + 1, at);
      case 'reference':
        return this.goOn(counter + 1, this.endOfReference(instruction, at));
      case 'look':
        return this.look(instruction, counter, at, stack) && this.goOn(instruction.next, at);
      case 'atomic':
        return this.goOn(instruction.next, this.inner(counter + 1, at, -1, stack));
      case 'done':
        return false;
    }
  }

  private save(slot: number, at: number, stack: number[]): void {
    stack.push(0, this.slots[slot], -1 - slot);
    this.slots[slot] = at;
  }

  private resumeAt = 0;
  /** What the last inner run would have had to undo, for the run around it. */
  private innerUndo: number[] = [];

  private keepUndo(stack: number[], end: number): number {
    this.innerUndo = [];
    for (let index = 0; index < stack.length; index += 3) {
      if (stack[index + 2] < 0) this.innerUndo.push(0, stack[index + 1], stack[index + 2]);
    }
    return end;
  }

  /** Undoes captures down to the latest choice; the instruction to go on with, or -1. */
  private backtrack(stack: number[]): number {
    for (;;) {
      const code = stack.pop();
      const value = stack.pop();
      const bound = stack.pop();
      if (code === undefined || value === undefined || bound === undefined) return -1;
      if (code < 0) {
        this.slots[-1 - code] = value;
        continue;
      }
      const { instructions } = this.program;
      if (code < instructions.length) {
        this.resumeAt = value;
        return code;
      }
      const instruction = instructions[code - instructions.length];
      const next = instruction.op === 'run' ? this.continueRun(instruction, code, value, bound, stack) : -1;
      if (next >= 0) {
        this.resumeAt = next;
        return code - instructions.length + 1;
      }
    }
  }

  private widthAt(set: CharacterSet, at: number): number {
    const { text } = this;
    if (at >= text.length) return 0;
    const unit = text.charCodeAt(at);
    if (unit < 128) return set.ascii[unit];
    if (unit < 0xd800 || unit > 0xdbff) return set.contains(unit) ? 1 : 0;
    const point = text.codePointAt(at) ?? unit;
    if (!set.contains(point)) return 0;
    return point > 0xffff ? 2 : 1;
  }

  /** First end of a run, or -1; what else it may end at goes on the stack. */
  private startRun(run: Instruction & { readonly op: 'run' }, code: number, start: number, stack: number[]): number {
    let end = start;
    let count = 0;
    while (count < run.min) {
      const width = this.widthAt(run.set, end);
      if (width === 0) return -1;
      end += width;
      count++;
    }
    if (run.mode === 'lazy') {
      if (run.max > count) stack.push(count, end, code);
      return end;
    }
    const least = end;
    while (count < run.max) {
      const width = this.widthAt(run.set, end);
      if (width === 0) break;
      end += width;
      count++;
    }
    this.stepsLeft -= end - start;
    if (run.mode === 'greedy' && end > least) stack.push(least, end, code);
    return end;
  }

  /** The next end of a run: one less when greedy (`bound` is the least end), one more when lazy (`bound` counts them). */
  private continueRun(run: Instruction & { readonly op: 'run' }, code: number, end: number, bound: number, stack: number[]): number {
    if (run.mode === 'lazy') {
      const width = this.widthAt(run.set, end);
      if (width > 0 && run.max > bound + 1) stack.push(bound + 1, end + width, code);
      return width === 0 ? -1 : end + width;
    }
    const shorter = end - (end - 1 > bound && isInsidePair(this.text, end - 1) ? 2 : 1);
    if (shorter > bound) stack.push(bound, shorter, code);
    return shorter;
  }

  private endOfReference(reference: Instruction & { readonly op: 'reference' }, at: number): number {
    const from = this.slots[reference.group * 2] ?? -1;
    const to = this.slots[reference.group * 2 + 1] ?? -1;
    if (reference.group * 2 >= this.registerBase || from < 0 || to < 0) return -1;
    const length = to - from;
    if (at + length > this.text.length) return -1;
    for (let offset = 0; offset < length; offset++) {
      const left = this.text.charCodeAt(from + offset);
      const right = this.text.charCodeAt(at + offset);
      if (left !== right && caseFold(left, reference.rule) !== caseFold(right, reference.rule)) return -1;
    }
    return at + length;
  }

  /** Runs a body of its own; what it captured can be undone by the run around it. */
  private inner(start: number, at: number, mustEnd: number, stack: number[]): number {
    const end = this.run(start, at, mustEnd, this.options.remember ? new StateSet() : undefined);
    if (end >= 0) for (const entry of this.innerUndo) stack.push(entry);
    return end;
  }

  private look(look: Instruction & { readonly op: 'look' }, index: number, at: number, stack: number[]): boolean {
    const depth = stack.length;
    const found = look.ahead ? this.inner(index + 1, at, -1, stack) >= 0 : this.behind(look, index, at, stack);
    if (!look.negative) return found;
    while (stack.length > depth) {
      const code = stack.pop() ?? 0;
      this.slots[-1 - code] = stack.pop() ?? 0;
      stack.pop();
    }
    return !found;
  }

  private behind(look: Instruction & { readonly op: 'look' }, index: number, at: number, stack: number[]): boolean {
    const { basic } = this.options;
    let start = at;
    /** Java's own 32-bit arithmetic: an overflowing maximum wraps here as it does there. */
    const farthest = basic ? Math.max(0, (at - look.max) | 0) : 0;
    for (let taken = 0; start >= farthest && (basic || taken <= look.max || look.max < 0); taken++) {
      if (taken >= look.min && this.inner(index + 1, start, at, stack) >= 0) return true;
      start--;
      if (!basic && isInsidePair(this.text, start)) start--;
    }
    return false;
  }

  static canRemember(program: Program, text: string): boolean {
    return program.instructions.length * (text.length + 1) <= REMEMBERED_MAX;
  }
}
