/** The published rules of Nexmark: which event stands where, at what time, and which ids it may name. */

export const PERSONS = 1;
export const AUCTIONS = 3;
export const BIDS = 46;
export const EVENTS_PER_EPOCH = PERSONS + AUCTIONS + BIDS;
export const FIRST_PERSON_ID = 1000;
export const FIRST_AUCTION_ID = 1000;
export const FIRST_CATEGORY_ID = 10;
export const CATEGORIES = 5;
export const HOT_AUCTION_RATIO = 2;
export const HOT_SELLER_RATIO = 4;
export const HOT_BIDDER_RATIO = 4;
/** The hot auction, seller and bidder change with every so many. */
export const HOT_BLOCK = 100;
export const AUCTIONS_IN_FLIGHT = 100;
export const ACTIVE_PEOPLE = 1000;
export const IDS_AHEAD = 10;
export const PERSON_BYTES = 200;
export const AUCTION_BYTES = 500;
export const BID_BYTES = 100;
export const CHANNELS = 10_000;
/** Disorder: position p of a group of G carries its event (953 p) mod G. */
const DISORDER_STEP = 953;

export const HOT_CHANNELS = ['Google', 'Facebook', 'Baidu', 'Apple'];
export const STATES = ['AZ', 'CA', 'ID', 'OR', 'WA', 'WY'];
export const CITIES = ['Phoenix', 'Los Angeles', 'San Francisco', 'Boise', 'Portland', 'Bend', 'Redmond', 'Seattle', 'Kent', 'Cheyenne'];
export const FIRST_NAMES = ['Peter', 'Paul', 'Luke', 'John', 'Saul', 'Vicky', 'Kate', 'Julie', 'Sarah', 'Deiter', 'Walter'];
export const LAST_NAMES = ['Shultz', 'Abrams', 'Spencer', 'White', 'Bartels', 'Walton', 'Smith', 'Jones', 'Noris'];

/** Number of the event at a position of the stream. */
export function eventNumber(position: number, group: number): number {
  return group <= 1 ? position : Math.floor(position / group) * group + ((position * DISORDER_STEP) % group);
}

/** Number of the newest person when event `number` happens. */
export function newestPerson(number: number): number {
  return Math.floor(number / EVENTS_PER_EPOCH) * PERSONS + Math.min(number % EVENTS_PER_EPOCH, PERSONS - 1);
}

/** Number of the newest auction when event `number` happens; -1 before the first. */
export function newestAuction(number: number): number {
  const epoch = Math.floor(number / EVENTS_PER_EPOCH);
  const offset = number % EVENTS_PER_EPOCH;
  if (offset < PERSONS) return (epoch - 1) * AUCTIONS + AUCTIONS - 1;
  return epoch * AUCTIONS + Math.min(offset - PERSONS, AUCTIONS - 1);
}

/** The first of the newest block of 100. */
export function hotOf(newest: number): number {
  return Math.floor(newest / HOT_BLOCK) * HOT_BLOCK;
}
