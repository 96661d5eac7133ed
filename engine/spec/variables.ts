/**
 * Variables of the machine that runs, in texts of a pipeline: `Bearer ${env:API_TOKEN}`. A document, and whatever is made of it (plan,
 * export, log, error), holds the name only; the value is read where the node runs, and only there.
 */
import { EngineError } from '../base/errors.ts';
import type { AnyNode } from './define-node.ts';
import type { Fields } from './fields.ts';

export type VariablePart = { readonly text: string } | { readonly variable: string };

/** A variable that a field of a node asks for. */
export interface UsedVariable {
  readonly nodeId: string;
  /** With the place in a list: `headers[0].value`. */
  readonly field: string;
  readonly name: string;
}

interface ConfiguredNode {
  readonly id: string;
  readonly definition: AnyNode;
  readonly config: unknown;
  readonly passThrough: boolean;
}

/** How one is written. */
export const VARIABLE_FORM = printVariable('NAME');

const REFERENCE = /\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/g;
/** One line of plain characters: nothing that would begin another line of a request. */
const VALUE = /^[\t -~]+$/;

export function printVariable(name: string): string {
  return `\${env:${name}}`;
}

/** Null: `${` stands there without being a variable. */
export function parseVariables(words: string): readonly VariablePart[] | null {
  const parts = words.split(REFERENCE).map((part, at): VariablePart => (at % 2 === 0 ? { text: part } : { variable: part }));
  return parts.some((part) => 'text' in part && part.text.includes('${')) ? null : parts;
}

export function hasVariable(words: string): boolean {
  return parseVariables(words)?.some((part) => 'variable' in part) === true;
}

/** Of a field, a header: what it holds is for few to read. */
export function namesSecret(name: string): boolean {
  return /^(authorization|cookie)$|password|passphrase|secret|token|api[-_]?key|private[-_]?key|credential/i.test(name);
}

/** Of all nodes that run. */
export function findVariables(nodes: readonly ConfiguredNode[]): readonly UsedVariable[] {
  return nodes.filter(({ passThrough }) => !passThrough).flatMap(({ id, definition, config }) => findIn(definition.fields, config, id, ''));
}

/** The text with the values; `read` answers undefined for a variable that is not set. */
export function fillVariables(words: string, place: Omit<UsedVariable, 'name'>, read: (name: string) => string | undefined): string {
  const parts = parseVariables(words) ?? [];
  return parts.map((part) => ('text' in part ? part.text : valueOf({ ...place, name: part.variable }, read))).join('');
}

/** Throws where a variable cannot be used; says which, and never what is in it. */
export function valueOf(used: UsedVariable, read: (name: string) => string | undefined): string {
  const value = read(used.name);
  if (value === undefined || value === '') throw unsetVariable(used);
  if (!VALUE.test(value)) throw unusableVariable(used);
  return value;
}

export function untrustedVariables(used: readonly UsedVariable[]): EngineError {
  const names = [...new Set(used.map(({ name }) => name))].join(', ');
  const [{ nodeId, field }] = used;
  return new EngineError('MR5051', `the pipeline sends variables of this machine (${names}), and nobody has said that it is trusted`, {
    domain: 'user',
    nodeId,
    field,
    remedy: 'see where it sends them, then trust the pipeline (on the command line with --trust)',
    zh: {
      message: `此管道会发送本机的环境变量（${names}），但尚未被信任`,
      remedy: '请先查看它们会发往何处，再信任此管道（命令行用 --trust）',
    },
  });
}

function unsetVariable({ nodeId, field, name }: UsedVariable): EngineError {
  return new EngineError('MR5009', `variable ${name}, which ${field} of '${nodeId}' asks for, is not set on this machine, or empty`, {
    domain: 'user',
    nodeId,
    field,
    remedy: `set ${name} in the environment Millrace is started in, or name another variable`,
    zh: {
      message: `“${nodeId}”的 ${field} 所需的变量 ${name} 在本机未设置，或其值为空`,
      remedy: `请在启动 Millrace 的环境中设置 ${name}，或改用其他变量`,
    },
  });
}

function unusableVariable({ nodeId, field, name }: UsedVariable): EngineError {
  return new EngineError(
    'MR5015',
    `variable ${name}, which ${field} of '${nodeId}' asks for, is no single line of plain ASCII characters`,
    {
      domain: 'user',
      nodeId,
      field,
      remedy: `set ${name} to a single line, without a line break at its end`,
      zh: { message: `“${nodeId}”的 ${field} 所需的变量 ${name} 不是单行 ASCII 字符`, remedy: `请把 ${name} 设为单行，末尾不带换行` },
    },
  );
}

function findIn(fields: Fields, config: unknown, nodeId: string, path: string): readonly UsedVariable[] {
  return Object.entries(fields).flatMap(([name, field]): readonly UsedVariable[] => {
    const value = (config as Readonly<Record<string, unknown>>)[name];
    const place = `${path}${name}`;
    if (field.kind === 'list')
      return ((value ?? []) as readonly unknown[]).flatMap((item, at) => findIn(field.item, item, nodeId, `${place}[${at}].`));
    if (field.kind !== 'text' || field.variables !== true || typeof value !== 'string') return [];
    const parts = parseVariables(value) ?? [];
    return parts.flatMap((part) => ('variable' in part ? [{ nodeId, field: place, name: part.variable }] : []));
  });
}
