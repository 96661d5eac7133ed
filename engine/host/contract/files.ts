/** What a user interface may ask about files, drafts, recent work and templates; the host answers. */

export interface FileEntry {
  readonly name: string;
  readonly path: string;
  readonly directory: boolean;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** A file as it was read or written. */
export interface FileVersion {
  readonly modifiedMs: number;
  readonly hash: string;
}

export interface OpenedFile {
  readonly path: string;
  readonly text: string;
  readonly modifiedMs: number;
  readonly hash: string;
  /** Unsaved edits of the same document, if some were left behind. */
  readonly draft: KeptDraft | null;
}

/** Unsaved edits as the host has them. */
export interface KeptDraft {
  readonly text: string;
  /** Empty while the document has never been saved. */
  readonly path: string;
  readonly name: string;
  readonly savedAtMs: number;
  /** Undo steps since the file was read or written. */
  readonly edits: number;
  /** The file as it was when the edits began. */
  readonly base: FileVersion | null;
  /** Written since this host was started: a page was reloaded, nothing crashed. */
  readonly sameLaunch: boolean;
}

export interface DraftInfo {
  readonly draftId: string;
  readonly documentId: string;
  readonly path: string;
  readonly name: string;
  readonly savedAtMs: number;
  readonly edits: number;
  /** The person chose the saved file instead; kept for 30 days. */
  readonly aside: boolean;
  readonly sameLaunch: boolean;
}

export interface RecentFile {
  readonly path: string;
  readonly name: string;
  readonly openedAtMs: number;
  /** Null: it is gone. */
  readonly modifiedMs: number | null;
  readonly draft: DraftInfo | null;
}

/** The four scenarios that templates are grouped by, in the gallery's order. */
export type TemplateGroup = 'etl' | 'analysis' | 'monitoring' | 'reports';

export interface TemplateInfo {
  readonly name: string;
  readonly group: TemplateGroup;
  /** A few words under the title: what goes in, what happens, what comes out. Empty: none. */
  readonly hint: { readonly en: string; readonly zh: string };
  readonly title: { readonly en: string; readonly zh: string };
  readonly summary: { readonly en: string; readonly zh: string };
}

/** A template as the gallery shows it: its thumbnail is drawn from the document. */
export interface TemplateCard extends TemplateInfo {
  /** Text of its pipeline file. */
  readonly document: string;
}

export interface FileMethods {
  'file.roots': { side: 'host'; params: Record<string, never>; result: readonly FileEntry[] };
  'file.list': { side: 'host'; params: { path: string }; result: readonly FileEntry[] };
  'file.open': { side: 'host'; params: { path: string }; result: OpenedFile };
  /** The text of a pipeline file to look at: nothing is watched, nothing remembered as opened. */
  'file.peek': { side: 'host'; params: { path: string }; result: FileVersion & { readonly text: string } };
  /** Copies dropped data to `data/` beside a saved pipeline, never over another file. */
  'file.addData': { side: 'host'; params: { pipelinePath: string; name: string; text: string }; result: { path: string } };
  /** `expected` is the modification time and hash the editor last saw; a mismatch fails with MR6201. */
  'file.save': {
    side: 'host';
    params: { path: string; text: string; expected: FileVersion | null };
    result: FileVersion;
  };
  /** Writes what was exported; fails with MR6212 when the file is there and `replace` is false. Binary content comes as base64. */
  'export.save': {
    side: 'host';
    params: { path: string; content: string; encoding: 'utf8' | 'base64'; replace: boolean };
    result: { path: string; sizeBytes: number };
  };
  'template.list': { side: 'host'; params: Record<string, never>; result: readonly TemplateCard[] };
  /** What was opened or saved lately, newest first. */
  'recent.list': { side: 'host'; params: Record<string, never>; result: readonly RecentFile[] };
  'recent.forget': { side: 'host'; params: { path: string }; result: null };
  /** Appended to the journal of the document and its file; answered once it is on the disk. */
  'draft.save': {
    side: 'host';
    params: { documentId: string; path: string; name: string; text: string; edits: number; base: FileVersion | null };
    result: { savedAtMs: number };
  };
  'draft.discard': { side: 'host'; params: { documentId: string; path: string }; result: null };
  /** The saved file was chosen: not offered by itself again, but listed for 30 days. */
  'draft.putAside': { side: 'host'; params: { documentId: string; path: string }; result: null };
  'draft.list': { side: 'host'; params: Record<string, never>; result: readonly DraftInfo[] };
  'draft.read': { side: 'host'; params: { draftId: string }; result: KeptDraft | null };
  'draft.forget': { side: 'host'; params: { draftId: string }; result: null };
  'template.open': { side: 'host'; params: { name: string; language: 'en' | 'zh' }; result: OpenedFile };
}
