/** The newest rows of one edge, asked for while it is watched, as a table that can be held still. */
import { Pause, Play, Waves } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesigner, useStore } from '../app/designer.ts';
import { nodeLabel } from '../document/definitions.ts';
import { formatInteger } from '../strings/figures.ts';
import { currentLanguage } from '../strings/language.ts';
import { Empty } from '../ui/Empty.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Select } from '../ui/Select.tsx';
import style from './runs.module.css';

const PERIOD_MS = 500;
const ROWS_MAX = 100;

interface Tail {
  readonly rows: readonly string[];
  readonly total: number;
}

export function TailTable() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const run = useStore(designer.runs, (state) => state.current);
  const document = useStore(designer.documents, (state) => state.document);
  const chosen = useStore(designer.shell, (state) => state.tailEdge);
  const [held, setHeld] = useState(false);
  const edge = document.edges.find((candidate) => candidate.id === chosen);
  const tail = useTail(run?.runId ?? null, edge?.id ?? null, held);
  if (run === null) return <Empty icon={<Waves size={20} strokeWidth={1.75} />} title={t('data.pickTitle')} text={t('data.notRunning')} />;
  const label = (id: string) => {
    const node = document.nodes.find((candidate) => candidate.id === id);
    return node === undefined ? id : nodeLabel(node, currentLanguage());
  };
  const options = document.edges.map((candidate) => ({
    value: candidate.id,
    label: `${label(candidate.from.node)} · ${candidate.from.port} → ${label(candidate.to.node)}`,
  }));
  return (
    <div className={style.tail}>
      <div className={style.tailHead}>
        <div className={style.tailPick}>
          <Select
            label={t('data.edge')}
            value={edge?.id ?? ''}
            options={options}
            placeholder={t('data.pickTitle')}
            onChange={(id) => designer.shell.set({ tailEdge: id })}
          />
        </div>
        {tail === null ? null : (
          <span className={style.tailNote} data-tail-total={tail.total}>
            {t('data.total', { rows: formatInteger(tail.total) })} · {t('data.newest')}
          </span>
        )}
        <span className={style.tailGap} />
        <IconButton
          small
          side="top"
          label={held ? t('data.resume') : t('data.pause')}
          pressed={held}
          icon={held ? <Play size={14} strokeWidth={1.75} /> : <Pause size={14} strokeWidth={1.75} />}
          onClick={() => setHeld(!held)}
        />
      </div>
      {edge === undefined ? (
        <Empty title={t('data.pickTitle')} text={t('data.pickText')} />
      ) : tail === null || tail.rows.length === 0 ? (
        <Empty title={t('data.waiting')} text={t('data.waitingText')} />
      ) : (
        <Rows rows={tail.rows} />
      )}
    </div>
  );
}

function useTail(runId: string | null, edgeId: string | null, held: boolean): Tail | null {
  const { host } = useDesigner();
  const watched = `${runId} ${edgeId}`;
  const [tail, setTail] = useState<(Tail & { readonly of: string }) | null>(null);
  useEffect(() => {
    if (runId === null || edgeId === null || held) return undefined;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const ask = async () => {
      const answer = await host.call('run.tail', { runId, edgeId, rowsMax: ROWS_MAX }).catch(() => null);
      if (over) return;
      if (answer !== null) setTail({ ...answer, of: `${runId} ${edgeId}` });
      timer = setTimeout(() => void ask(), PERIOD_MS);
    };
    void ask();
    return () => {
      over = true;
      if (timer !== null) clearTimeout(timer);
    };
  }, [host, runId, edgeId, held]);
  return tail?.of === watched ? tail : null;
}

function Rows({ rows }: { readonly rows: readonly string[] }) {
  const { t } = useTranslation();
  const parsed = useMemo(() => [...rows].reverse().map(readRow), [rows]);
  const columns = useMemo(() => columnsOf(parsed), [parsed]);
  return (
    <div className={style.tableScroll}>
      <table className={style.table} aria-label={t('data.rowsTable')}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" data-number={parsed.some((row) => typeof row[column] === 'number') || undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {parsed.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a stream have no identity
            <tr key={index}>
              {columns.map((column) => (
                <td key={column} data-number={typeof row[column] === 'number' || undefined}>
                  {cellText(row[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function readRow(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { value };
  } catch {
    return { value: text };
  }
}

function columnsOf(rows: readonly Record<string, unknown>[]): readonly string[] {
  const names = new Set<string>();
  for (const row of rows.slice(0, 20)) for (const name of Object.keys(row)) names.add(name);
  return [...names];
}

function cellText(value: unknown): string {
  if (value === null) return 'NULL';
  if (value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
