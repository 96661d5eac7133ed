/** What the engine makes of the open pipeline for each text target, with what the person chose to leave out; and what each node became. */
import { useEffect, useState } from 'react';
import type { ExportNote } from '../../engine/host/contract.ts';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { saveDocument } from '../../engine/spec/save-document.ts';
import { useDesigner } from '../app/designer.ts';
import { setDisabled } from '../document/commands.ts';
import { messageOf } from '../files/failure.ts';

export type TextTarget = 'spec' | 'flink-sql';
export type ExportTarget = TextTarget | 'image';

/** What became of a node. `off`: it is switched off, or nothing reaches it any more. */
export type Fate = 'same' | 'note' | 'unsupported' | 'left-out' | 'off';

export interface TextExport {
  readonly text: string;
  readonly report: ReadonlyMap<string, ExportNote>;
  /** Why there is no text at all. */
  readonly failure: string | null;
}

/** Null until the engine has answered. */
export type TextExports = Readonly<Record<TextTarget, TextExport | null>>;

const NOTHING: TextExports = { spec: null, 'flink-sql': null };
const TEXT_TARGETS: readonly TextTarget[] = ['spec', 'flink-sql'];

/** `leftOut` counts for Flink SQL: what is left out there is switched off in the copy that is exported. */
export function useTextExports(leftOut: ReadonlySet<string>): TextExports {
  const designer = useDesigner();
  const [exports, setExports] = useState<TextExports>(NOTHING);
  useEffect(() => {
    let over = false;
    const { document, opened, path } = designer.documents.getState();
    for (const target of TEXT_TARGETS) {
      const copy = target === 'spec' ? document : withoutNodes(document, leftOut);
      designer.host
        .call('export.write', { text: saveDocument(copy, opened), target, path })
        .then(({ text, report }): TextExport => ({ text, report: new Map(report.map((note) => [note.nodeId, note])), failure: null }))
        .catch((error: unknown): TextExport => ({ text: '', report: new Map(), failure: messageOf(error) }))
        .then((result) => (over ? undefined : setExports((before) => ({ ...before, [target]: result }))));
    }
    return () => {
      over = true;
    };
  }, [designer, leftOut]);
  return exports;
}

/** Leaving out means what switching off means: rows pass where input and output are the same, else the branch ends there. */
export function withoutNodes(document: PipelineDocument, leftOut: ReadonlySet<string>): PipelineDocument {
  return leftOut.size === 0 ? document : setDisabled(document, leftOut, true);
}

/** Null while it is not known. */
export function fateOf(
  nodeId: string,
  target: TextTarget,
  made: TextExport | null,
  leftOut: Pick<ReadonlySet<string>, 'has'>,
): Fate | null {
  if (target === 'spec') return made === null ? null : 'same';
  if (leftOut.has(nodeId)) return 'left-out';
  if (made === null || made.failure !== null) return null;
  return made.report.get(nodeId)?.status ?? 'off';
}

/** The report as text, for a ticket or a commit message. */
export function printReport(
  title: string,
  lines: readonly { readonly label: string; readonly fate: string; readonly text: string }[],
): string {
  return [title, '', ...lines.map(({ label, fate, text }) => `- ${label}: ${fate}${text === '' ? '' : `. ${text}`}`), ''].join('\n');
}
