/** The exports behind `export.write` and `millrace export`: a pipeline with problems is refused as a run would be. */
import path from 'node:path';
import { EngineError } from '../base/errors.ts';
import { exportFlinkSql } from '../export/flink-sql/export-flink-sql.ts';
import type { ExportResult } from '../export/report.ts';
import { exportSpec } from '../export/spec/export-spec.ts';
import { catalog } from '../nodes/node-types.ts';
import { checkPipeline, requireGraph } from './pipeline-tools.ts';

export type ExportTarget = 'spec' | 'flink-sql';

export function exportPipeline(text: string, target: ExportTarget, pipelinePath: string): ExportResult {
  const graph = requireGraph(text);
  if (target === 'spec') return { text: exportSpec(graph.document, catalog), report: [] };
  refuseProblems(text);
  return exportFlinkSql(graph, path.isAbsolute(pipelinePath) ? { baseDirectory: path.dirname(pipelinePath) } : {});
}

function refuseProblems(text: string): void {
  const errors = checkPipeline(text).problems.filter((problem) => problem.severity === 'error');
  if (errors.length === 0) return;
  const sentences = errors.slice(0, 5).map((problem) => `${problem.nodeId === undefined ? '' : `[${problem.nodeId}] `}${problem.text.en}`);
  throw new EngineError('MR2000', `the pipeline has ${errors.length} problem(s): ${sentences.join('; ')}`, {
    domain: 'user',
    remedy: 'solve them first; millrace check lists all',
  });
}
