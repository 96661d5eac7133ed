/** Beside the lens: how many rows came behind the watermark and what became of them, how late they were, what would help, the rows themselves. */
import { Braces, ClockAlert, FileSpreadsheet, Lightbulb } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Trans } from 'react-i18next';
import type { NodeTime } from '../../engine/host/contract.ts';
import type { NodeSpec } from '../../engine/spec/document.ts';
import { printDuration } from '../../engine/spec/duration.ts';
import { printType } from '../../engine/types/print-type.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { copyText } from '../preview/copy-text.ts';
import { RecordDetail } from '../preview/RecordDetail.tsx';
import type { TableColumn } from '../preview/table-rows.ts';
import { formatInteger } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { RunClock } from '../strip/RunClock.tsx';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import { LateHistogramView } from './LateHistogramView.tsx';
import { LateOrigins } from './LateOrigins.tsx';
import { LateTable } from './LateTable.tsx';
import style from './late.module.css';
import { adviseLateness } from './late-advice.ts';
import type { LateLine } from './late-cells.ts';
import { lateLines, printLateCsv, printLateJson } from './late-cells.ts';
import { allowLateness, canAllow } from './open-lens.ts';
import { spanned } from './spans.ts';
import { hasLateOutput, keyColumns } from './upstream.ts';
import { useTime } from './use-time.ts';

const NOTHING_CHANGED: ReadonlySet<string> = new Set();

export function LateRows({ node }: { readonly node: NodeSpec }) {
  const { t } = useTranslation();
  const time = useTime(node.id)?.time ?? null;
  const total = time === null ? 0 : time.counted + time.missedSome + time.late;
  return (
    <section className={style.late} aria-label={t('late.title')} data-late-rows="">
      <header className={style.head}>
        <ClockAlert size={15} strokeWidth={1.75} aria-hidden="true" />
        <h2>{t('late.title')}</h2>
        <span className={style.total} data-late-total={total}>
          {formatInteger(total)}
        </span>
      </header>
      {time === null || total === 0 ? (
        <div className={style.none}>
          <Empty title={t('late.none')} text={t('late.noneText')} />
        </div>
      ) : (
        <Told node={node} time={time} />
      )}
      <div className={style.clock}>
        <RunClock />
      </div>
    </section>
  );
}

function Told({ node, time }: { readonly node: NodeSpec; readonly time: NodeTime }) {
  const { t } = useTranslation();
  const columns = useColumns(node.id);
  const [active, setActive] = useState<number | null>(null);
  // The list goes on while one reads: the record is kept as it was opened.
  const [open, setOpen] = useState<{ readonly line: LateLine; readonly place: number } | null>(null);
  const lines = useMemo(
    () =>
      lateLines(
        time.rows,
        columns.map((column) => column.name),
      ),
    [time.rows, columns],
  );
  return (
    <>
      <Figures node={node} time={time} />
      {time.rows.length === 0 ? <p className={style.note}>{t('late.unseen')}</p> : <LateHistogramView time={time} />}
      <div className={style.list}>
        <LateTable
          lines={lines}
          keys={keyColumns(node)}
          lateOutput={hasLateOutput(node)}
          active={active}
          onActive={setActive}
          onOpen={(index) => setOpen(lines[index] === undefined ? null : { line: lines[index], place: index })}
          onClose={open === null ? null : () => setOpen(null)}
        />
      </div>
      {/* Below the list, which gives way to it: what one reads stays where it is. */}
      <Advice node={node} time={time} />
      {open === null ? <LateOrigins time={time} lines={lines} keys={keyColumns(node)} /> : null}
      {open === null ? null : (
        <div className={style.detail}>
          <RecordDetail
            columns={columns}
            row={{ cells: open.line.cells, place: open.place, look: 'plain', note: null, changed: NOTHING_CHANGED }}
            error={null}
            onClose={() => setOpen(null)}
          />
        </div>
      )}
      {lines.length === 0 ? null : (
        <footer className={style.foot}>
          <Button
            small
            icon={<FileSpreadsheet size={13} strokeWidth={1.75} />}
            aria-label={t('late.copyCsv')}
            title={t('late.copyCsv')}
            onClick={() =>
              void copyText(
                printLateCsv(
                  lines,
                  columns.map((column) => column.name),
                ),
              )
            }
          >
            {t('late.csv')}
          </Button>
          <Button
            small
            look="ghost"
            icon={<Braces size={13} strokeWidth={1.75} />}
            aria-label={t('late.copyJson')}
            title={t('late.copyJson')}
            onClick={() => void copyText(printLateJson(lines))}
          >
            {t('late.json')}
          </Button>
          <span className={style.sample}>{t('late.sample', { count: lines.length })}</span>
        </footer>
      )}
    </>
  );
}

function Figures({ node, time }: { readonly node: NodeSpec; readonly time: NodeTime }) {
  const { t } = useTranslation();
  const figures = [
    { name: 'counted', value: time.counted, look: undefined, words: t('late.counted') },
    { name: 'missed-some', value: time.missedSome, look: style.missedSome, words: t('late.missedSome') },
    { name: 'late', value: time.late, look: style.lost, words: hasLateOutput(node) ? t('late.late') : t('late.dropped') },
  ];
  return (
    <dl className={style.figures}>
      {figures.map(({ name, value, look, words }) => (
        <div key={name} className={look}>
          <dt>
            <i />
            {words}
          </dt>
          <dd data-outcome={name} data-value={value}>
            {formatInteger(value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Advice({ node, time }: { readonly node: NodeSpec; readonly time: NodeTime }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const document = useStore(designer.documents, (state) => state.document);
  const advice = useMemo(() => adviseLateness(time.rows, time.allowedLatenessMs), [time.rows, time.allowedLatenessMs]);
  const duration = advice === null ? '' : printDuration(advice.allowedMs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what may be set depends on the document
  const allowed = useMemo(() => duration !== '' && canAllow(designer, node.id, duration), [designer, document, node.id, duration]);
  if (advice === null || !allowed) return null;
  return (
    <div className={style.advice} role="note">
      <Lightbulb size={15} strokeWidth={1.75} aria-hidden="true" />
      <p>
        <Trans
          i18nKey="late.advice"
          values={{ span: spanned(advice.allowedMs), back: formatInteger(advice.back), count: advice.missed }}
          components={{ b: <b /> }}
          count={advice.missed}
        />{' '}
        <button type="button" onClick={() => allowLateness(designer, node.id, duration)}>
          {t('late.apply')}
        </button>{' '}
        <small>{t('lens.nextStart')}</small>
      </p>
    </div>
  );
}

/** Of the rows that come into the window. */
function useColumns(nodeId: string): readonly TableColumn[] {
  const { checks } = useDesigner();
  const fields = useStore(checks, (state) => state.nodes.get(nodeId)?.inputs[0]?.schema.fields);
  return useMemo(() => (fields ?? []).map((field) => ({ name: field.name, type: printType(field.type), mark: null })), [fields]);
}
