/** What goes into a node and what comes out of it, side by side over the sample, with what the node did marked on both. */
import { Copy, PanelRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import type { NodeSpec } from '../../engine/spec/document.ts';
import { nodeLabel, nodeShape } from '../document/definitions.ts';
import { formatInteger } from '../strings/figures.ts';
import { currentLanguage, words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import type { TableContent } from './compare-rows.ts';
import { counterpart, countRows, inputTable, outputTable } from './compare-rows.ts';
import { copyText } from './copy-text.ts';
import type { NodePreview } from './node-preview.ts';
import { PreviewAbsent } from './PreviewAbsent.tsx';
import style from './preview.module.css';
import { RecordDetail } from './RecordDetail.tsx';
import type { ActiveCell } from './RowTable.tsx';
import { RowTable } from './RowTable.tsx';
import { printTsv } from './row-cells.ts';

type SideName = 'in' | 'out';

interface Chosen {
  readonly side: SideName;
  readonly cell: ActiveCell;
}

interface PreviewSidesProps {
  readonly node: NodeSpec;
  readonly preview: NodePreview;
  /** The output of a selected edge comes first. */
  readonly outputPort: string | null;
}

export function PreviewSides({ node, preview, outputPort }: PreviewSidesProps) {
  const { t } = useTranslation();
  const shape = nodeShape(node);
  const [inPort, setInPort] = useState<string | null>(null);
  const [outPort, setOutPort] = useState<string | null>(outputPort);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [detail, setDetail] = useState(false);
  const input = portOf(preview.inputs, inPort);
  const output = portOf(preview.outputs, outPort);
  const tables = useMemo(
    () => ({ in: inputTable(preview, input ?? ''), out: outputTable(preview, output ?? '') }),
    [preview, input, output],
  );
  const linkOf = (side: SideName): number | null => {
    if (chosen === null || chosen.side === side || output === null) return null;
    return counterpart(preview, chosen.side, output, chosen.cell.row);
  };
  const row = chosen === null ? undefined : tables[chosen.side].rows[chosen.cell.row];
  const error =
    chosen?.side === 'in' ? preview.rowErrors.find((each) => each.input === input && each.row === row?.place)?.error : undefined;
  const table = (side: SideName, label: string) => (
    <RowTable
      label={label}
      columns={tables[side].columns}
      rows={tables[side].rows}
      active={chosen?.side === side ? chosen.cell : null}
      linked={linkOf(side)}
      onActive={(cell) => setChosen({ side, cell })}
      onOpen={() => setDetail(true)}
    />
  );
  const label = nodeLabel(node, currentLanguage());
  const showRow = (place: number) => {
    setChosen({ side: 'in', cell: { row: place, column: 0 } });
    setDetail(true);
  };
  const openDetail = () => {
    if (chosen === null) setChosen({ side: tables.out.rows.length > 0 ? 'out' : 'in', cell: { row: 0, column: 0 } });
    setDetail(!detail);
  };
  const tools = (side: SideName, last: boolean) => (
    <>
      <CopyMenu table={tables[side]} active={chosen?.side === side ? chosen.cell : null} />
      {last && tables.in.rows.length + tables.out.rows.length > 0 ? (
        <IconButton
          small
          side="top"
          label={t('preview.record')}
          pressed={detail}
          icon={<PanelRight size={14} strokeWidth={1.75} />}
          onClick={openDetail}
        />
      ) : null}
    </>
  );
  return (
    <div className={style.sides}>
      {shape.inputs.length === 0 ? null : (
        <Side
          title={t('preview.in')}
          note={<InNote preview={preview} port={input} />}
          ports={shape.inputs.map(({ name, label: words_ }) => ({
            name,
            label: words(words_),
            role: 'main',
            total: preview.inputs.get(name)?.total ?? 0,
          }))}
          port={input}
          onPort={setInPort}
          tools={tools('in', shape.outputs.length === 0)}
        >
          {tables.in.rows.length === 0 ? (
            <PreviewAbsent node={node} preview={preview} side="in" />
          ) : (
            table('in', t('preview.inOf', { node: label }))
          )}
        </Side>
      )}
      {shape.outputs.length === 0 ? null : (
        <Side
          title={t('preview.outOf', { node: label })}
          note={<OutNote preview={preview} port={output} />}
          ports={shape.outputs.map(({ name, label: words_, role }) => ({
            name,
            label: words(words_),
            role,
            total: preview.outputs.get(name)?.total ?? 0,
          }))}
          port={output}
          onPort={setOutPort}
          tools={tools('out', true)}
        >
          {preview.error === null ? null : <ErrorStrip preview={preview} onRow={showRow} />}
          {tables.out.rows.length === 0 ? (
            <PreviewAbsent node={node} preview={preview} side="out" />
          ) : (
            table('out', t('preview.outOf', { node: label }))
          )}
        </Side>
      )}
      {detail && chosen !== null && row !== undefined ? (
        <RecordDetail columns={tables[chosen.side].columns} row={row} error={error ?? null} onClose={() => setDetail(false)} />
      ) : null}
    </div>
  );
}

interface PortTab {
  readonly name: string;
  readonly label: string;
  readonly role: string;
  readonly total: number;
}

interface SideProps {
  readonly title: string;
  readonly note: ReactNode;
  readonly ports: readonly PortTab[];
  readonly port: string | null;
  readonly onPort: (port: string) => void;
  readonly tools: ReactNode;
  readonly children: ReactNode;
}

function Side({ title, note, ports, port, onPort, tools, children }: SideProps) {
  return (
    <section className={style.side} aria-label={title}>
      <header className={style.sideHead}>
        <strong className={style.sideTitle} data-truncates="" title={title}>
          {title}
        </strong>
        {ports.length < 2 ? null : (
          <span className={style.ports}>
            {ports.map(({ name, label, role, total }) => (
              <button
                key={name}
                type="button"
                className={style.port}
                aria-pressed={name === port}
                data-role={role}
                onClick={() => onPort(name)}
              >
                {label}
                <span className={style.portCount}>{formatInteger(total)}</span>
              </button>
            ))}
          </span>
        )}
        <span className={style.note} data-truncates="">
          {note}
        </span>
        <span className={style.gap} />
        {tools}
      </header>
      {children}
    </section>
  );
}

function InNote({ preview, port }: { readonly preview: NodePreview; readonly port: string | null }) {
  const { t } = useTranslation();
  const rows = port === null ? undefined : preview.inputs.get(port);
  if (rows === undefined || rows.total === 0) return null;
  if (preview.state === 'sink') return <>{t('preview.sinkRows', { count: rows.total, total: formatInteger(rows.total) })}</>;
  if (rows.texts.length < rows.total)
    return <>{t('preview.rowsOf', { shown: formatInteger(rows.texts.length), count: rows.total, total: formatInteger(rows.total) })}</>;
  return <>{t('preview.rows', { count: rows.total, total: formatInteger(rows.total) })}</>;
}

function OutNote({ preview, port }: { readonly preview: NodePreview; readonly port: string | null }) {
  const { t } = useTranslation();
  const rows = port === null ? undefined : preview.outputs.get(port);
  const counts = countRows(preview);
  if (counts !== null && (counts.left > 0 || counts.failed > 0)) {
    const parts = [t('preview.kept', { count: counts.kept, total: formatInteger(counts.kept) })];
    if (counts.left > 0) parts.push(t('preview.left', { count: counts.left, total: formatInteger(counts.left) }));
    if (counts.failed > 0) parts.push(t('preview.failedRows', { count: counts.failed, total: formatInteger(counts.failed) }));
    return <>{parts.join(t('preview.comma'))}</>;
  }
  // Several ports have their counts on their tabs.
  if (rows === undefined || rows.total === 0 || preview.outputs.size > 1) return null;
  return <>{t('preview.rows', { count: rows.total, total: formatInteger(rows.total) })}</>;
}

/** Rows that fail, one line: the message, and the way to the row. */
function ErrorStrip({ preview, onRow }: { readonly preview: NodePreview; readonly onRow: (place: number) => void }) {
  const { t } = useTranslation();
  const [first] = preview.rowErrors;
  if (first === undefined || preview.outputs.size === 0 || [...preview.outputs.values()].every((port) => port.total === 0)) return null;
  return (
    <div className={style.strip}>
      <span className={style.stripText} data-truncates="" title={first.error.message}>
        {first.error.message}
      </span>
      <code>{first.error.code}</code>
      <button type="button" className={style.link} onClick={() => onRow(first.row)}>
        {t('preview.showRow', { number: formatInteger(first.row + 1) })}
      </button>
    </div>
  );
}

function CopyMenu({ table, active }: { readonly table: TableContent; readonly active: ActiveCell | null }) {
  const { t } = useTranslation();
  if (table.rows.length === 0) return null;
  const names = table.columns.map((column) => column.name);
  const row = active === null ? undefined : table.rows[active.row];
  const all = table.rows.map(({ cells }) => cells);
  const rowItems =
    row === undefined
      ? []
      : [
          { id: 'row-json', label: t('preview.copyRowJson'), run: () => void copyText(row.cells.text) },
          { id: 'row-tsv', label: t('preview.copyRowTsv'), run: () => void copyText(printTsv([row.cells], names)) },
        ];
  return (
    <Menu
      side="top"
      align="end"
      trigger={<IconButton small side="top" label={t('preview.copy')} icon={<Copy size={14} strokeWidth={1.75} />} />}
      groups={[
        ...(rowItems.length > 0 ? [{ items: rowItems }] : []),
        {
          items: [
            { id: 'all-json', label: t('preview.copyAllJson'), run: () => void copyText(all.map(({ text }) => text).join('\n')) },
            { id: 'all-tsv', label: t('preview.copyAllTsv'), run: () => void copyText(printTsv(all, names)) },
          ],
        },
      ]}
    />
  );
}

function portOf(ports: ReadonlyMap<string, unknown>, wanted: string | null): string | null {
  if (wanted !== null && ports.has(wanted)) return wanted;
  for (const name of ports.keys()) return name;
  return null;
}
