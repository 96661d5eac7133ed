/**
 * Reads the records of one file from a position on, one batch at a time. Used for a chunk of a file that stays as it is
 * and for a file that grows; whoever uses it knows when the input ends.
 */

import { EngineError } from '../../base/errors.ts';
import type { JsonValue } from '../../base/json.ts';
import type { StorageFile } from '../../base/storage.ts';
import type { Arena } from '../../columnar/arena.ts';
import type { Batch } from '../../columnar/batch.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import { InputPage } from '../../formats/input-page.ts';
import { tooLong } from '../../formats/line-limit.ts';
import type { BadRecord, RecordDecoder } from '../../formats/record-decoder.ts';

/** Memory of an ordinary page, bitmaps included; about 920 KB of text: larger batches cost less per row than staying in a smaller cache saves. */
const PAGE_REGION_BYTES = 2 * 1024 * 1024;
const NEWLINE = 10;
/** Bytes read behind the end of a chunk at a time: its last line is rarely longer. */
const BEHIND_END_BYTES = 64 * 1024;
/** Beginning of a line that is too long, as far as it is shown. */
const LONG_LINE_SHOWN_BYTES = 64 * 1024;

export interface RecordsStart {
  /** Offset to read from. */
  readonly position: number;
  /** Bytes up to the first line end are passed over: they belong to the stretch before, or to a line refused for its length. */
  readonly passOver: 'nothing' | 'line of others' | 'refused line';
  /** Lines that begin at or behind it are not read; null = none. */
  readonly end: number | null;
  readonly decoderState: JsonValue;
}

/** Called for each bad record; byte offset in the file, line counted from where reading began, bytes valid during the call. */
export type BadRecordListener = (byteOffset: number, line: number, bad: BadRecord, bytes: Uint8Array) => void;

export class FileRecords {
  readonly file: StorageFile;
  private readonly memory: JobMemory;
  private readonly decoder: RecordDecoder;
  private readonly lineBytesMax: number;
  private readonly end: number | null;
  private page: InputPage | null = null;
  /** File offset of the page's first byte. */
  private pageOffset: number;
  private scanned = false;
  private passingOver: boolean;
  /** Where the lines that `linesRead` counts begin. */
  startPosition: number;
  private inLongLine = false;
  /** Lines passed over because they were too long, which the decoder has not seen. */
  private linesPassedOver = 0;

  constructor(file: StorageFile, memory: JobMemory, decoder: RecordDecoder, lineBytesMax: number, start: RecordsStart) {
    this.file = file;
    this.memory = memory;
    this.decoder = decoder;
    this.lineBytesMax = lineBytesMax;
    this.end = start.end;
    this.pageOffset = start.position;
    this.passingOver = start.passOver !== 'nothing';
    this.inLongLine = start.passOver === 'refused line';
    this.startPosition = start.position;
    decoder.beginInput(start.position === 0, start.decoderState);
  }

  /** Offset of the first byte that has not become a row. */
  get position(): number {
    return this.pageOffset + (this.page?.position ?? 0);
  }

  /** The bytes at `position` are the rest of a line that was refused for its length. */
  get isInLongLine(): boolean {
    return this.passingOver && this.inLongLine;
  }

  /** Line ends read since the start. */
  get linesRead(): number {
    return this.decoder.linesRead + this.linesPassedOver;
  }

  get decoderState(): JsonValue {
    return this.decoder.inputState();
  }

  /** True when no line can begin here that belongs to this stretch. */
  get isPastEnd(): boolean {
    return this.end !== null && this.position >= this.end;
  }

  /**
   * Reads and decodes one batch; null when there is nothing new in the file. `final`: the file will not grow, so that
   * what stands behind the last line end is a line. At most `rowsMax` rows; stops early when `pause` says so.
   */
  read(arena: Arena, rowsMax: number, final: boolean, onBad: BadRecordListener, pause: () => boolean): Batch | null {
    for (;;) {
      if (this.scanned && this.page !== null) {
        const batch = this.decode(this.page, arena, rowsMax, onBad, pause);
        if (batch !== null || pause()) return batch;
      }
      if (this.isPastEnd) return null;
      const added = this.fill(onBad);
      this.scanned = this.accept(final && added === 0);
      if (!this.scanned && added === 0) return null;
      if (pause()) return null;
    }
  }

  /** Gives the page back; bytes not decoded are read again later. */
  releasePage(): void {
    if (this.page === null) return;
    this.pageOffset = this.position;
    this.page.close();
    this.page = null;
    this.scanned = false;
  }

  close(): void {
    this.releasePage();
    this.file.close();
  }

  private decode(page: InputPage, arena: Arena, rowsMax: number, onBad: BadRecordListener, pause: () => boolean): Batch | null {
    this.decoder.begin(arena, rowsMax);
    let stop = this.decoder.decode(page);
    while (stop === 'bad') {
      const { bad } = this.decoder;
      const bytes = this.memory.u8.subarray(page.address + bad.start, page.address + bad.end);
      onBad(this.pageOffset + bad.start, this.linesPassedOver + bad.line, bad, bytes);
      if (pause()) break;
      stop = this.decoder.decode(page);
    }
    if (stop === 'starved') this.scanned = false;
    // A last line without a line end was given one that is not in the file.
    if (page.position > page.filled) page.position = page.filled;
    const batch = this.decoder.finish(page);
    return batch.rowCount > 0 ? batch : null;
  }

  /** Makes room and reads on; returns the bytes that were added. */
  private fill(onBad: BadRecordListener): number {
    const page = this.roomyPage(onBad);
    const offset = this.pageOffset + page.filled;
    let room = page.capacity - page.filled;
    if (this.end !== null && offset >= this.end) room = Math.min(room, BEHIND_END_BYTES);
    const added = this.file.read(this.memory.u8, page.address + page.filled, room, offset);
    if (added === 0 && this.end !== null && offset < this.end) {
      throw new EngineError('MR4006', `${this.file.path} was cut to ${offset} bytes while it was read (it had ${this.end})`, {
        domain: 'external',
        remedy: 'do not change input files during a run; start it again on the file as it is now',
      });
    }
    page.filled += added;
    if (this.passingOver) this.passOver(page);
    return added;
  }

  private passOver(page: InputPage): void {
    const { u8 } = this.memory;
    const newline = page.filled === 0 ? -1 : u8.subarray(page.address, page.address + page.filled).indexOf(NEWLINE);
    if (newline < 0) {
      this.pageOffset += page.filled;
      page.filled = 0;
      return;
    }
    page.position = newline + 1;
    this.passingOver = false;
    if (this.inLongLine) this.linesPassedOver++;
    else this.startPosition = this.pageOffset + page.position;
    this.inLongLine = false;
  }

  /** The page with what is left moved to its front, replaced by a larger one while a line does not fit. */
  private roomyPage(onBad: BadRecordListener): InputPage {
    if (this.page === null) {
      this.page = new InputPage(this.memory, PAGE_REGION_BYTES);
      return this.page;
    }
    const { page } = this;
    this.pageOffset += page.position;
    page.compact();
    if (page.filled === page.capacity) {
      if (page.filled > this.lineBytesMax) this.refuseLongLine(page, onBad);
      else this.page = page.grown();
    } else if (page.regionBytes > PAGE_REGION_BYTES && page.filled < PAGE_REGION_BYTES / 8) this.page = page.shrunk(PAGE_REGION_BYTES);
    return this.page;
  }

  private refuseLongLine(page: InputPage, onBad: BadRecordListener): void {
    const bad: BadRecord = { start: 0, end: page.filled, line: this.decoder.linesRead + 1, field: '', reason: tooLong(this.lineBytesMax) };
    const shown = this.memory.u8.subarray(page.address, page.address + Math.min(page.filled, LONG_LINE_SHOWN_BYTES));
    onBad(this.pageOffset, this.linesPassedOver + bad.line, bad, shown);
    this.pageOffset += page.filled;
    page.filled = 0;
    this.passingOver = true;
    this.inLongLine = true;
  }

  /** Scans complete records, none of which begins behind the end of the stretch. */
  private accept(final: boolean): boolean {
    const { page } = this;
    if (page === null || this.passingOver || page.filled <= page.position) return false;
    const filled = page.filled;
    if (this.end !== null) {
      const limit = this.end - this.pageOffset;
      if (limit <= page.position) return false;
      if (limit < page.filled) {
        const { u8 } = this.memory;
        const newline = u8.subarray(page.address, page.address + page.filled).indexOf(NEWLINE, limit - 1);
        if (newline >= 0) page.filled = newline + 1;
      }
    }
    const accepted = this.decoder.accept(page, final);
    // What stands behind the last line of the stretch is not ours; it is never needed again.
    if (!accepted) page.filled = filled;
    return accepted;
  }
}
