/** Every finding of the check, worst first: what, where, its code, and a fix where there is one. Only what is seen is drawn. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, CircleCheck, CircleX, TriangleAlert, WandSparkles } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useEffect, useMemo, useRef } from 'react';
import type { Fix, Problem } from '../../engine/spec/problem.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { applyFix } from '../app/editing.ts';
import { fieldLabel, nodeLabel } from '../document/definitions.ts';
import { copyText } from '../preview/copy-text.ts';
import { currentLanguage, words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { Empty } from '../ui/Empty.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Keys } from '../ui/Keys.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { showProblem } from './navigate.ts';
import { keysOf, listProblems, problemKey } from './problem-view.ts';
import style from './problems.module.css';
import { sentenceParts } from './sentence.ts';

const ROW_HEIGHT = 35;

export function ProblemList() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const found = useStore(designer.checks, (state) => state.problems);
  const empty = useStore(designer.documents, (state) => state.document.nodes.length === 0);
  const severity = useStore(designer.problemView, (state) => state.severity);
  const problems = useMemo(() => listProblems(found, severity), [found, severity]);
  if (empty) return <Empty title={t('problems.none')} text={t('problems.emptyText')} />;
  if (found.length === 0)
    return <Empty icon={<CircleCheck size={20} strokeWidth={1.75} />} title={t('problems.none')} text={t('problems.noneText')} />;
  return (
    <div className={style.panel}>
      <Rows problems={problems} />
      <Foot problems={found} />
    </div>
  );
}

function Rows({ problems }: { readonly problems: readonly Problem[] }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const scroll = useRef<HTMLUListElement>(null);
  const current = useStore(designer.problemView, (state) => state.current);
  const keys = useMemo(() => keysOf(problems), [problems]);
  const rows = useVirtualizer({
    count: problems.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => keys[index],
    overscan: 8,
  });
  const place = problems.findIndex((problem) => problemKey(problem) === current);
  useEffect(() => {
    if (place >= 0) rows.scrollToIndex(place, { align: 'auto' });
  }, [place, rows]);
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(problems.length - 1, Math.max(place, 0) + (place < 0 ? 0 : step)));
    designer.problemView.set({ current: problemKey(problems[to]) });
    rows.scrollToIndex(to, { align: 'auto' });
    const list = event.currentTarget;
    requestAnimationFrame(() => list.querySelector<HTMLButtonElement>(`[data-place="${to}"] button`)?.focus());
  };
  if (problems.length === 0) return <Empty title={t('problems.noneOfThese')} />;
  return (
    <ul ref={scroll} className={style.list} aria-label={t('dock.problems')} onKeyDown={onKeyDown}>
      <li aria-hidden="true" className={style.sheet} style={{ height: rows.getTotalSize() }} />
      {rows.getVirtualItems().map(({ index, key, start }) => (
        <li
          key={String(key)}
          ref={rows.measureElement}
          data-index={index}
          data-place={index}
          className={classes(style.row, index === place && style.current)}
          style={{ transform: `translateY(${start}px)` }}
          aria-setsize={problems.length}
          aria-posinset={index + 1}
        >
          <Row problem={problems[index]} />
        </li>
      ))}
    </ul>
  );
}

function Row({ problem }: { readonly problem: Problem }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const node = useStore(designer.documents, (state) => state.document.nodes.find((candidate) => candidate.id === problem.nodeId));
  const error = problem.severity === 'error';
  const where = node === undefined ? t('problems.pipeline') : nodeLabel(node, currentLanguage());
  const field = node === undefined || problem.field === undefined ? null : fieldLabel(node, problem.field);
  let at = 0;
  return (
    <>
      <button type="button" className={style.open} onClick={() => showProblem(designer, problem)}>
        {error ? (
          <CircleX size={16} strokeWidth={1.75} className={style.error} aria-label={t('problems.error')} />
        ) : (
          <TriangleAlert size={16} strokeWidth={1.75} className={style.warning} aria-label={t('problems.warning')} />
        )}
        <span className={style.text}>
          {sentenceParts(problem, currentLanguage()).map(({ text, name }) => {
            at += text.length;
            return name ? <strong key={at}>{text}</strong> : text;
          })}
        </span>
        {field === null ? null : (
          <span className={style.field} data-truncates="" title={words(field)}>
            {words(field)}
          </span>
        )}
        <span className={style.where} data-truncates="" title={where}>
          {where}
        </span>
      </button>
      <button
        type="button"
        className={style.code}
        aria-label={t('problems.copyCode', { code: problem.code })}
        onClick={() => void copyText(problem.code)}
      >
        {problem.code}
      </button>
      <Fixes fixes={problem.fixes} />
    </>
  );
}

/** The first as a button, the others behind it. */
function Fixes({ fixes }: { readonly fixes: readonly Fix[] }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const [first, ...others] = fixes;
  if (first === undefined) return null;
  return (
    <span className={style.fixes}>
      <Button small icon={<WandSparkles size={13} strokeWidth={1.75} />} onClick={() => applyFix(designer, first)}>
        {words(first.label)}
      </Button>
      {others.length === 0 ? null : (
        <Menu
          side="top"
          align="end"
          trigger={<IconButton small side="top" label={t('problems.moreFixes')} icon={<ChevronDown size={13} strokeWidth={1.75} />} />}
          groups={[{ items: others.map((fix) => ({ id: fix.label.en, label: words(fix.label), run: () => applyFix(designer, fix) })) }]}
        />
      )}
    </span>
  );
}

function Foot({ problems }: { readonly problems: readonly Problem[] }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const severity = useStore(designer.problemView, (state) => state.severity);
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const chooses = severity !== 'all' || (errors > 0 && errors < problems.length);
  return (
    <footer className={classes(style.foot, !chooses && style.onlyHints)}>
      {(['F8', 'Enter', 'Ctrl .'] as const).map((keys, index) => (
        <span key={keys} className={style.hint}>
          <Keys keys={keys} />
          {t((['problems.next', 'problems.openField', 'problems.applyFix'] as const)[index])}
        </span>
      ))}
      <span className={style.gap} />
      {chooses ? (
        <span className={style.filter}>
          <Segmented
            label={t('problems.severity')}
            value={severity}
            options={[
              { value: 'all', label: t('problems.all', { count: problems.length }) },
              { value: 'error', label: t('problems.errors', { count: errors }) },
              { value: 'warning', label: t('problems.warnings', { count: problems.length - errors }) },
            ]}
            onChange={(value) => designer.problemView.set({ severity: value === 'error' || value === 'warning' ? value : 'all' })}
          />
        </span>
      ) : null}
    </footer>
  );
}
