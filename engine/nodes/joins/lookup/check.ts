/** What the fields of a lookup cannot see by themselves: its address, its headers, its paths, its names. */
import { compileJsonPath } from '../../../expressions/functions/support/json/json-path.ts';
import { resolveColumn } from '../../../spec/column-path.ts';
import type { NodeInputs } from '../../../spec/define-node.ts';
import { isKept } from '../../../spec/join-inputs.ts';
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import { columnsOfUrl, parseUrlTemplate } from '../../../spec/url-template.ts';
import { isConstructed } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import { checkHeaders } from './check-headers.ts';
import type { LookupConfig } from './node.ts';
import { REASON } from './schema.ts';

const address = defineProblem('MR2232', 'error', {
  en: '"{url}" is no address that can be asked; write http:// or https://, a host, then path and query with a column in braces for a value, without user and password',
  zh: '“{url}”不是可查询的地址；请写 http:// 或 https://、主机，再写路径和查询，用花括号中的列名代表值，不含用户名和密码',
});
const noColumn = defineProblem('MR2233', 'error', {
  en: 'No column "{column}" reaches this node, and a value in an address must be of a simple type',
  zh: '没有名为“{column}”的列到达此节点；地址中的值必须是简单类型',
});
const noPath = defineProblem('MR2234', 'error', {
  en: '"{path}" leads to no single value; write a path such as $.name or $.addresses[0].city',
  zh: '“{path}”不能指向单个值；请写 $.name 或 $.addresses[0].city 这样的路径',
});
const nameTaken = defineProblem('MR2235', 'error', {
  en: 'There is a column "{name}" already; choose another name',
  zh: '已有名为“{name}”的列；请换一个名称',
});
const notKept = defineProblem('MR2236', 'error', {
  en: 'Column "{column}" is {type}, which cannot be kept while a row waits for its answer; leave it out with a select node',
  zh: '列“{column}”的类型为 {type}，无法在等待应答期间保存；请用选择列节点去掉它',
});

export function checkLookup(config: LookupConfig, inputs: NodeInputs): readonly Problem[] {
  const { fields } = inputs.schema();
  const kept = fields.filter(({ type }) => !isKept(type)).map(({ name, type }) => notKept({ column: name, type: printType(type) }));
  return [
    ...checkUrl(config, inputs),
    ...checkHeaders(config),
    ...checkResults(
      config,
      fields.map(({ name }) => name),
    ),
    ...kept,
  ];
}

function checkUrl({ url }: LookupConfig, inputs: NodeInputs): readonly Problem[] {
  if (url === '') return [];
  const template = parseUrlTemplate(url);
  if (template === null) return [address({ url }, { field: 'url' })];
  return [...new Set(columnsOfUrl(template))].flatMap((path) => {
    const column = resolveColumn(inputs.schema(), path);
    if (column !== null && !isConstructed(column.type)) return [];
    const start = url.indexOf(`{${path}}`);
    return [noColumn({ column: path }, { field: 'url', range: { start, end: start + path.length + 2 } })];
  });
}

function checkResults({ results, onFailure }: LookupConfig, columns: readonly string[]): readonly Problem[] {
  const taken = new Set(columns);
  const reason = onFailure === 'side' && taken.has(REASON) ? [nameTaken({ name: REASON }, { field: 'onFailure' })] : [];
  const each = results.flatMap(({ name, path }, at) => {
    const problems: Problem[] = [];
    const { steps } = compileJsonPath(path);
    if (path !== '' && steps?.every(({ kind }) => kind === 'property' || kind === 'index') !== true)
      problems.push(noPath({ path }, { field: `results[${at}].path` }));
    if (name !== '' && taken.has(name)) problems.push(nameTaken({ name }, { field: `results[${at}].name` }));
    taken.add(name);
    return problems;
  });
  return [...each, ...reason];
}
