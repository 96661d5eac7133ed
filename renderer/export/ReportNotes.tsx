/** What the report has to say about single nodes: what is not possible first, with its choices, then what changes a little. */
import i18next from 'i18next';
import { CircleAlert, Crosshair, Minus, X } from 'lucide-react';
import type { ExportNote } from '../../engine/host/contract.ts';
import type { NodeSpec } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { useDesigner } from '../app/designer.ts';
import { nodeLabel } from '../document/definitions.ts';
import { isLive } from '../runs/run-store.ts';
import { formatInteger } from '../strings/figures.ts';
import { currentLanguage, words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import style from './export.module.css';

const ICON = { size: 16, strokeWidth: 1.75 };

interface ReportNotesProps {
  readonly nodes: readonly NodeSpec[];
  readonly report: ReadonlyMap<string, ExportNote>;
  /** Left out by choice, with what was said about them. */
  readonly leftOut: ReadonlyMap<string, ExportNote>;
  readonly onLeaveOut: (note: ExportNote) => void;
  readonly onTakeBack: (nodeId: string) => void;
  readonly onShow: (nodeId: string) => void;
}

export function ReportNotes({ nodes, report, leftOut, onLeaveOut, onTakeBack, onShow }: ReportNotesProps) {
  const { t } = useTranslation();
  const designer = useDesigner();
  const language = currentLanguage();
  const told = nodes.flatMap((node) => {
    const note = leftOut.get(node.id) ?? report.get(node.id);
    return note === undefined || note.status === 'same' ? [] : [{ node, note, label: nodeLabel(node, language) }];
  });
  const impossible = told.filter(({ note }) => note.status === 'unsupported');
  return (
    <div className={style.notes}>
      {impossible.map(({ node, note, label }) => {
        const out = leftOut.has(node.id);
        return (
          <article
            key={node.id}
            className={classes(style.note, out ? style.noteOut : style.noteImpossible)}
            data-note={out ? 'left-out' : 'unsupported'}
          >
            {out ? <Minus {...ICON} /> : <X {...ICON} />}
            <div>
              <p>
                <strong>{label}</strong> {out ? t('export.isLeftOut') : t('export.cannot', { reason: words(note.reason ?? note.text) })}
              </p>
              {note.nearest === undefined ? null : (
                <p className={style.nearest}>
                  {t('export.nearest', { nearest: words(note.nearest) })} {affected(designer, node.id)}
                </p>
              )}
              <div className={style.noteWays}>
                {out ? (
                  <Button small onClick={() => onTakeBack(node.id)}>
                    {t('export.takeBack')}
                  </Button>
                ) : (
                  <Button small onClick={() => onLeaveOut(note)}>
                    {t('export.leaveOut')}
                  </Button>
                )}
                <Button small look="ghost" icon={<Crosshair size={14} strokeWidth={1.75} />} onClick={() => onShow(node.id)}>
                  {t('export.showNode')}
                </Button>
              </div>
            </div>
          </article>
        );
      })}
      {told
        .filter(({ note }) => note.status === 'note')
        .map(({ node, note, label }) => (
          <article key={node.id} className={classes(style.note, style.noteLittle)} data-note="note">
            <CircleAlert {...ICON} />
            <p>
              <strong>{label}</strong>: {t('export.sentence', { text: words(note.text).replace(/[.。]$/, '') })}{' '}
              {affected(designer, node.id)}
            </p>
          </article>
        ))}
    </div>
  );
}

/** How many rows this concerned, when a run of the pipeline is known. */
function affected({ live, runs }: Designer, nodeId: string): string {
  const figures = live.node(nodeId);
  const rows = figures === null ? 0 : Math.max(figures.rowsIn, figures.rowsOut);
  if (rows === 0) return '';
  const running = isLive(runs.getState().current);
  return running ? i18next.t('export.rowsNow', { rows: formatInteger(rows) }) : i18next.t('export.rowsLast', { rows: formatInteger(rows) });
}
