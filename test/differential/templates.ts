/** The templates with the rows they must give: what tests of engine and exports compare against. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { catalog } from '../../engine/nodes/node-types.ts';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { loadDocument } from '../../engine/spec/load-document.ts';
import { resolvePipeline } from '../../engine/spec/resolve-pipeline.ts';
import type { Resolution } from '../../engine/spec/resolved-graph.ts';

export interface Template {
  readonly name: string;
  /** Source whose pace is taken off in tests. */
  readonly pacedNode: string;
  /** Folder below `out/` → file below `expected/`. */
  readonly outputs: { readonly [folder: string]: string };
}

export const TEMPLATES: readonly Template[] = [
  { name: 'flights', pacedNode: 'flights', outputs: { delays: 'delays.ndjson', late: 'late.ndjson' } },
  { name: 'nexmark-bids', pacedNode: 'events', outputs: { bids: 'bids.ndjson' } },
];

export function readTemplate(
  root: string,
  template: Template,
): { readonly text: string; readonly document: PipelineDocument; readonly resolution: Resolution } {
  const text = readFileSync(path.join(root, 'templates', template.name, 'pipeline.json'), 'utf8');
  const { document, problems } = loadDocument(text);
  if (document === null) throw new Error(problems.map((problem) => problem.text.en).join('\n'));
  return { text, document, resolution: resolvePipeline(document, catalog) };
}
