/**
 * Mistakes in the TypeScript of nodes, found while one types: TypeScript checks the code of every node against the declarations made
 * of its schema, again whenever either changes. It begins when the first such code is looked at, so that nobody else waits for it.
 */
import i18next from 'i18next';
import { defineProblem } from '../../../engine/spec/problem.ts';
import type { ResolvedNode } from '../../../engine/spec/resolved-graph.ts';
import type { CheckStore } from '../../document/checks.ts';
import { currentLanguage } from '../../strings/language.ts';
import { askTypeScript } from './ask-typescript.ts';

/** Types are taken away before a run, so they never stop one. */
const mistake = defineProblem('MR2324', 'warning', { en: 'Line {line}: {reason}', zh: '第 {line} 行：{reason}' });

export interface TypeChecks {
  /** From now on; calling it again changes nothing. */
  begin(): void;
}

interface NodeCode {
  readonly nodeId: string;
  readonly field: string;
  readonly code: string;
  readonly declarations: string;
}

export function createTypeChecks(checks: CheckStore): TypeChecks {
  /** What was asked last, by node. */
  const asked = new Map<string, NodeCode>();
  let begun = false;

  const look = (): void => {
    const { graph } = checks.getState();
    for (const code of graph?.nodes.flatMap(codesOf) ?? []) {
      const last = asked.get(code.nodeId);
      if (last?.code === code.code && last.declarations === code.declarations) continue;
      asked.set(code.nodeId, code);
      void check(code);
    }
  };

  const check = async (typed: NodeCode): Promise<void> => {
    const { nodeId, field, code } = typed;
    const mistakes = await askTypeScript('check', typed, { language: currentLanguage() });
    // While it was looked at, the code has been changed and asked about again.
    if (mistakes === null || asked.get(nodeId) !== typed) return;
    const problems = mistakes.map(({ start, end, line, message }) =>
      mistake({ line, reason: message }, { nodeId, field, range: { start, end } }),
    );
    checks.putFindings({ nodeId, field, code, problems });
  };

  return {
    begin() {
      if (begun) return;
      begun = true;
      checks.subscribe(look);
      i18next.on('languageChanged', () => {
        asked.clear();
        look();
      });
      look();
    },
  };
}

function codesOf({ id, definition, config, inputs }: ResolvedNode): readonly NodeCode[] {
  const found = Object.entries(definition.fields).find(([, field]) => field.kind === 'code' && field.language === 'typescript');
  const code = found === undefined ? null : config[found[0]];
  if (found === undefined || typeof code !== 'string' || definition.declareCode === undefined) return [];
  // An input that is not connected has no columns yet: everything that the code says of them would be a mistake.
  const schemas = new Map(inputs.map(({ port, schema }) => [port.name, schema]));
  if (definition.inputs.some((port) => !schemas.has(port.name))) return [];
  const declarations = definition.declareCode(config, (port) => schemas.get(port) ?? { fields: [] });
  return [{ nodeId: id, field: found[0], code, declarations }];
}
