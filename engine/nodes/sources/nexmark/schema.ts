/** Columns of Nexmark events, nested and flat, in the order of the published data. */

import type { Field } from '../../../types/logical-type.ts';
import { BIGINT, INT, rowType, STRING, timestampType } from '../../../types/make-type.ts';
import type { Schema } from '../../../types/schema.ts';

const TIME = timestampType(3);

const PERSON: readonly Field[] = [
  { name: 'id', type: BIGINT },
  { name: 'name', type: STRING },
  { name: 'emailAddress', type: STRING },
  { name: 'creditCard', type: STRING },
  { name: 'city', type: STRING },
  { name: 'state', type: STRING },
  { name: 'dateTime', type: TIME },
  { name: 'extra', type: STRING },
];

const AUCTION: readonly Field[] = [
  { name: 'id', type: BIGINT },
  { name: 'itemName', type: STRING },
  { name: 'description', type: STRING },
  { name: 'initialBid', type: BIGINT },
  { name: 'reserve', type: BIGINT },
  { name: 'dateTime', type: TIME },
  { name: 'expires', type: TIME },
  { name: 'seller', type: BIGINT },
  { name: 'category', type: BIGINT },
  { name: 'extra', type: STRING },
];

const BID: readonly Field[] = [
  { name: 'auction', type: BIGINT },
  { name: 'bidder', type: BIGINT },
  { name: 'price', type: BIGINT },
  { name: 'channel', type: STRING },
  { name: 'url', type: STRING },
  { name: 'dateTime', type: TIME },
  { name: 'extra', type: STRING },
];

const ALL: readonly Field[] = [
  { name: 'event_type', type: INT },
  { name: 'person', type: rowType(PERSON) },
  { name: 'auction', type: rowType(AUCTION) },
  { name: 'bid', type: rowType(BID) },
];

export function nexmarkSchema(events: 'all' | 'bid' | 'auction' | 'person'): Schema {
  return { fields: { all: ALL, bid: BID, auction: AUCTION, person: PERSON }[events] };
}
