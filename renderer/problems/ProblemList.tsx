/** Every finding of the check, worst first: what, where, its code, and a fix where there is one. */
import { CircleCheck, CircleX, TriangleAlert, WandSparkles } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../engine/spec/problem.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { applyFix } from '../app/editing.ts';
import { nodeLabel } from '../document/definitions.ts';
import { currentLanguage, words } from '../strings/language.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import { showProblem } from './navigate.ts';
import style from './problems.module.css';

export function ProblemList() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const problems = useStore(designer.checks, (state) => state.problems);
  const empty = useStore(designer.documents, (state) => state.document.nodes.length === 0);
  if (empty) return <Empty title={t('problems.none')} text={t('problems.emptyText')} />;
  if (problems.length === 0)
    return <Empty icon={<CircleCheck size={20} strokeWidth={1.75} />} title={t('problems.none')} text={t('problems.noneText')} />;
  const sorted = [...problems].sort((a, b) => rank(a) - rank(b));
  return (
    <ul className={style.list}>
      {sorted.map((problem) => (
        <Row key={[problem.code, problem.nodeId, problem.edgeId, problem.field, problem.text.en].join(' ')} problem={problem} />
      ))}
    </ul>
  );
}

function Row({ problem }: { readonly problem: Problem }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const node = designer.documents.getState().document.nodes.find((candidate) => candidate.id === problem.nodeId);
  const error = problem.severity === 'error';
  return (
    <li className={style.row}>
      <button type="button" className={style.open} onClick={() => showProblem(designer, problem)}>
        {error ? (
          <CircleX size={16} strokeWidth={1.75} className={style.error} aria-label={t('problems.error')} />
        ) : (
          <TriangleAlert size={16} strokeWidth={1.75} className={style.warning} aria-label={t('problems.warning')} />
        )}
        <span className={style.text}>{words(problem.text)}</span>
        <span className={style.where}>{node === undefined ? t('problems.pipeline') : nodeLabel(node, currentLanguage())}</span>
        <span className={style.code}>{problem.code}</span>
      </button>
      {problem.fixes.slice(0, 2).map((fix) => (
        <Button key={words(fix.label)} small icon={<WandSparkles size={13} strokeWidth={1.75} />} onClick={() => applyFix(designer, fix)}>
          {words(fix.label)}
        </Button>
      ))}
    </li>
  );
}

function rank(problem: Problem): number {
  return problem.severity === 'error' ? 0 : 1;
}
