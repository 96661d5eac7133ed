/** What the fields of a route node cannot see by themselves. */
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import type { RouteConfig } from './node.ts';

const portName = defineProblem('MR2221', 'error', {
  en: '"{name}" cannot name a port: letters, digits, dash and underscore, at most 40, and not "else"',
  zh: '“{name}”不能作为端口名：字母、数字、短横线和下划线，最多 40 个，且不能是“else”',
});

export function checkRoute(config: RouteConfig): readonly Problem[] {
  return config.routes.flatMap((condition, index) =>
    /^[\p{L}\p{N}_-]{1,40}$/u.test(condition.name) && condition.name !== 'else'
      ? []
      : [portName({ name: condition.name }, { field: `routes[${index}].name` })],
  );
}
