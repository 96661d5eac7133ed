/**
 * Runs a program over a text by backtracking with an explicit stack and a budget of steps. With `remember`, a state
 * (instruction, position) that has been tried is not tried again, which bounds a search by program length × text length;
 * that is only sound without back-references.
 */
import { holds } from './assertions.ts';
import type { CharacterSet } from './character-set.ts';
import { caseFold, hasPoint } from './character-set.ts';
import type { Instruction, Program } from './program.ts';

/** The budget ran out before the answer was known. */
export class StepsExceededError extends Error {}

interface Budget {
  left: number;
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
  private readonly budget: Budget;
  private readonly remember: boolean;
  private readonly visited: Visited | undefined;
  /** Capture slots, then loop registers. */
  readonly slots: Int32Array;
  private readonly registerBase: number;
  private readonly lastEnd: number;

  constructor(program: Program, text: string, steps: number, remember: boolean, lastEnd: number) {
    this.program = program;
    this.text = text;
    this.budget = { left: steps };
    this.remember = remember;
    this.visited = remember ? new BitTable(program.instructions.length * (text.length + 1)) : undefined;
    this.registerBase = program.slots;
    this.slots = new Int32Array(program.slots + program.registers).fill(-1);
    this.lastEnd = lastEnd;
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
    const stack: number[] = [];
    let counter = start;
    let at = position;
    for (;;) {
      if (--this.budget.left < 0) throw new StepsExceededError();
      const instruction = instructions[counter];
      let alive = visited === undefined || visited.enter(counter * (this.text.length + 1) + at);
      if (alive) {
        switch (instruction.op) {
          case 'set': {
            const width = this.widthAt(instruction.set, at);
            alive = width > 0;
            at += width;
            counter++;
            break;
          }
          case 'run': {
            const next = this.startRun(instruction, counter, at, stack);
            alive = next >= 0;
            at = next;
            counter++;
            break;
          }
          case 'split':
            stack.push(at, instruction.second);
            counter = instruction.first;
            break;
          case 'jump':
            counter = instruction.target;
            break;
          case 'save':
          case 'mark': {
            const slot = instruction.op === 'save' ? instruction.slot : this.registerBase + instruction.register;
            stack.push(this.slots[slot], -1 - slot);
            this.slots[slot] = at;
            counter++;
            break;
          }
          case 'progress':
            counter = this.slots[this.registerBase + instruction.register] === at ? instruction.exit : counter + 1;
            break;
          case 'assertion':
            alive = holds(instruction.assertion, this.text, at, this.lastEnd);
            counter++;
            break;
          case 'reference': {
            const end = this.endOfReference(instruction, at);
            alive = end >= 0;
            at = end;
            counter++;
            break;
          }
          case 'look':
            alive = this.look(instruction, counter, at, stack);
            counter = instruction.next;
            break;
          case 'atomic': {
            const end = this.inner(counter + 1, at, -1, stack);
            alive = end >= 0;
            at = end;
            counter = instruction.next;
            break;
          }
          case 'done':
            if (mustEnd < 0 || at === mustEnd) return this.keepUndo(stack, at);
            alive = false;
            break;
        }
      }
      if (alive) continue;
      const resumed = this.backtrack(stack);
      if (resumed < 0) return -1;
      counter = resumed;
      at = this.resumeAt;
    }
  }

  private resumeAt = 0;
  /** What the last inner run would have had to undo, for the run around it. */
  private innerUndo: number[] = [];

  private keepUndo(stack: number[], end: number): number {
    this.innerUndo = [];
    for (let index = 0; index < stack.length; index += 2) {
      if (stack[index + 1] < 0) this.innerUndo.push(stack[index], stack[index + 1]);
    }
    return end;
  }

  /** Undoes captures down to the latest choice; the instruction to go on with, or -1. */
  private backtrack(stack: number[]): number {
    for (;;) {
      const code = stack.pop();
      const value = stack.pop();
      if (code === undefined || value === undefined) return -1;
      if (code < 0) {
        this.slots[-1 - code] = value;
        continue;
      }
      const instruction = this.program.instructions[code];
      if (instruction.op !== 'run') {
        this.resumeAt = value;
        return code;
      }
      const next = this.continueRun(instruction, code, value, stack);
      if (next >= 0) {
        this.resumeAt = next;
        return code + 1;
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

  /**
   * First end of a run, or -1. A choice of a run is on the stack as (limit or current end, its start, its index): greedy
   * runs give back from the far end, lazy runs take one more.
   */
  private startRun(run: Instruction & { readonly op: 'run' }, index: number, start: number, stack: number[]): number {
    let end = start;
    let count = 0;
    while (count < run.min) {
      const width = this.widthAt(run.set, end);
      if (width === 0) return -1;
      end += width;
      count++;
    }
    const least = end;
    if (run.mode === 'lazy') {
      if (run.max > count) stack.push(count, end, index);
      return this.balanced(stack, run.max > count, end);
    }
    while (count < run.max) {
      const width = this.widthAt(run.set, end);
      if (width === 0) break;
      end += width;
      count++;
    }
    this.budget.left -= end - start;
    if (run.mode === 'greedy' && end > least) {
      stack.push(least, end, index);
      return this.balanced(stack, true, end);
    }
    return end;
  }

  /** Entries are pairs everywhere else, so a run's three numbers get a fourth that `continueRun` drops. */
  private balanced(stack: number[], pushed: boolean, end: number): number {
    if (pushed) {
      const index = stack.pop() ?? 0;
      stack.push(0);
      const filler = stack.pop() ?? 0;
      const current = stack.pop() ?? 0;
      const bound = stack.pop() ?? 0;
      stack.push(filler, bound, current, index);
    }
    return end;
  }

  private continueRun(run: Instruction & { readonly op: 'run' }, index: number, current: number, stack: number[]): number {
    const bound = stack.pop() ?? 0;
    stack.pop();
    if (run.mode === 'lazy') {
      const width = this.widthAt(run.set, current);
      if (width === 0) return -1;
      if (run.max > bound + 1) stack.push(0, bound + 1, current + width, index);
      return current + width;
    }
    const low = this.text.charCodeAt(current - 1);
    const paired = current - 1 > bound && (low & 0xfc00) === 0xdc00 && (this.text.charCodeAt(current - 2) & 0xfc00) === 0xd800;
    const shorter = current - (paired ? 2 : 1);
    if (shorter > bound) stack.push(0, bound, shorter, index);
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
    const end = this.run(start, at, mustEnd, this.remember ? new StateSet() : undefined);
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
    }
    return !found;
  }

  private behind(look: Instruction & { readonly op: 'look' }, index: number, at: number, stack: number[]): boolean {
    let start = at;
    for (let points = 0; points <= look.max && start >= 0; points++) {
      if (points >= look.min && this.inner(index + 1, start, at, stack) >= 0) return true;
      start--;
      if (start > 0 && (this.text.charCodeAt(start) & 0xfc00) === 0xdc00 && (this.text.charCodeAt(start - 1) & 0xfc00) === 0xd800) start--;
    }
    return false;
  }

  static canRemember(program: Program, text: string): boolean {
    return program.instructions.length * (text.length + 1) <= REMEMBERED_MAX;
  }

  static startsWith(set: CharacterSet, text: string, at: number): boolean {
    return at < text.length && hasPoint(set, text.codePointAt(at) ?? 0);
  }
}
