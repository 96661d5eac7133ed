/** Makes Nexmark events straight into columns. Every random number is drawn in the published order, wanted column or not. */
import type { Arena } from '../../../columnar/arena.ts';
import { type Batch, type Column, createBatch } from '../../../columnar/batch.ts';
import type { Address } from '../../../columnar/job-memory.ts';
import { allocateLanes, allocateValidity, clearBatch } from '../../../columnar/lanes.ts';
import type { RangeGenerator } from '../../../connectors/ranges/range-source.ts';
import type { Schema } from '../../../types/schema.ts';
import { EventRandom, priceOf } from './event-random.ts';
import * as rules from './event-rules.ts';
import { POOL_BYTES, TextPool, type TextTable, writeWord } from './text-pool.ts';

export type EventKind = 'person' | 'auction' | 'bid';

export interface NexmarkSettings {
  readonly events: 'all' | EventKind;
  readonly seed: number;
  /** Events per second of event time. */
  readonly rate: number;
  /** Epoch milliseconds of event 0. */
  readonly startMs: number;
  readonly group: number;
  /** Late bids per million. */
  readonly lateParts: number;
  readonly lateMs: number;
}

const EVEN_SHARE = 0.2;
const BLANK = 32;
/** Words a row brings along at most: an item name and a description, or an e-mail address and a card number. */
const WORDS_BYTES_PER_ROW = 160;

/** Lanes of one kind's columns in the order of the published data; i32 indexes, 0 = not wanted. */
type Lanes = number[];

export class NexmarkWriter implements RangeGenerator {
  private readonly settings: NexmarkSettings;
  private readonly arena: Arena;
  private readonly batch: Batch;
  private readonly random: EventRandom;
  private readonly pool: TextPool;
  private readonly delayMicros: number;
  private readonly wanted: ReadonlySet<Column>;
  private u8: Uint8Array;
  private i32: Int32Array;
  private row = 0;
  /** Random numbers of the bids' prices: made into prices after the rows, where their long divisions overlap. */
  private priceDraws = new Float64Array(0);
  private priceRows = new Int32Array(0);
  private draws = 0;
  private words: Address = 0;
  private person: Lanes = [];
  private auction: Lanes = [];
  private bid: Lanes = [];

  /** `requiredColumns` as in OperatorContext. */
  constructor(settings: NexmarkSettings, schema: Schema, arena: Arena, requiredColumns: readonly string[] | null) {
    this.settings = settings;
    this.arena = arena;
    this.batch = createBatch(arena.memory, schema);
    this.random = new EventRandom(settings.seed);
    this.pool = new TextPool(arena.memory, this.random);
    this.delayMicros = 1e6 / settings.rate;
    this.wanted = wantedColumns(this.batch, requiredColumns);
    this.u8 = arena.memory.u8;
    this.i32 = arena.memory.i32;
  }

  generate(first: number, end: number, rowsMax: number): { batch: Batch; used: number } {
    this.prepare(Math.min(rowsMax, end - first));
    const { settings, random } = this;
    const { events, group } = settings;
    let position = first;
    for (; position < end && this.row < rowsMax; position++) {
      const number = rules.eventNumber(position, group);
      const offset = number % rules.EVENTS_PER_EPOCH;
      const kind = offset < rules.PERSONS ? 0 : offset < rules.PERSONS + rules.AUCTIONS ? 1 : 2;
      if (events !== 'all' && (events === 'bid') !== (kind === 2)) continue;
      if (events !== 'all' && (events === 'person') !== (kind === 0)) continue;
      random.restart(0, number);
      if (kind === 2) this.writeBid(number);
      else if (kind === 1) this.writeAuction(number);
      else this.writePerson(number);
      if (events === 'all') this.markKind(kind);
      this.row++;
    }
    this.writePrices();
    this.batch.rowCount = this.row;
    this.batch.selectedCount = this.row;
    return { batch: this.batch, used: position - first };
  }

  close(): void {
    this.pool.close();
  }

  private prepare(rows: number): void {
    const { arena, batch, settings } = this;
    clearBatch(batch);
    this.row = 0;
    this.draws = 0;
    if (this.priceRows.length < rows) {
      this.priceDraws = new Float64Array(rows);
      this.priceRows = new Int32Array(rows);
    }
    this.words = arena.allocate(WORDS_BYTES_PER_ROW * Math.max(rows, 1));
    if (settings.events !== 'all') {
      for (const column of batch.columns) this.prepareColumn(column, rows);
      const lanes = batch.columns.map((column) => column.data >>> 2);
      if (settings.events === 'bid') this.bid = lanes;
      else if (settings.events === 'auction') this.auction = lanes;
      else this.person = lanes;
    } else this.prepareAll(rows);
    this.u8 = arena.memory.u8;
    this.i32 = arena.memory.i32;
  }

  private prepareAll(rows: number): void {
    const { batch, arena } = this;
    const [kind, ...events] = batch.columns;
    this.prepareColumn(kind, rows);
    for (const event of events) {
      allocateValidity(arena, event, rows);
      for (const child of event.children) {
        this.prepareColumn(child, rows);
        child.validity = event.validity;
      }
    }
    [this.person, this.auction, this.bid] = events.map((event) => event.children.map((child) => child.data >>> 2));
  }

  private prepareColumn(column: Column, rows: number): void {
    if (this.wanted.has(column)) allocateLanes(this.arena, column, rows);
    column.ascii = column.type.kind === 'VARCHAR';
  }

  /** Says which of the three rows of an event is there. */
  private markKind(kind: number): void {
    const { batch, row } = this;
    const lane = batch.columns[0].data >>> 2;
    if (lane !== 0) this.i32[lane + row] = kind;
    for (let other = 0; other < 3; other++) if (other !== kind) this.u8[batch.columns[1 + other].validity + row] = 0;
  }

  private timeOf(number: number): number {
    return this.settings.startMs + Math.floor(Math.floor(number * this.delayMicros) / 1000);
  }

  private anyPerson(number: number): number {
    const people = rules.newestPerson(number) + 1;
    const active = Math.min(people, rules.ACTIVE_PEOPLE);
    return people - active + this.random.below(active + rules.IDS_AHEAD);
  }

  private anyAuction(number: number): number {
    const newest = rules.newestAuction(number);
    const oldest = Math.max(newest - rules.AUCTIONS_IN_FLIGHT, 0);
    return oldest + this.random.below(newest - oldest + 1 + rules.IDS_AHEAD);
  }

  private writeBid(number: number): void {
    const { random, pool, settings } = this;
    const [auctionLane, bidderLane, , channelLane, urlLane, timeLane, extraLane] = this.bid;
    const auction = random.below(rules.HOT_AUCTION_RATIO) > 0 ? rules.hotOf(rules.newestAuction(number)) : this.anyAuction(number);
    // The published generator adds the first person id twice to a bidder.
    const bidder = random.below(rules.HOT_BIDDER_RATIO) > 0 ? rules.hotOf(rules.newestPerson(number)) + 1 : this.anyPerson(number);
    this.long(auctionLane, rules.FIRST_AUCTION_ID + auction);
    this.long(bidderLane, 2 * rules.FIRST_PERSON_ID + bidder);
    this.priceDraws[this.draws] = random.next();
    this.priceRows[this.draws++] = this.row;
    const isHot = random.below(2) > 0;
    const channel = random.below(isHot ? rules.HOT_CHANNELS.length : rules.CHANNELS);
    this.entry(channelLane, isHot ? pool.hotChannels : pool.channels, channel);
    this.entry(urlLane, isHot ? pool.hotUrls : pool.urls, channel);
    this.extra(extraLane, 32, rules.BID_BYTES);
    const isLate = settings.lateParts > 0 && random.below(1_000_000) < settings.lateParts;
    this.long(timeLane, this.timeOf(number) - (isLate ? 1 + random.below(settings.lateMs) : 0));
  }

  private writePrices(): void {
    const { draws, priceDraws, priceRows, i32 } = this;
    const lane = this.bid[2] ?? 0;
    if (lane === 0) return;
    for (let index = 0; index < draws; index++) {
      const price = priceOf(priceDraws[index]);
      const at = lane + 2 * priceRows[index];
      i32[at] = price;
      i32[at + 1] = 0;
    }
  }

  private writeAuction(number: number): void {
    const { random } = this;
    const [idLane, itemLane, descriptionLane, initialLane, reserveLane, timeLane, expiresLane, sellerLane, categoryLane, extraLane] =
      this.auction;
    const timeMs = this.timeOf(number);
    this.long(idLane, rules.newestAuction(number) + rules.FIRST_AUCTION_ID);
    const seller = random.below(rules.HOT_SELLER_RATIO) > 0 ? rules.hotOf(rules.newestPerson(number)) : this.anyPerson(number);
    this.long(sellerLane, rules.FIRST_PERSON_ID + seller);
    this.long(categoryLane, rules.FIRST_CATEGORY_ID + random.below(rules.CATEGORIES));
    const initialBid = random.price();
    const horizonMs = this.timeOf(number + Math.floor((rules.AUCTIONS_IN_FLIGHT * rules.EVENTS_PER_EPOCH) / rules.AUCTIONS)) - timeMs;
    this.long(expiresLane, timeMs + 1 + random.below(Math.max(horizonMs * 2, 1)));
    const itemBytes = this.word(itemLane, 20);
    const descriptionBytes = this.word(descriptionLane, 100);
    this.long(initialLane, initialBid);
    this.long(reserveLane, initialBid + random.price());
    this.long(timeLane, timeMs);
    this.extra(extraLane, 8 + itemBytes + descriptionBytes + 40, rules.AUCTION_BYTES);
  }

  private writePerson(number: number): void {
    const { random, pool } = this;
    const [idLane, nameLane, emailLane, cardLane, cityLane, stateLane, timeLane, extraLane] = this.person;
    this.long(idLane, rules.newestPerson(number) + rules.FIRST_PERSON_ID);
    const name = random.below(rules.FIRST_NAMES.length) * rules.LAST_NAMES.length + random.below(rules.LAST_NAMES.length);
    this.entry(nameLane, pool.names, name);
    const emailBytes = this.email(emailLane);
    const cardBytes = this.creditCard(cardLane);
    const city = random.below(rules.CITIES.length);
    this.entry(cityLane, pool.cities, city);
    const state = random.below(rules.STATES.length);
    this.entry(stateLane, pool.states, state);
    this.long(timeLane, this.timeOf(number));
    this.extra(
      extraLane,
      8 + pool.names.lengths[name] + emailBytes + cardBytes + pool.cities.lengths[city] + pool.states.lengths[state],
      rules.PERSON_BYTES,
    );
  }

  private email(lane: number): number {
    const { u8, random, words } = this;
    let end = writeWord(u8, words, 7, BLANK, random);
    u8[end++] = 64;
    end = writeWord(u8, end, 5, BLANK, random);
    for (const byte of [46, 99, 111, 109]) u8[end++] = byte;
    return this.finishWord(lane, end);
  }

  private creditCard(lane: number): number {
    const { u8, random } = this;
    let end = this.words;
    for (let group = 0; group < 4; group++) {
      let digits = random.below(10_000);
      if (group > 0) u8[end++] = BLANK;
      for (let at = end + 3; at >= end; at--) {
        u8[at] = 48 + (digits % 10);
        digits = Math.floor(digits / 10);
      }
      end += 4;
    }
    return this.finishWord(lane, end);
  }

  private word(lane: number, max: number): number {
    return this.finishWord(lane, writeWord(this.u8, this.words, max, BLANK, this.random));
  }

  private finishWord(lane: number, end: Address): number {
    const length = end - this.words;
    this.view(lane, this.words, length);
    this.words = end;
    return length;
  }

  /** Letters that fill the event up to its average size, give or take a fifth. */
  private extra(lane: number, size: number, average: number): void {
    let length = 0;
    let at = 0;
    if (size <= average) {
      const missing = average - size;
      const spread = Math.round(missing * EVEN_SHARE);
      length = missing - spread + (spread === 0 ? 0 : this.random.below(2 * spread));
      at = this.random.below(POOL_BYTES - length);
    }
    this.view(lane, this.pool.letters + at, length);
  }

  private entry(lane: number, table: TextTable, index: number): void {
    this.view(lane, table.addresses[index], table.lengths[index]);
  }

  private view(lane: number, address: Address, length: number): void {
    if (lane === 0) return;
    this.i32[lane + 2 * this.row] = address;
    this.i32[lane + 2 * this.row + 1] = length;
  }

  private long(lane: number, value: number): void {
    if (lane === 0) return;
    this.i32[lane + 2 * this.row] = value | 0;
    this.i32[lane + 2 * this.row + 1] = Math.floor(value * 2 ** -32);
  }
}

function wantedColumns(batch: Batch, requiredColumns: readonly string[] | null): ReadonlySet<Column> {
  const wanted = new Set<Column>();
  const required = requiredColumns === null ? null : new Set(requiredColumns);
  batch.columns.forEach((column, index) => {
    const { name, type } = batch.schema.fields[index];
    const whole = required?.has(name) !== false;
    if (whole) wanted.add(column);
    column.children.forEach((child, position) => {
      const childName = type.kind === 'ROW' ? type.fields[position].name : '';
      if (whole || required?.has(`${name}.${childName}`) === true) wanted.add(child);
    });
  });
  return wanted;
}
