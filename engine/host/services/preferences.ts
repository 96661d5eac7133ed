/** Preferences live in the host, because the page's origin changes with every launch. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EngineError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isObject } from '../../base/json.ts';
import { writeFileAtomically } from './atomic-file.ts';

const PREFERENCES_BYTES_MAX = 1024 * 1024;
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export class Preferences {
  private readonly file: string;
  private values: JsonObject;
  private write: Promise<void> = Promise.resolve();

  constructor(stateDirectory: string) {
    this.file = path.join(stateDirectory, 'preferences.json');
    this.values = readPreferences(this.file);
  }

  get(): JsonObject {
    return this.values;
  }

  /** Lays `patch` over the first level; null removes a key. */
  async set(patch: JsonObject): Promise<JsonObject> {
    const next = new Map<string, JsonValue>(Object.entries(this.values));
    for (const [key, value] of Object.entries(patch)) {
      if (FORBIDDEN_KEYS.has(key)) throw new EngineError('MR6204', `a preference cannot be named ${key}`, { domain: 'user' });
      if (value === null) next.delete(key);
      else next.set(key, value);
    }
    const values: JsonObject = Object.fromEntries(next);
    const text = `${JSON.stringify(values, null, 2)}\n`;
    if (text.length > PREFERENCES_BYTES_MAX) throw new EngineError('MR6204', 'the preferences have grown too large', { domain: 'user' });
    this.values = values;
    const attempt = (): Promise<void> => writeFileAtomically(this.file, text, 0o600);
    this.write = this.write.then(attempt, attempt);
    await this.write;
    return values;
  }

  text(key: string): string | null {
    const value = this.values[key];
    return typeof value === 'string' ? value : null;
  }
}

/** A damaged file must not keep the program from starting: it counts as empty and is replaced by the next change. */
function readPreferences(file: string): JsonObject {
  try {
    const value: JsonValue = JSON.parse(readFileSync(file, 'utf8'));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
