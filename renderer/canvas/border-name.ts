/** What a stream over a border is called: after the node it comes from, and its port where that is not the main one. */
import type { PipelineDocument, PortReference } from '../../engine/spec/document.ts';
import { nodeLabel, nodeShape } from '../document/definitions.ts';
import { currentLanguage, words } from '../strings/language.ts';

export function borderName(document: PipelineDocument, { from }: { readonly from: PortReference }): string {
  const node = document.nodes.find((candidate) => candidate.id === from.node);
  if (node === undefined) return from.node;
  const port = nodeShape(node).outputs.find((candidate) => candidate.name === from.port);
  const label = nodeLabel(node, currentLanguage());
  return port === undefined || port.role === 'main' ? label : `${label} · ${words(port.label)}`;
}
