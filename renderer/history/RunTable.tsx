/** The runs as a table that is sorted by any column; arrow keys walk, and the run that is walked to is the chosen one. */
import type { Header } from '@tanstack/react-table';
import { createSortedRowModel, rowSortingFeature, sortFn_basic, tableFeatures, useTable } from '@tanstack/react-table';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useMemo } from 'react';
import type { RunSummary } from '../../engine/host/contract.ts';
import { useDesigner } from '../app/designer.ts';
import { formatCount, formatInteger, formatMoment, formatSpan } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import style from './history.module.css';
import { RunOutcome } from './RunOutcome.tsx';

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel(), sortFns: { basic: sortFn_basic } });

type ColumnId = 'started' | 'outcome' | 'duration' | 'rowsIn' | 'rowsOut' | 'restarts' | 'from';

const NUMBERS: ReadonlySet<ColumnId> = new Set(['duration', 'rowsIn', 'rowsOut', 'restarts']);

const COLUMNS: readonly { readonly id: ColumnId; readonly value: (run: RunSummary) => number | string }[] = [
  { id: 'started', value: (run) => run.startedAtMs },
  { id: 'outcome', value: (run) => run.outcome },
  { id: 'duration', value: durationOf },
  { id: 'rowsIn', value: (run) => run.rowsIn },
  { id: 'rowsOut', value: (run) => run.rowsOut },
  { id: 'restarts', value: (run) => run.restarts + run.engineDeaths },
  { id: 'from', value: (run) => run.startedFrom?.id ?? 0 },
];

/** Of a run that goes on, up to now. */
export function durationOf({ startedAtMs, endedAtMs }: RunSummary): number {
  return Math.max(0, (endedAtMs ?? Date.now()) - startedAtMs);
}

export function RunTable({ runs, chosen }: { readonly runs: readonly RunSummary[]; readonly chosen: string | null }) {
  const { history } = useDesigner();
  const { t } = useTranslation();
  const data = useMemo(() => [...runs], [runs]);
  const columns = useMemo(
    () => COLUMNS.map(({ id, value }) => ({ id, accessorFn: value, sortFn: 'basic' as const, sortDescFirst: true })),
    [],
  );
  const table = useTable({
    features,
    columns,
    data,
    getRowId: (run) => run.runId,
    initialState: { sorting: [{ id: 'started', desc: true }] },
    enableSortingRemoval: false,
  });
  const rows = table.getRowModel().rows.map((row) => row.original);
  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const place = rows.findIndex(({ runId }) => runId === chosen);
    const next = rows[Math.max(0, Math.min(rows.length - 1, place + step))];
    history.choose(next.runId);
    const body = event.currentTarget;
    requestAnimationFrame(() => body.querySelector<HTMLButtonElement>(`[data-run="${next.runId}"] button`)?.focus());
  };
  return (
    <table className={style.table} aria-label={t('dock.runs')}>
      <thead>
        <tr>
          {table.getHeaderGroups()[0].headers.map((header) => (
            <HeadCell key={header.id} header={header} />
          ))}
        </tr>
      </thead>
      <tbody onKeyDown={onKeyDown}>
        {rows.map((run) => (
          <Row key={run.runId} run={run} chosen={run.runId === chosen} />
        ))}
      </tbody>
    </table>
  );
}

function HeadCell({ header }: { readonly header: Header<typeof features, RunSummary, unknown> }) {
  const { t } = useTranslation();
  const id = header.column.id as ColumnId;
  const sorted = header.column.getIsSorted();
  const Icon = sorted === 'asc' ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={sorted === false ? 'none' : sorted === 'asc' ? 'ascending' : 'descending'}
      data-number={NUMBERS.has(id) ? '' : undefined}
    >
      <button type="button" onClick={header.column.getToggleSortingHandler()}>
        {t(`history.column.${id}`)}
        {sorted === false ? null : <Icon size={12} strokeWidth={2} aria-hidden="true" />}
      </button>
    </th>
  );
}

function Row({ run, chosen }: { readonly run: RunSummary; readonly chosen: boolean }) {
  const { history } = useDesigner();
  const { t } = useTranslation();
  const again = run.restarts + run.engineDeaths;
  const cells: readonly (readonly [ColumnId, ReactNode])[] = [
    ['outcome', <RunOutcome key="outcome" run={run} />],
    ['duration', formatSpan(durationOf(run))],
    ['rowsIn', <Count key="in" value={run.rowsIn} />],
    ['rowsOut', <Count key="out" value={run.rowsOut} />],
    ['restarts', again === 0 ? '' : again],
    ['from', run.startedFrom === null ? '' : t(`history.from.${run.startedFrom.kind}`, { id: run.startedFrom.id })],
  ];
  return (
    <tr
      className={classes(chosen && style.chosen)}
      data-run={run.runId}
      aria-current={chosen ? 'true' : undefined}
      onClick={() => history.choose(run.runId)}
    >
      <td>
        <button type="button" tabIndex={chosen ? 0 : -1} className={style.pick} onClick={() => history.choose(run.runId)}>
          {formatMoment(run.startedAtMs)}
        </button>
      </td>
      {cells.map(([id, content]) => (
        <td key={id} data-number={NUMBERS.has(id) ? '' : undefined}>
          {content}
        </td>
      ))}
    </tr>
  );
}

function Count({ value }: { readonly value: number }) {
  return <span title={formatInteger(value)}>{formatCount(value)}</span>;
}
