/** Runs the socket source: lines from a TCP server, as they arrive. What was read cannot be read again. */

import { BadLines } from '../../../connectors/lines/bad-lines.ts';
import { LineClient } from '../../../connectors/sockets/line-client.ts';
import { createDecoder } from '../../../formats/create-format.ts';
import { InputPage } from '../../../formats/input-page.ts';
import { tooLong } from '../../../formats/line-limit.ts';
import { describeBad, type RecordDecoder } from '../../../formats/record-decoder.ts';
import type { OperatorContext, SourceOperator, SourceProgress } from '../../../operators/operator.ts';
import { text } from '../../../spec/text.ts';
import type { SocketSourceConfig } from './node.ts';

const PAGE_REGION_BYTES = 256 * 1024;
const PROGRESS: SourceProgress = { kind: 'progress' };
/** The reader is woken by the connection; this is only a safety net. */
const IDLE: SourceProgress = { kind: 'idle', wakeAfterMs: 200 };
const DEAD_LETTERS_MAX = 1024;
const NEWLINE = 10;
const LOST = text({ en: 'connected again; lines sent in between are lost', zh: '已重新连接；期间发送的行已丢失' });

export const usesEventLoop = true;

export function createSource(config: SocketSourceConfig, context: OperatorContext): SourceOperator {
  return new SocketReader(config, context);
}

class SocketReader implements SourceOperator {
  private readonly config: SocketSourceConfig;
  private readonly context: OperatorContext;
  private readonly client: LineClient;
  private readonly decoder: RecordDecoder;
  private readonly badLines: BadLines;
  private page: InputPage;
  private scanned = false;
  private connection = 0;
  /** Bytes of this connection before the page's first. */
  private pageOffset = 0;
  private inLongLine = false;

  constructor(config: SocketSourceConfig, context: OperatorContext) {
    this.config = config;
    this.context = context;
    const listener = { changed: () => context.wake(), log: context.log };
    const { host, port, reconnectAttempts } = config;
    this.client = new LineClient({ host, port, reconnectDelayMs: config.reconnectDelay, reconnectAttempts }, listener);
    this.decoder = createDecoder(
      context.memory,
      context.outputSchemas[0],
      { ...config, header: false },
      context.requiredColumns[0] ?? null,
    );
    this.badLines = new BadLines(context, config.badLines);
    this.page = new InputPage(context.memory, PAGE_REGION_BYTES);
  }

  open(): void {
    this.client.open();
  }

  addSplit(): void {
    // There is one connection and one reader of it.
  }

  noMoreSplits(): void {
    // See addSplit.
  }

  poll(): SourceProgress {
    const { client } = this;
    if (client.failure !== null) throw client.failure;
    if (this.connection !== client.connections && client.waitingBytes > 0) this.beginConnection();
    if (!this.scanned) {
      const added = this.fill();
      const isOver = client.ended && client.waitingBytes === 0;
      if (added === 0 && !isOver) return IDLE;
      this.scanned = !this.inLongLine && this.decoder.accept(this.page, isOver);
      if (!this.scanned) return isOver && added === 0 ? { kind: 'end' } : PROGRESS;
    }
    this.emit();
    return PROGRESS;
  }

  viewSplits(): readonly string[] {
    return [`${this.config.host}:${this.config.port}`];
  }

  snapshot(): void {
    // A connection has no position to go back to.
  }

  notifyCheckpointComplete(): void {
    // Nothing was kept back.
  }

  close(): void {
    this.client.close();
    this.page.close();
    this.decoder.close();
  }

  /** What an old connection left half-way can never be completed. */
  private beginConnection(): void {
    if (this.connection > 0) this.context.log('warning', 'lines-lost', LOST);
    this.connection = this.client.connections;
    this.page.position = 0;
    this.page.filled = 0;
    this.pageOffset = 0;
    this.scanned = false;
    this.inLongLine = false;
    this.decoder.beginInput(true);
  }

  private fill(): number {
    this.pageOffset += this.page.position;
    this.page.compact();
    if (this.page.filled === this.page.capacity) {
      if (this.page.filled > this.config.lineBytesMax) this.refuseLongLine();
      else this.page = this.page.grown();
    }
    const { page } = this;
    const added = this.client.take(page.memory.u8, page.address + page.filled, page.capacity - page.filled);
    page.filled += added;
    if (this.inLongLine) this.passOverLongLine();
    return added;
  }

  private refuseLongLine(): void {
    const { page, config } = this;
    const bytes = page.memory.u8.subarray(page.address, page.address + page.filled);
    this.badLines.add({
      origin: this.origin,
      line: this.decoder.linesRead + 1,
      byteOffset: this.pageOffset,
      reason: tooLong(config.lineBytesMax),
      bytes,
    });
    this.pageOffset += page.filled;
    page.filled = 0;
    this.inLongLine = true;
  }

  private passOverLongLine(): void {
    const { page } = this;
    const newline = page.memory.u8.subarray(page.address, page.address + page.filled).indexOf(NEWLINE);
    if (newline >= 0) {
      page.position = newline + 1;
      this.inLongLine = false;
      this.decoder.linesRead++;
    } else {
      this.pageOffset += page.filled;
      page.filled = 0;
    }
  }

  private emit(): void {
    const { context, decoder, page, badLines } = this;
    decoder.begin(context.arena, context.batchRows);
    let stop = decoder.decode(page);
    while (stop === 'bad') {
      const { bad } = decoder;
      const bytes = page.memory.u8.subarray(page.address + bad.start, page.address + bad.end);
      badLines.add({ origin: this.origin, line: bad.line, byteOffset: this.pageOffset + bad.start, reason: describeBad(bad), bytes });
      if (badLines.pending >= DEAD_LETTERS_MAX) break;
      stop = decoder.decode(page);
    }
    if (stop === 'starved') this.scanned = false;
    if (page.position > page.filled) page.position = page.filled;
    const batch = decoder.finish(page);
    if (batch.rowCount > 0) context.output.emit(0, batch);
    const dead = badLines.takeBatch();
    if (dead !== null) context.output.emit(1, dead);
  }

  private get origin(): string {
    return `${this.config.host}:${this.config.port}`;
  }
}
