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
  /** Why no script of Flink SQL can say it; absent: the export runs and gives the same rows. */
  readonly notInFlinkSql?: string;
}

function outputs(...names: readonly string[]): Template['outputs'] {
  return Object.fromEntries(names.map((name) => [name, `${name}.ndjson`]));
}

export const TEMPLATES: readonly Template[] = [
  { name: 'flights', pacedNode: 'flights', outputs: outputs('delays', 'late') },
  { name: 'nexmark-bids', pacedNode: 'events', outputs: outputs('bids') },
  { name: 'mask-customers', pacedNode: 'events', outputs: outputs('clean', 'anonymous') },
  {
    name: 'bad-rows',
    pacedNode: 'strikes',
    outputs: outputs('strikes', 'quarterly', 'bad'),
    notInFlinkSql: 'a table of Flink SQL fails at a line it cannot read or drops it; it has no place for them',
  },
  { name: 'sessions', pacedNode: 'clicks', outputs: outputs('bought', 'abandoned', 'looked', 'pages') },
  { name: 'road-congestion', pacedNode: 'readings', outputs: outputs('jams', 'levels') },
  { name: 'server-monitoring', pacedNode: 'metrics', outputs: outputs('alerts', 'minutes') },
  { name: 'card-velocity', pacedNode: 'payments', outputs: outputs('alerts', 'late') },
  { name: 'card-fraud', pacedNode: 'payments', outputs: outputs('alerts') },
  { name: 'sensor-drift', pacedNode: 'readings', outputs: outputs('swings', 'gaps', 'days') },
  { name: 'sales-by-hour', pacedNode: 'orders', outputs: outputs('hours', 'today', 'late') },
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
