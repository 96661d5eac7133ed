/** The table of key groups: every key hashed by the batch kernel that the shuffle uses. */
import { Arena } from '../../../engine/columnar/arena.ts';
import { JobMemory } from '../../../engine/columnar/job-memory.ts';
import { defaultMaxParallelism, keyGroupRangeOf, subtaskOfKeyGroup } from '../../../engine/columnar/key-groups.ts';
import { javaHashOfLong, javaHashOfUtf8, murmurHash } from '../../../engine/columnar/key-hash.ts';
import { createKeyGroupAssigner } from '../../../engine/columnar/key-kernels.ts';
import { buildBatch } from '../../../engine/columnar/row-builder.ts';
import type { LogicalType } from '../../../engine/types/logical-type.ts';
import { BIGINT, INT, STRING } from '../../../engine/types/make-type.ts';
import type { Exact, ExactObject } from './vector.ts';
import { integer, list, object, print, text } from './vector.ts';

const TYPES: Record<string, LogicalType> = { int: INT, long: BIGINT, string: STRING };

export interface CheckedEntry {
  readonly id: string;
  /** Null when it agrees. */
  readonly difference: string | null;
}

/** Checks every key, range and default of the table. */
export function checkKeyGroups(table: ExactObject): CheckedEntry[] {
  return [
    ...list(table.keys).map((entry, at) => check(`key/${at}`, object(entry), keyAnswer)),
    ...list(table.ranges).map((entry, at) => check(`range/${at}`, object(entry), rangeAnswer)),
    ...list(table.defaults).map((entry, at) => check(`default/${at}`, object(entry), defaultAnswer)),
  ];
}

function check(id: string, entry: ExactObject, answer: (entry: ExactObject) => ExactObject): CheckedEntry {
  const found = print(answer(entry));
  return { id: `key-groups/${id}`, difference: found === print(entry) ? null : `expected ${print(entry)}\n     found ${found}` };
}

function keyAnswer(entry: ExactObject): ExactObject {
  const type = text(entry.type);
  const hash = javaHash(type, entry.key);
  const maxParallelisms = Object.keys(object(entry.keyGroup));
  const group = (max: number) => keyGroup(TYPES[type], entry.key, max);
  return {
    type,
    key: entry.key,
    javaHash: BigInt(hash),
    murmur: BigInt(murmurHash(hash)),
    keyGroup: Object.fromEntries(maxParallelisms.map((max) => [max, BigInt(group(Number(max)))])),
    subtaskOf128: Object.fromEntries(
      Object.keys(object(entry.subtaskOf128)).map((parallelism) => [
        parallelism,
        BigInt(subtaskOfKeyGroup(group(128), 128, Number(parallelism))),
      ]),
    ),
  };
}

function javaHash(type: string, key: Exact): number {
  if (type === 'int') return Number(key);
  if (type === 'long') return javaHashOfLong(Number(BigInt.asIntN(32, integer(key))), Number(integer(key) >> 32n));
  const bytes = new TextEncoder().encode(text(key));
  return javaHashOfUtf8(bytes, 0, bytes.length);
}

function keyGroup(type: LogicalType, key: Exact, maxParallelism: number): number {
  const arena = new Arena(new JobMemory());
  const schema = { fields: [{ name: 'k', type }] };
  const out = arena.allocate(4);
  const batch = buildBatch(arena, schema, [[typeof key === 'bigint' && type.kind === 'INTEGER' ? Number(key) : (key as bigint | string)]]);
  createKeyGroupAssigner(schema, [[0]], maxParallelism).assign(batch, out);
  return arena.memory.i32[out >>> 2];
}

function rangeAnswer(entry: ExactObject): ExactObject {
  const { start, end } = keyGroupRangeOf(Number(entry.subtask), Number(entry.maxParallelism), Number(entry.parallelism));
  return { ...entry, start: BigInt(start), end: BigInt(end) };
}

function defaultAnswer(entry: ExactObject): ExactObject {
  return { ...entry, defaultMaxParallelism: BigInt(defaultMaxParallelism(Number(entry.parallelism))) };
}
