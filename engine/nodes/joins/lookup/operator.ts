/** Runs the lookup node: questions over HTTP. */
import { assert } from '../../../base/assert.ts';
import { readVariable } from '../../../base/node-variables.ts';
import type { JsonAnswer } from '../../../connectors/http/json-client.ts';
import { JsonClient } from '../../../connectors/http/json-client.ts';
import type { JsonPath } from '../../../expressions/functions/support/json/json-path.ts';
import { compileJsonPath, selectPath } from '../../../expressions/functions/support/json/json-path.ts';
import { printJson } from '../../../expressions/functions/support/json/print-json.ts';
import { AnswerCache } from '../../../operators/lookup/answer-cache.ts';
import { LookupOperator, resultSchema } from '../../../operators/lookup/lookup-operator.ts';
import type { RowAnswer } from '../../../operators/lookup/lookup-queue.ts';
import type { Operator, OperatorContext, WatermarkPolicy } from '../../../operators/operator.ts';
import { columnReference, resolveColumn } from '../../../spec/column-path.ts';
import { assertExpression } from '../../../spec/type-expression.ts';
import type { UrlTemplate } from '../../../spec/url-template.ts';
import { columnsOfUrl, escapeUrlValue, parseUrlTemplate } from '../../../spec/url-template.ts';
import { fillVariables } from '../../../spec/variables.ts';
import type { LookupConfig } from './node.ts';

export const usesEventLoop = true;

export function createOperator(config: LookupConfig, context: OperatorContext): Operator & WatermarkPolicy {
  const [input] = context.inputSchemas;
  const settings = { timeZone: context.timeZone };
  const template = parseUrlTemplate(config.url);
  assert(template !== null, "the node's check has read the address");
  const { scheme, host, port } = template;
  const client = new JsonClient({
    ...{ scheme, host, port, connectionsMax: config.capacity, timeoutMs: config.timeout },
    ...{ retries: config.retries, retryDelayMs: config.retryDelay },
    exponential: config.retryPace === 'exponential',
    retriesMissing: config.retryOn === 'missing',
    // A row that must be answered for itself shares no answer, be it of a moment ago or of this one.
    shares: config.caching === 'cache',
    headers: fillHeaders(config, context.nodeId),
  });
  const paths = config.results.map(({ path }) => compileJsonPath(path));
  const texts = resultSchema(paths.length);
  return new LookupOperator(
    {
      keys: columnsOfUrl(template).map((path) => {
        const names = resolveColumn(input, path)?.names;
        assert(names !== undefined, `the node's check has found column ${path}`);
        return assertExpression(`CAST(${columnReference(names)} AS STRING)`, input, settings);
      }),
      question: (values) => fill(template, values),
      results: config.results.map(({ type }, at) =>
        assertExpression(type === 'STRING' ? `r${at}` : `TRY_CAST(r${at} AS ${type})`, texts, settings),
      ),
      ordered: config.order === 'ordered',
      capacity: config.capacity,
      keepsMissing: config.missing === 'keep',
      onFailure: config.onFailure,
      cache: config.caching === 'none' ? null : new AnswerCache(config.cacheRows, config.cacheFor),
    },
    {
      ask: (question, answered) => client.ask(question, (answer) => answered(take(answer, paths))),
      close: () => client.close(),
    },
    context,
  );
}

/** With what this machine's variables hold, which is kept nowhere else. */
function fillHeaders({ headers }: LookupConfig, nodeId: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    headers.map(({ name, value }, at) => [
      name.toLowerCase(),
      fillVariables(value, { nodeId, field: `headers[${at}].value` }, readVariable),
    ]),
  );
}

/** Path and query of a row's question. */
function fill({ parts }: UrlTemplate, values: readonly string[]): string {
  let next = 0;
  return parts.map((part) => ('text' in part ? part.text : escapeUrlValue(values[next++]))).join('');
}

/** Texts without quotes, numbers exact, objects and arrays as JSON; null where the path leads nowhere. */
function take(answer: JsonAnswer, paths: readonly JsonPath[]): RowAnswer {
  if (answer.kind !== 'found') return answer;
  const values = paths.map(({ steps }) => {
    const found = steps === undefined ? undefined : selectPath(answer.json, steps);
    if (found === undefined || found === null) return null;
    return typeof found === 'string' ? found : printJson(found);
  });
  return { kind: 'found', values };
}
