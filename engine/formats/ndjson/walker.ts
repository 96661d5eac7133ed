/** Compiles and runs the generated walk over predicted lines. */

import { MILLIS_PER_DAY } from '../../base/calendar.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import type { SchemaPlan } from '../decode-plan.ts';
import type { DecodeTarget } from '../decode-target.ts';
import type { InputPage } from '../input-page.ts';
import { readDate, readTime, type TimestampFormat } from '../temporal-bytes.ts';
import { skipValue } from './json-skip.ts';
import type { LineParser } from './line-parser.ts';
import type { KeyShape, LineShape } from './shape.ts';
import { laneOffset, WALK } from './walker-layout.ts';
import { walkBlockBytes, walkerModuleBytes } from './walker-module.ts';

type Walk = (block: Address, position: Address, end: Address, row: number, rowsMax: number) => number;

/** Compiled modules by what they were made from, so that a second decoder of the same shape starts warm. */
const compiled = new Map<string, WebAssembly.Module>();
const COMPILED_MAX = 256;

export class LineWalker {
  private readonly memory: JobMemory;
  private readonly target: DecodeTarget;
  private readonly parser: LineParser;
  private readonly format: TimestampFormat;
  private readonly walkLines: Walk;
  private readonly block: Address;
  private readonly blockBytes: number;
  private page: InputPage | null = null;

  constructor(plan: SchemaPlan, shape: LineShape, format: TimestampFormat, lineBytesMax: number, target: DecodeTarget, parser: LineParser) {
    this.memory = target.memory;
    this.target = target;
    this.parser = parser;
    this.format = format;
    this.blockBytes = walkBlockBytes(plan);
    this.block = this.memory.allocateRegion(this.blockBytes);
    this.memory.u8.fill(0, this.block, this.block + this.blockBytes);
    writePowers(this.memory, this.block);
    const { exports } = new WebAssembly.Instance(compile(this.memory, plan, shape, lineBytesMax), {
      env: {
        memory: this.memory.memory,
        value: (planIndex: number, at: number, end: number, row: number) => this.readValue(planIndex, at >>> 0, end >>> 0, row),
        skip: (at: number, end: number) => this.skip(at >>> 0, end >>> 0),
        minute: (at: number, cache: number) => this.readMinute(at >>> 0, cache >>> 0),
      },
    });
    this.walkLines = exports.walk as Walk;
  }

  /** Decodes lines into rows from `row` on; returns the row count and moves `page.position` to the first line it did not take. */
  walk(page: InputPage, row: number, rowsMax: number): number {
    const { target, memory } = this;
    const { i32 } = memory;
    const block = this.block >>> 2;
    this.page = page;
    for (const { index } of target.plan.flat) {
      i32[block + (laneOffset(index) >>> 2)] = target.data[index];
      i32[block + (laneOffset(index) >>> 2) + 1] = target.nanos[index];
    }
    i32[block + (WALK.heap >>> 2)] = page.heap + page.heapUsed;
    i32[block + (WALK.marksBias >>> 2)] = page.marks - (page.address >>> 3);
    i32[block + (WALK.validity >>> 2)] = target.validity;
    i32[block + (WALK.stride >>> 2)] = target.stride;
    const rows = this.walkLines(this.block, page.address + page.position, page.address + page.complete, row, rowsMax);
    page.position = memory.u32[block + (WALK.position >>> 2)] - page.address;
    page.heapUsed = memory.u32[block + (WALK.heap >>> 2)] - page.heap;
    return rows;
  }

  close(): void {
    this.memory.freeRegion(this.block, this.blockBytes);
  }

  private readValue(planIndex: number, at: Address, end: Address, row: number): Address {
    const { page, memory } = this;
    if (page === null) return 0;
    const plan = this.target.plan.flat[planIndex];
    const heap = (this.block + WALK.heap) >>> 2;
    page.heapUsed = memory.u32[heap] - page.heap;
    const stop = this.parser.parseValue(page, at - page.address, end - page.address, row, plan);
    memory.u32[heap] = page.heap + page.heapUsed;
    if (stop < 0 || (!plan.type.nullable && !this.target.isPresent(planIndex, row))) return 0;
    return withinLine(memory.u8, at, page.address + stop);
  }

  private skip(at: Address, end: Address): Address {
    return withinLine(this.memory.u8, at, skipValue(this.memory.u8, at, end));
  }

  private readMinute(at: Address, cache: Address): number {
    const { u8 } = this.memory;
    if (u8[at + 10] !== (this.format === 'sql' ? 32 : 84)) return 0;
    const millis = readDate(u8, at, at + 10) * MILLIS_PER_DAY + readTime(u8, at + 11, at + 16, true);
    if (Number.isNaN(millis)) return 0;
    u8.copyWithin(cache, at, at + 16);
    this.memory.i64[(cache + 16) >>> 3] = BigInt(millis);
    return 1;
  }
}

/** A line end is white space to JSON, but not to lines of JSON: a value that runs over one is refused. 0 = refused. */
function withinLine(bytes: Uint8Array, at: Address, stop: Address): Address {
  if (stop < 0) return 0;
  if (bytes[at] !== 123 && bytes[at] !== 91) return stop;
  return bytes.indexOf(10, at) < stop ? 0 : stop;
}

function writePowers(memory: JobMemory, block: Address): void {
  for (let power = 0; power <= 22; power++) memory.f64[((block + WALK.powers) >>> 3) + power] = Number(`1e${power}`);
  for (let power = 0; power <= 18; power++) memory.i64[((block + WALK.longPowers) >>> 3) + power] = 10n ** BigInt(power);
}

function compile(memory: JobMemory, plan: SchemaPlan, shape: LineShape, lineBytesMax: number): WebAssembly.Module {
  const shared = !(memory.memory.buffer instanceof ArrayBuffer);
  const columns = plan.flat.map(({ type, required, end }) => [type, required, end]);
  const key = JSON.stringify([shared, lineBytesMax, shape.blankAfterColon, shape.blankAfterComma, columns, describeKeys(shape.keys)]);
  let module = compiled.get(key);
  if (module === undefined) {
    if (compiled.size >= COMPILED_MAX) compiled.clear();
    module = new WebAssembly.Module(walkerModuleBytes(plan, shape, lineBytesMax, shared));
    compiled.set(key, module);
  }
  return module;
}

type KeyDescription = readonly [string, number, readonly KeyDescription[]];

function describeKeys(keys: readonly KeyShape[]): KeyDescription[] {
  return keys.map((key) => [key.key, key.plan?.index ?? -1, describeKeys(key.children)]);
}
