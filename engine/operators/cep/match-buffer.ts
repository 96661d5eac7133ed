/**
 * The shared buffer: rows that wait or belong to partial matches, and chains of "this row as that step, behind that chain". A chain that several
 * partial matches have in common exists once; rows and links are counted and given back with their last user.
 */
import type { JobMemory } from '../../columnar/job-memory.ts';
import type { PhysicalForm } from '../../columnar/key-fields.ts';
import type { RetiredRegions } from '../../state/retired-regions.ts';
import type { Cell, RowLayout } from '../../state/row-layout.ts';
import { createRowLayout, FLAGS_WORD, LIVE_BIT } from '../../state/row-layout.ts';
import { NO_ROW, RowStore } from '../../state/row-store.ts';

const I32 = { form: 'i32', nullable: false } as const;
const I64 = { form: 'i64', nullable: false } as const;
const TWO_32 = 4294967296;

/** Of a waiting row: neighbours in the queue (row + 1); users; bits of the simple conditions; time; place in the order of arrival. */
const EVENT_HEAD = [I32, I32, I32, I32, I64, { form: 'f64', nullable: false } as const];

const LINK_LAYOUT = createRowLayout([], [I32, I32, I32, I32, I32]);
const [STEP, EVENT, BEFORE, USERS, CHILD] = LINK_LAYOUT.cells.map((cell) => cell.word);

export class MatchBuffer {
  readonly events: RowStore;
  readonly links: RowStore;
  readonly layout: RowLayout;
  /** Cells of the columns that are kept of each row. */
  readonly cells: readonly Cell[];
  readonly nextWord: number;
  readonly previousWord: number;
  readonly usersWord: number;
  readonly maskWord: number;
  readonly timeWord: number;
  readonly arrivalWord: number;
  private readonly memory: JobMemory;
  /** Links of the row in work that begin a chain, by step: those have no link to remember them. */
  private readonly firstLinks: number[] = [];

  constructor(memory: JobMemory, columns: readonly PhysicalForm[], retired: RetiredRegions | null) {
    this.memory = memory;
    this.layout = createRowLayout([], [...EVENT_HEAD, ...columns.map((form) => ({ form, nullable: true }))]);
    const words = this.layout.cells.map((cell) => cell.word);
    [this.nextWord, this.previousWord, this.usersWord, this.maskWord, this.timeWord, this.arrivalWord] = words;
    this.cells = this.layout.cells.slice(EVENT_HEAD.length);
    this.events = new RowStore(memory, this.layout, retired);
    this.links = new RowStore(memory, LINK_LAYOUT);
  }

  /** Milliseconds as a double, which is what gaps are measured in. */
  timeOf(event: number): number {
    const at = this.events.wordOf(event) + this.timeWord;
    return this.memory.i32[at + 1] * TWO_32 + (this.memory.i32[at] >>> 0);
  }

  exactTimeOf(event: number): bigint {
    return this.memory.i64[(this.events.wordOf(event) + this.timeWord) >>> 1];
  }

  maskOf(event: number): number {
    return this.memory.i32[this.events.wordOf(event) + this.maskWord];
  }

  /** Order of two rows: by time, then by arrival. */
  compare(left: number, right: number): number {
    if (left === right) return 0;
    const { i32, f64 } = this.memory;
    const a = this.events.wordOf(left);
    const b = this.events.wordOf(right);
    const [high, low] = [
      i32[a + this.timeWord + 1] - i32[b + this.timeWord + 1],
      (i32[a + this.timeWord] >>> 0) - (i32[b + this.timeWord] >>> 0),
    ];
    if (high !== 0) return high;
    if (low !== 0) return low;
    return f64[(a + this.arrivalWord) >>> 1] - f64[(b + this.arrivalWord) >>> 1];
  }

  /** Gives the row another place among those of its time. */
  renumber(event: number, place: number): void {
    this.memory.f64[(this.events.wordOf(event) + this.arrivalWord) >>> 1] = place;
  }

  holdEvent(event: number): void {
    this.memory.i32[this.events.wordOf(event) + this.usersWord]++;
  }

  releaseEvent(event: number): void {
    const { i32 } = this.memory;
    if (--i32[this.events.wordOf(event) + this.usersWord] === 0) this.events.releaseRow(event);
  }

  /** The row in work changes: links that begin a chain are made anew. */
  beginEvent(): void {
    this.firstLinks.length = 0;
  }

  /** The link of `event` as `step` behind the chain that ends in `before` (NO_ROW: it begins one), without a user yet. */
  link(step: number, event: number, before: number): number {
    const known = before === NO_ROW ? (this.firstLinks[step] ?? NO_ROW) : this.memory.i32[this.links.wordOf(before) + CHILD] - 1;
    if (known !== NO_ROW && this.isLink(known, step, event, before)) return known;
    const link = this.links.allocateRow();
    const { i32 } = this.memory;
    const at = this.links.wordOf(link);
    i32[at + STEP] = step;
    i32[at + EVENT] = event;
    i32[at + BEFORE] = before;
    this.holdEvent(event);
    if (before === NO_ROW) {
      this.firstLinks[step] = link;
    } else {
      this.holdLink(before);
      i32[this.links.wordOf(before) + CHILD] = link + 1;
    }
    return link;
  }

  holdLink(link: number): void {
    this.memory.i32[this.links.wordOf(link) + USERS]++;
  }

  /** Gives a chain back, as far as nobody else uses it. */
  releaseLink(link: number): void {
    const { i32 } = this.memory;
    for (let at = link; at !== NO_ROW; ) {
      const word = this.links.wordOf(at);
      if (--i32[word + USERS] > 0) return;
      const before = i32[word + BEFORE];
      this.releaseEvent(i32[word + EVENT]);
      this.links.releaseRow(at);
      at = before;
    }
  }

  stepOf(link: number): number {
    return this.memory.i32[this.links.wordOf(link) + STEP];
  }

  eventOf(link: number): number {
    return this.memory.i32[this.links.wordOf(link) + EVENT];
  }

  beforeOf(link: number): number {
    return this.memory.i32[this.links.wordOf(link) + BEFORE];
  }

  get stateBytes(): number {
    return this.events.usedBytes + this.links.usedBytes;
  }

  close(): void {
    this.events.close();
    this.links.close();
  }

  private isLink(link: number, step: number, event: number, before: number): boolean {
    const { i32 } = this.memory;
    const at = this.links.wordOf(link);
    return (i32[at + FLAGS_WORD] & LIVE_BIT) !== 0 && i32[at + STEP] === step && i32[at + EVENT] === event && i32[at + BEFORE] === before;
  }
}
