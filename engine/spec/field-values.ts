/** What the values of the richer field kinds look like once they have been read from JSON. */
import type { JsonObject } from '../base/json.ts';
import type { AggregateFunction } from '../expressions/aggregates.ts';
import type { Field } from '../types/logical-type.ts';

/** An output column or route with the expression that makes it; the text is Flink SQL. In JSON the same. */
export interface NamedExpression {
  readonly name: string;
  readonly expression: string;
}

/** `{ "name": "bidders", "expression": "COUNT(DISTINCT bid.bidder)" }` as parts. */
export interface Aggregate {
  /** Output column. */
  readonly name: string;
  readonly function: AggregateFunction;
  /** Column path of the argument; null for COUNT(*). */
  readonly column: string | null;
}

/** Which column carries event time and how far rows may be behind. In JSON `{ "column": "ts", "delay": "5 s" }`. */
export interface WatermarkRule {
  readonly column: string;
  /** The watermark is the largest time seen minus this, in milliseconds. */
  readonly delayMs: number;
}

/** Columns of a source, in order. In JSON `[{ "name": "price", "type": "BIGINT NOT NULL" }]`. */
export type SchemaValue = readonly Field[];

/** Rows written down in the document. */
export type RowsValue = readonly JsonObject[];
