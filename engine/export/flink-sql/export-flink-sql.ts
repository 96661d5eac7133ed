/** Assembles what the nodes of a pipeline contribute into one Flink SQL script (1.20 and 2.x): settings, tables, views, one statement set. */
import type { FlinkContribution, FlinkInsert, FlinkRelation, FlinkTable, FlinkView } from '../../spec/contributions/flink.ts';
import type { SqlFragment } from '../../spec/contributions/sql-fragment.ts';
import { commentLine, joinSql, sql } from '../../spec/contributions/sql-fragment.ts';
import { isUnsupported } from '../../spec/contributions/unsupported.ts';
import type { ResolvedGraph, ResolvedNode } from '../../spec/resolved-graph.ts';
import { text } from '../../spec/text.ts';
import type { ExportNote, ExportResult } from '../report.ts';
import { isPossible, supportedNote, unsupportedNote } from '../report.ts';
import { createFlinkContext, ScriptNames } from './flink-context.ts';
import { jobSettings } from './job-settings.ts';
import { printInsert, printSetting, printTable, printView } from './print-statements.ts';

const OWN_RUN = text({
  en: 'Flink SQL runs every operator with the parallelism of the job and chains by itself; the rows are the same',
  zh: 'Flink SQL 以作业的并行度运行所有算子并自行链接；结果数据相同',
});

export interface FlinkExportOptions {
  /** Folder that relative paths of the pipeline start from; absent: they stay relative. */
  readonly baseDirectory?: string;
}

/** The graph must be free of errors. */
export function exportFlinkSql(graph: ResolvedGraph, options: FlinkExportOptions = {}): ExportResult {
  const script = new Script(graph, options);
  for (const node of graph.nodes) script.add(node);
  return { text: isPossible(script.report) && script.hasInserts() ? script.print() : '', report: script.finishedReport() };
}

/** Statements of one script while they are collected. */
class Script {
  readonly report: ExportNote[] = [];
  private readonly graph: ResolvedGraph;
  private readonly options: FlinkExportOptions;
  private readonly names = new ScriptNames();
  private readonly relations = new Map<string, FlinkRelation>();
  private readonly settings: Map<string, string>;
  private readonly tables: FlinkTable[] = [];
  private readonly views: FlinkView[] = [];
  private readonly inserts: FlinkInsert[] = [];

  constructor(graph: ResolvedGraph, options: FlinkExportOptions) {
    this.graph = graph;
    this.options = options;
    this.settings = new Map(Object.entries(jobSettings(graph)));
  }

  add(node: ResolvedNode): void {
    if (node.passThrough) {
      this.relations.set(portKey(node.id, node.outputs[0].port.name), this.arriving(node)[0]);
      return;
    }
    const context = createFlinkContext(node, this.graph, this.names, (port) => this.arriving(node, port), this.options.baseDirectory);
    const contribution = node.definition.flinkSql(context);
    if (isUnsupported(contribution)) {
      this.report.push(unsupportedNote(node.id, node.label, contribution.reason, contribution.nearest));
      return;
    }
    const own = node.run.parallelism === null && node.run.chaining === 'join' ? [] : [OWN_RUN];
    this.report.push(supportedNote(node.id, [...(contribution.notes ?? []), ...own]));
    this.take(node, contribution);
  }

  hasInserts(): boolean {
    return this.inserts.length > 0;
  }

  finishedReport(): readonly ExportNote[] {
    if (this.hasInserts() || !isPossible(this.report) || this.report.length === 0) return this.report;
    const [first, ...rest] = this.report;
    const reason = text({ en: 'the pipeline writes nothing', zh: '管道不写出任何内容' });
    return [unsupportedNote(first.nodeId, first.nodeId, reason, text({ en: 'add a sink', zh: '添加数据汇' })), ...rest];
  }

  print(): string {
    const used = this.usedNames();
    const notes = (this.graph.document.drawing.notes ?? []).flatMap((note) => note.text.split(/\r\n|\r|\n/).map(commentLine));
    const parts: SqlFragment[] = [
      joinSql([commentLine(this.graph.document.name), commentLine('Written by Millrace for Flink SQL 1.20 and 2.x'), ...notes], '\n'),
      joinSql(
        [...this.settings].map(([key, value]) => printSetting(key, value)),
        '\n',
      ),
      ...this.tables.filter((table) => used.has(table.name)).map(printTable),
      ...this.views.filter((view) => used.has(view.name)).map(printView),
      sql`EXECUTE STATEMENT SET BEGIN\n${joinSql(this.inserts.map(printInsert), '\n')}\nEND;`,
    ];
    return `${joinSql(parts, '\n\n').text}\n`;
  }

  private take(node: ResolvedNode, contribution: FlinkContribution): void {
    this.tables.push(...(contribution.tables ?? []));
    this.views.push(...(contribution.views ?? []));
    this.inserts.push(...(contribution.inserts ?? []));
    for (const [key, value] of Object.entries(contribution.settings ?? {})) this.settings.set(key, value);
    for (const [port, relation] of Object.entries(contribution.outputs ?? {})) this.relations.set(portKey(node.id, port), relation);
  }

  /** Behind a node that is not possible a stand-in arrives, so that every other node is asked too. */
  private arriving(node: ResolvedNode, port?: string): readonly FlinkRelation[] {
    const input = port === undefined ? node.inputs[0] : node.inputs.find((candidate) => candidate.port.name === port);
    return (input?.edges ?? []).map((edge) => {
      const relation = this.relations.get(portKey(edge.from.nodeId, edge.from.port));
      return relation ?? { name: edge.from.nodeId, schema: edge.schema, origin: null };
    });
  }

  /** Tables and views that an insert writes or reads, directly or through views. */
  private usedNames(): ReadonlySet<string> {
    const used = new Set(this.inserts.map((insert) => insert.table));
    const pending = this.inserts.flatMap((insert) => [...insert.query.reads]);
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (used.has(name)) continue;
      used.add(name);
      pending.push(...(this.views.find((view) => view.name === name)?.query.reads ?? []));
    }
    return used;
  }
}

function portKey(nodeId: string, port: string): string {
  return `${nodeId} ${port}`;
}
