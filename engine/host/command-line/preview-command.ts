/** `millrace preview`: the rows of every node over a sample of the sources, without a run and without writing anything. */
import path from 'node:path';
import type { Language } from '../../spec/text.ts';
import { fillText, text } from '../../spec/text.ts';
import type { PreviewNode, PreviewPort, PreviewState } from '../contract.ts';
import type { CommandLineTools } from './command-line-tools.ts';
import { EXIT_FAILED, EXIT_FINISHED, refuseArgument } from './exit-codes.ts';
import { printLines } from './listings.ts';

export interface PreviewFlags {
  readonly node: readonly string[];
  readonly rows: number;
  readonly json?: boolean;
  readonly trust?: boolean;
}

const STATES: { readonly [S in PreviewState]: ReturnType<typeof text> } = {
  complete: text({ en: 'complete', zh: '完成' }),
  sink: text({ en: 'not written', zh: '不写出' }),
  live: text({ en: 'rows appear when it runs', zh: '运行时才有数据' }),
  waiting: text({ en: 'no rows arrive', zh: '没有数据到达' }),
  invalid: text({ en: 'has errors', zh: '有错误' }),
  failed: text({ en: 'failed', zh: '失败' }),
  off: text({ en: 'switched off', zh: '已关闭' }),
  late: text({ en: 'not reached in time', zh: '未及时到达' }),
};
const BECAUSE = text({ en: 'because of {node}', zh: '原因：{node}' });
const ROWS = text({ en: '{rows} rows', zh: '{rows} 行' });
const ROW_FAILS = text({ en: 'row {row} of {input} fails', zh: '{input} 的第 {row} 行失败' });

/** Returns the exit code: 1 when a node that was asked for fails. */
export async function previewCommand(
  tools: CommandLineTools,
  file: string,
  document: string,
  flags: PreviewFlags,
  language: Language,
): Promise<number> {
  try {
    const wanted = flags.node.length === 0 ? undefined : flags.node;
    const { nodes } = await tools.preview(document, path.dirname(path.resolve(file)), flags.rows, wanted, flags.trust === true);
    const unknown = flags.node.find((id) => !nodes.some((node) => node.nodeId === id));
    if (unknown !== undefined) throw refuseArgument(`there is no node ${JSON.stringify(unknown)} in ${file}`);
    printLines(flags.json === true ? [JSON.stringify({ nodes })] : nodes.flatMap((node) => linesOf(node, language)));
    return nodes.some((node) => node.error !== null) ? EXIT_FAILED : EXIT_FINISHED;
  } finally {
    await tools.close();
  }
}

function linesOf(node: PreviewNode, language: Language): readonly string[] {
  const because = node.because === null ? '' : `, ${fillText(BECAUSE, { node: node.because })[language]}`;
  const shown = node.outputs.length > 0 ? node.outputs : node.inputs;
  return [
    `${node.nodeId}: ${STATES[node.state][language]}${because}`,
    ...(node.error === null ? [] : [`  ${node.error.code} ${node.error.message}`]),
    ...node.rowErrors.map(({ input, row }) => `  ${fillText(ROW_FAILS, { input, row: row + 1 })[language]}`),
    ...shown.flatMap((port) => portLines(port, language)),
  ];
}

function portLines(port: PreviewPort, language: Language): readonly string[] {
  if (port.total === 0) return [];
  return [`  ${port.port}: ${fillText(ROWS, { rows: port.total })[language]}`, ...port.rows.map((row) => `    ${row}`)];
}
