/** Upgrades documents of older format versions, one step per version; there is never a second reader. */
import type { JsonObject } from '../base/json.ts';
import { DOCUMENT_VERSION } from './document.ts';

interface DocumentMigration {
  /** The version it upgrades from. */
  readonly from: number;
  readonly summary: string;
  migrate(document: JsonObject): JsonObject;
}

/** Oldest first. Version 1 is the first that was ever written. */
const MIGRATIONS: readonly DocumentMigration[] = [];

export function migrateDocument(document: JsonObject, version: number): JsonObject {
  if (version >= DOCUMENT_VERSION) return document;
  const upgraded = MIGRATIONS.filter((migration) => migration.from >= version).reduce(
    (value, migration) => migration.migrate(value),
    document,
  );
  return { ...upgraded, version: DOCUMENT_VERSION };
}
