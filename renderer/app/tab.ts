/** What the title bar knows of an open tab: Start, or a pipeline that may not have been read from its file yet. */
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';

export interface StartTab {
  readonly kind: 'start';
  readonly id: string;
}

export interface PipelineTab {
  readonly kind: 'pipeline';
  readonly id: string;
  readonly name: string;
  /** Empty while the pipeline has never been saved. */
  readonly path: string;
  readonly documentId: string;
  readonly unsaved: boolean;
  /** Tabs of an earlier launch are read when they are first shown. */
  readonly content: 'ready' | 'unread' | 'failed';
  /** Why it could not be read. */
  readonly failure: TabFailure | null;
}

export interface TabFailure {
  readonly message: string;
  readonly code: string | null;
}

export type Tab = StartTab | PipelineTab;

/** What the host remembers of a tab. */
export interface TabRecord {
  readonly kind: 'start' | 'pipeline';
  readonly path: string;
  readonly documentId: string;
  readonly name: string;
}

const TABS_MAX = 100;

export function tabRecord(tab: Tab): TabRecord {
  if (tab.kind === 'start') return { kind: 'start', path: '', documentId: '', name: '' };
  return { kind: 'pipeline', path: tab.path, documentId: tab.documentId, name: tab.name };
}

/** Damaged entries are left out. */
export function readTabRecords(value: JsonValue | undefined): readonly TabRecord[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, TABS_MAX).flatMap((entry: JsonValue): TabRecord[] => {
    if (!isObject(entry)) return [];
    const text = (name: string) => (typeof entry[name] === 'string' ? entry[name] : '');
    const kind = text('kind');
    if (kind !== 'start' && kind !== 'pipeline') return [];
    return [{ kind, path: text('path'), documentId: text('documentId'), name: text('name') }];
  });
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
