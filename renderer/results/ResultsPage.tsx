/** The results page: the sinks at the left, the chosen one as dashboard, table or changelog, live while a run goes on. */
import { Play, SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import type { NodeSpec } from '../../engine/spec/document.ts';
import { invoke } from '../actions/invoke.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { nodeLabel } from '../document/definitions.ts';
import { isLive } from '../runs/run-store.ts';
import { formatInteger } from '../strings/figures.ts';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { applyChanges } from './apply-changes.ts';
import type { ResultColumn, ResultView } from './choose-view.ts';
import { chooseView } from './choose-view.ts';
import { Dashboard } from './Dashboard.tsx';
import { EditCharts } from './EditCharts.tsx';
import { inputColumns } from './input-columns.ts';
import { ResultList } from './ResultList.tsx';
import { ResultNotes } from './ResultNotes.tsx';
import { ResultRows } from './ResultRows.tsx';
import type { ResultRow } from './result-row.ts';
import style from './results.module.css';
import { resultSinks, wayTo } from './sinks.ts';
import { TimeBar } from './TimeBar.tsx';
import { momentsOf, rowsUpTo } from './trends.ts';
import type { Results } from './use-results.ts';
import { useResults } from './use-results.ts';

type Part = 'table' | 'dashboard' | 'changes';
const PARTS: readonly Part[] = ['table', 'dashboard', 'changes'];

export function ResultsPage() {
  const { documents, shell } = useDesigner();
  const document = useStore(documents, (state) => state.document);
  const chosen = useStore(shell, (state) => state.result);
  const sinks = useMemo(() => resultSinks(document), [document]);
  const shown = sinks.find((sink) => sink.id === chosen) ?? sinks[0];
  if (shown === undefined) return null;
  return (
    <div className={style.page}>
      <ResultList sinks={sinks} shown={shown} />
      <Result key={shown.id} sink={shown} />
    </div>
  );
}

function Result({ sink }: { readonly sink: NodeSpec }) {
  const { documents, checks, runs } = useDesigner();
  const { t } = useTranslation();
  const [part, setPart] = useState<Part>('dashboard');
  const [editing, setEditing] = useState(false);
  const [atMs, setAtMs] = useState<number | null>(null);
  const run = useStore(runs, (state) => state.current);
  const spec = useStore(documents, (state) => state.document.drawing.results?.[sink.id]);
  const node = useStore(checks, (state) => state.nodes.get(sink.id));
  const columns = inputColumns(node);
  const names = useMemo(() => columns.map((column) => column.name), [columns]);
  const results = useResults(run, sink.id, names);
  const view = useMemo(() => chooseView(columns, spec), [columns, spec]);
  const upserts = node?.inputs[0]?.changelog === 'upsert';
  const changes = results?.changes ?? NO_ROWS;
  const rows = useMemo(
    () => applyChanges(changes, upserts ? [...view.keys, ...(view.windowed && view.time !== null ? [view.time] : [])] : null),
    [changes, upserts, view],
  );
  const { time, windowed } = view;
  const moments = useMemo(() => (time === null || !windowed ? [] : momentsOf(rows, time)), [rows, time, windowed]);
  const back = atMs === null || time === null || !moments.includes(atMs) ? null : atMs;
  const seen = useMemo(() => (back === null || time === null ? rows : rowsUpTo(rows, time, back)), [rows, time, back]);
  const told = useMemo(() => (back === null || time === null ? changes : rowsUpTo(changes, time, back)), [changes, time, back]);
  const name = nodeLabel(sink, currentLanguage());
  return (
    <main className={style.main} aria-label={name} data-region="results">
      <header className={style.head}>
        <div className={style.headWords}>
          <h1 className={style.title}>{name}</h1>
          <p className={style.lead}>
            <Lead sink={sink} view={view} total={results?.total ?? 0} />
            {results === null || run === null ? null : <ResultNotes results={results} run={run} />}
          </p>
        </div>
        <div className={style.headSwitch}>
          <Segmented
            label={t('results.view')}
            value={part}
            options={PARTS.map((value) => ({ value, label: t(`results.${value}`) }))}
            onChange={(value) => setPart(PARTS.find((candidate) => candidate === value) ?? part)}
          />
        </div>
        <Button icon={<SlidersHorizontal size={14} strokeWidth={1.75} />} onClick={() => setEditing(true)}>
          {t('results.edit')}
        </Button>
      </header>
      <Body results={results}>
        {part === 'dashboard' ? (
          <Dashboard columns={columns} view={view} rows={seen} changes={told} changelog={upserts || changes !== rows} />
        ) : part === 'table' ? (
          <StandingRows columns={columns} view={view} rows={seen} keyed={upserts} />
        ) : (
          <Changelog columns={columns} changes={told} />
        )}
      </Body>
      {moments.length < 2 ? null : <TimeBar moments={moments} atMs={back} onChoose={setAtMs} />}
      {editing ? <EditCharts nodeId={sink.id} name={name} columns={columns} view={view} onClose={() => setEditing(false)} /> : null}
    </main>
  );
}

const NO_ROWS: readonly ResultRow[] = [];

/** What the rows are, in one sentence. */
function Lead({ sink, view, total }: { readonly sink: NodeSpec; readonly view: ResultView; readonly total: number }) {
  const { documents } = useDesigner();
  const { t } = useTranslation();
  const document = useStore(documents, (state) => state.document);
  const before = wayTo(document, sink.id, 2)[0];
  const source = before === undefined ? '' : nodeLabel(before, currentLanguage());
  const words = [
    t('results.ofInput', { rows: formatInteger(total), source }),
    ...(view.keys.length > 0 ? [t('results.byKeys', { keys: view.keys.join(', ') })] : []),
    ...(view.time === null ? [] : [t('results.alongTime', { time: view.time })]),
  ];
  return <>{words.join(' · ')}</>;
}

/** What is said while there are no rows, or the rows. */
function Body({ results, children }: { readonly results: Results | null; readonly children: ReactNode }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const run = useStore(designer.runs, (state) => state.current);
  if (run === null) {
    return (
      <Empty title={t('results.noRunTitle')} text={t('results.noRunText')}>
        <Button look="primary" icon={<Play size={14} strokeWidth={1.75} />} onClick={() => invoke(designer, 'run')}>
          {t('run.run')}
        </Button>
      </Empty>
    );
  }
  if (results !== null && results.changes.length > 0) return <div className={style.body}>{children}</div>;
  if (isLive(run) || results === null) return <Empty title={t('results.waitingTitle')} text={t('results.waitingText')} />;
  if (results.total === 0) return <Empty title={t('results.noneTitle')} text={t('results.noneText')} />;
  return <Empty title={t('results.notSeenTitle')} text={t('results.notSeenText', { rows: formatInteger(results.total) })} />;
}

interface StandingRowsProps {
  readonly columns: readonly ResultColumn[];
  readonly view: ResultView;
  readonly rows: readonly ResultRow[];
  /** The result has a key: its rows stand in the order of it. */
  readonly keyed: boolean;
}

function StandingRows({ columns, view, rows, keyed }: StandingRowsProps) {
  const { t } = useTranslation();
  const ordered = useMemo(() => {
    if (!keyed) return [...rows].reverse();
    const text = (row: ResultRow) => view.keys.map((key) => row.cells.cells.get(key)?.text ?? '').join('\u0000');
    return [...rows].sort((a, b) => text(a).localeCompare(text(b), undefined, { numeric: true }) || a.sequence - b.sequence);
  }, [rows, keyed, view]);
  return (
    <ResultRows label={`${t('results.table')}: ${t(keyed ? 'results.byKey' : 'results.newestFirst')}`} columns={columns} rows={ordered} />
  );
}

function Changelog({ columns, changes }: { readonly columns: readonly ResultColumn[]; readonly changes: readonly ResultRow[] }) {
  const { t } = useTranslation();
  const newest = useMemo(() => [...changes].reverse(), [changes]);
  return <ResultRows label={`${t('results.changes')}: ${t('results.newestFirst')}`} columns={columns} rows={newest} changelog />;
}
