/** Headers that go with every question: names and values that a request may have, and no secret where others read it. */
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import { parseUrlTemplate } from '../../../spec/url-template.ts';
import { hasVariable, namesSecret, VARIABLE_FORM } from '../../../spec/variables.ts';
import type { LookupConfig } from './node.ts';

const badName = defineProblem('MR2237', 'error', {
  en: '"{name}" is no name of a header; write letters, digits and - only, such as Authorization',
  zh: '“{name}”不是请求头的名称；只能用字母、数字和 -，例如 Authorization',
});
const ownName = defineProblem('MR2238', 'error', {
  en: 'Header "{name}" belongs to the connection, which is made for you; take it out',
  zh: '请求头“{name}”属于连接本身，由程序管理；请去掉它',
});
const nameTwice = defineProblem('MR2239', 'error', {
  en: 'Header "{name}" is there already, in capitals or small letters; keep one of them',
  zh: '请求头“{name}”已经存在（不分大小写）；请只保留一个',
});
const badValue = defineProblem('MR2240', 'error', {
  en: 'The value of header "{name}" must be one line of plain ASCII characters',
  zh: '请求头“{name}”的值必须是单行 ASCII 字符',
});
const shownSecret = defineProblem('MR2249', 'warning', {
  en: 'The value of header "{name}" stands in the pipeline file for all to read; put it in an environment variable and write {form}',
  zh: '请求头“{name}”的值会保存在管道文件中，人人可读；请放入环境变量并写 {form}',
});
const readable = defineProblem('MR2250', 'warning', {
  en: 'Header "{name}" goes to {host} unencrypted, where others may read it; write https://',
  zh: '请求头“{name}”会以明文发往 {host}，他人可能读到；请写 https://',
});

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const VALUE = /^[\t -~]*$/;
/** Of one connection (RFC 9110, 7.6.1), or what the client says of its own request and can read of an answer. */
const OWN = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['proxy-authenticate', 'proxy-authorization', 'host', 'content-length', 'expect', 'accept-encoding'],
]);
const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/i;

export function checkHeaders({ headers, url }: LookupConfig): readonly Problem[] {
  const template = parseUrlTemplate(url);
  const host = template === null || template.scheme === 'https' || LOOPBACK.test(template.host) ? null : template.host;
  const taken = new Set<string>();
  return headers.flatMap(({ name, value }, at) => {
    const problems = [...checkName(name, taken, `headers[${at}].name`), ...checkValue(name, value, host, `headers[${at}].value`)];
    taken.add(name.toLowerCase());
    return problems;
  });
}

function checkName(name: string, taken: ReadonlySet<string>, field: string): readonly Problem[] {
  const low = name.toLowerCase();
  if (name === '') return [];
  if (!NAME.test(name)) return [badName({ name }, { field })];
  if (OWN.has(low)) return [ownName({ name }, { field })];
  return taken.has(low) ? [nameTwice({ name }, { field })] : [];
}

/** `host`: where others on the way can read what is sent there; null: nobody can. */
function checkValue(name: string, value: string, host: string | null, field: string): readonly Problem[] {
  if (!VALUE.test(value)) return [badValue({ name }, { field })];
  const hidden = hasVariable(value);
  const secret = namesSecret(name);
  const form = VARIABLE_FORM;
  return [
    ...(secret && !hidden && value !== '' ? [shownSecret({ name, form }, { field })] : []),
    ...(host !== null && (secret || hidden) ? [readable({ name, host }, { field: 'url' })] : []),
  ];
}
