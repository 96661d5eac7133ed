/** Rows that a checkpoint overtook: copied out of a channel, stored with the operator they were on their way to, and fed to it again after a restore. */
import { EngineError } from '../../base/errors.ts';
import type { JsonValue } from '../../base/json.ts';
import type { Address } from '../../columnar/job-memory.ts';
import type { KeyGroupRange, RestoredSection } from '../../operators/operator.ts';
import type { Schema } from '../../types/schema.ts';
import type { SnapshotCollector } from '../checkpoints/snapshot-collector.ts';

/** Name of their sections; operators never see them. */
export const IN_FLIGHT = '~in-flight';

export type InFlightItem =
  /** `origin`: where the bytes stood; views in them still say so. */
  | { readonly kind: 'batch'; readonly bytes: Uint8Array; readonly origin: Address }
  | { readonly kind: 'watermark'; readonly watermark: bigint };

/** A channel by what outlives a restart. */
export interface ChannelName {
  /** First edge of the document that it stands for. */
  readonly edgeId: string;
  readonly producer: number;
  readonly schema: Schema;
}

export interface InFlightChannel {
  readonly nodeId: string;
  readonly input: number;
  readonly name: ChannelName;
  readonly items: readonly InFlightItem[];
}

interface InFlightHeader {
  readonly version: 1;
  readonly input: number;
  readonly edgeId: string;
  readonly producer: number;
  readonly schema: string;
  /** Bytes and origin of a batch, or a watermark. */
  readonly items: readonly ({ readonly bytes: number; readonly origin: number } | { readonly watermark: string })[];
}

export function writeInFlight(channels: readonly InFlightChannel[], keyGroups: KeyGroupRange, collector: SnapshotCollector): void {
  for (const { nodeId, input, name, items } of channels) {
    if (items.length === 0) continue;
    const header: InFlightHeader = {
      version: 1,
      input,
      edgeId: name.edgeId,
      producer: name.producer,
      schema: printSchema(name.schema),
      items: items.map((item) =>
        item.kind === 'batch' ? { bytes: item.bytes.length, origin: item.origin } : { watermark: String(item.watermark) },
      ),
    };
    collector.beginOperator(nodeId, keyGroups);
    collector.section(
      IN_FLIGHT,
      'list',
      header as unknown as JsonValue,
      items.flatMap((item) => (item.kind === 'batch' ? [item.bytes] : [])),
    );
  }
}

/** What a section held; `schemaOf` knows the columns that arrive over an edge now, null when there is no such edge. */
export function readInFlight(
  nodeId: string,
  section: RestoredSection,
  schemaOf: (input: number, edgeId: string) => Schema | null,
): InFlightChannel {
  const header = section.header as unknown as InFlightHeader;
  const { input, edgeId, producer } = header;
  const schema = schemaOf(input, edgeId);
  if (schema === null || printSchema(schema) !== header.schema) {
    const what = schema === null ? `there is no edge '${edgeId}' to it any more` : `the columns of edge '${edgeId}' are others now`;
    throw new EngineError('MR5057', `the checkpoint holds rows on their way to '${nodeId}', but ${what}`, {
      domain: 'user',
      nodeId,
      remedy: 'restore a savepoint, in which no rows are on their way, or put the edge back',
    });
  }
  let at = 0;
  const items = header.items.map((item): InFlightItem => {
    if ('watermark' in item) return { kind: 'watermark', watermark: BigInt(item.watermark) };
    const bytes = section.bytes.slice(at, at + item.bytes);
    at += item.bytes;
    return { kind: 'batch', bytes, origin: item.origin };
  });
  return { nodeId, input, name: { edgeId, producer, schema }, items };
}

function printSchema({ fields }: Schema): string {
  return JSON.stringify(fields);
}
