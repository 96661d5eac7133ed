/** Finds nodes, settings, expressions and columns of the open pipeline; in the order of the drawing, left to right. */
import type { NodeSpec, PipelineDocument, Point } from '../../engine/spec/document.ts';
import type { ResolvedNode } from '../../engine/spec/resolved-graph.ts';
import type { Language } from '../../engine/spec/text.ts';
import type { Excerpt } from './matching.ts';
import { excerptOf, queryTerms, rangesIn } from './matching.ts';
import type { TextKind } from './node-texts.ts';
import { columnTexts, nodeTexts } from './node-texts.ts';

export interface Finding {
  readonly kind: TextKind;
  /** The setting, or a column's type. */
  readonly label: string;
  readonly excerpt: Excerpt;
  readonly field: string | null;
}

export interface FoundNode {
  readonly node: NodeSpec;
  readonly findings: readonly Finding[];
}

export interface Searched {
  readonly document: PipelineDocument;
  readonly nodes: ReadonlyMap<string, ResolvedNode>;
  /** Where a node stands. */
  readonly place: (nodeId: string) => Point;
  readonly language: Language;
}

const FINDINGS_MAX = 6;

export function searchDocument({ document, nodes, place, language }: Searched, query: string): readonly FoundNode[] {
  const terms = queryTerms(query);
  if (terms.length === 0) return [];
  const found: FoundNode[] = [];
  for (const node of document.nodes) {
    const resolved = nodes.get(node.id);
    const findings: Finding[] = [];
    for (const text of [...nodeTexts(node, language), ...(resolved === undefined ? [] : columnTexts(resolved))]) {
      const ranges = rangesIn(text.lower, terms);
      if (ranges !== null) findings.push({ kind: text.kind, label: text.label, excerpt: excerptOf(text.text, ranges), field: text.field });
      if (findings.length === FINDINGS_MAX) break;
    }
    if (findings.length > 0) found.push({ node, findings });
  }
  const at = new Map(found.map(({ node }) => [node.id, place(node.id)]));
  const x = (id: string) => at.get(id)?.x ?? 0;
  const y = (id: string) => at.get(id)?.y ?? 0;
  return found.sort((a, b) => x(a.node.id) - x(b.node.id) || y(a.node.id) - y(b.node.id));
}
