/** What an export says about each node: same answer, same with a note, or not possible. */
import type { Text } from '../spec/text.ts';
import { fillText, text } from '../spec/text.ts';

export interface ExportNote {
  readonly nodeId: string;
  readonly status: 'same' | 'note' | 'unsupported';
  readonly text: Text;
  /** Of what is unsupported. */
  readonly reason?: Text;
  readonly nearest?: Text;
}

export interface ExportResult {
  /** Empty when some node cannot be exported: half a pipeline is worse than none. */
  readonly text: string;
  readonly report: readonly ExportNote[];
}

const SAME = text({ en: 'Same answer', zh: '结果相同' });
const NOT_POSSIBLE = text({ en: '{label}: {reason}. Nearest: {nearest}', zh: '{label}：{reason}。最接近的做法：{nearest}' });

export function supportedNote(nodeId: string, notes: readonly Text[]): ExportNote {
  if (notes.length === 0) return { nodeId, status: 'same', text: SAME };
  return { nodeId, status: 'note', text: { en: notes.map((note) => note.en).join('. '), zh: notes.map((note) => note.zh).join('。') } };
}

export function unsupportedNote(nodeId: string, label: string, reason: Text, nearest: Text): ExportNote {
  return { nodeId, status: 'unsupported', text: fillText(NOT_POSSIBLE, { label, reason, nearest }), reason, nearest };
}

export function isPossible(report: readonly ExportNote[]): boolean {
  return report.every((note) => note.status !== 'unsupported');
}
