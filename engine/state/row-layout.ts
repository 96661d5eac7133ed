/** The dense rows of keyed state: which words of a row hold its hash, its flags, its key and what is kept under the key. */
import { assert } from '../base/assert.ts';
import type { PhysicalForm } from '../columnar/key-fields.ts';

/** One value to keep. `nullable` cells own a presence bit; the others are always there (zero in a new row). */
export interface CellSpec {
  readonly form: PhysicalForm;
  readonly nullable: boolean;
}

/** A cell placed in the row. Offsets are in 4-byte words; 8-byte forms start at even words. */
export interface Cell {
  readonly form: PhysicalForm;
  readonly word: number;
  /** Word and mask of the presence bit (set = not null); mask 0 = never null. */
  readonly flagsWord: number;
  readonly flagsMask: number;
}

/**
 * Word 0: hash of the key (of a free row: the next free row, -1 at the end). Words from 1: flags; bit 0 of word 1 says that
 * the row is live, then come presence bits, those of the key first. Then the key, then the rest. A new row is all zero but for hash, flags and key.
 */
export interface RowLayout {
  /** Words per row, even, so that 8-byte cells stay aligned. */
  readonly words: number;
  readonly keyCells: readonly Cell[];
  readonly cells: readonly Cell[];
  /** Presence bits of the key within word 1, to be compared as one. */
  readonly keyFlagsMask: number;
  readonly flagsWords: number;
  /** Words before this one are header and key; the rest starts zeroed. */
  readonly payloadWord: number;
  /** True when some cell holds bytes of varying length. */
  readonly hasHeap: boolean;
  /** Names the layout in snapshots; a restore needs the same one. */
  readonly fingerprint: string;
}

export const FLAGS_WORD = 1;
export const LIVE_BIT = 1;
const BITS_PER_FLAGS_WORD = 31;
const LAYOUT_VERSION = 1;

/** Places the key first and the other cells behind it. */
export function createRowLayout(key: readonly CellSpec[], payload: readonly CellSpec[]): RowLayout {
  assert(key.filter((cell) => cell.nullable).length < BITS_PER_FLAGS_WORD - 1, 'a key has at most 29 nullable columns');
  const nullableCount = [...key, ...payload].filter((cell) => cell.nullable).length;
  const flagsWords = Math.floor(nullableCount / BITS_PER_FLAGS_WORD) + 1;
  const placer = { word: 1 + flagsWords, bit: 1 };
  const keyCells = key.map((spec) => placeCell(spec, placer));
  const payloadWord = placer.word;
  const cells = payload.map((spec) => placeCell(spec, placer));
  return {
    words: placer.word + (placer.word & 1),
    keyCells,
    cells,
    keyFlagsMask: keyCells.reduce((mask, cell) => mask | cell.flagsMask, 0),
    flagsWords,
    payloadWord,
    hasHeap: [...keyCells, ...cells].some((cell) => isHeapForm(cell.form)),
    fingerprint: `v${LAYOUT_VERSION}(${key.map(printSpec).join(' ')})(${payload.map(printSpec).join(' ')})`,
  };
}

const FORMS: readonly string[] = ['boolean', 'i32', 'i64', 'i64i32', 'i128', 'f32', 'f64', 'text', 'binary'] satisfies PhysicalForm[];

/** The cells that a fingerprint names; null when it is none of this version. */
export function parseFingerprint(fingerprint: string): { readonly key: readonly CellSpec[]; readonly payload: readonly CellSpec[] } | null {
  const match = /^v(\d+)\(([^()]*)\)\(([^()]*)\)$/.exec(fingerprint);
  if (match === null || Number(match[1]) !== LAYOUT_VERSION) return null;
  const [key, payload] = [parseSpecs(match[2]), parseSpecs(match[3])];
  return key === null || payload === null ? null : { key, payload };
}

function parseSpecs(words: string): CellSpec[] | null {
  const specs: CellSpec[] = [];
  for (const word of words.split(' ').filter((each) => each !== '')) {
    const form = word.endsWith('?') ? word.slice(0, -1) : word;
    if (!isForm(form)) return null;
    specs.push({ form, nullable: word.endsWith('?') });
  }
  return specs;
}

function isForm(word: string): word is PhysicalForm {
  return FORMS.includes(word);
}

export function isHeapForm(form: PhysicalForm): boolean {
  return form === 'text' || form === 'binary';
}

function placeCell(spec: CellSpec, placer: { word: number; bit: number }): Cell {
  const words = cellWords(spec.form);
  if (words > 1 && !isHeapForm(spec.form)) placer.word += placer.word & 1;
  const cell = {
    form: spec.form,
    word: placer.word,
    flagsWord: spec.nullable ? FLAGS_WORD + Math.floor(placer.bit / BITS_PER_FLAGS_WORD) : FLAGS_WORD,
    flagsMask: spec.nullable ? 1 << (placer.bit % BITS_PER_FLAGS_WORD) : 0,
  };
  placer.word += words;
  if (spec.nullable) placer.bit++;
  return cell;
}

/** 4-byte words that a value of the form takes. */
export function cellWords(form: PhysicalForm): number {
  switch (form) {
    case 'boolean':
    case 'i32':
    case 'f32':
      return 1;
    case 'i64i32':
      return 3;
    case 'i128':
      return 4;
    default:
      return 2;
  }
}

function printSpec(spec: CellSpec): string {
  return spec.nullable ? `${spec.form}?` : spec.form;
}
