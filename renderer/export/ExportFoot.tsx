/** The parts of the export dialog's foot: where the file goes, and the report as text. */
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { ExportNote } from '../../engine/host/contract.ts';
import { useDesigner } from '../app/designer.ts';
import { nodeLabel } from '../document/definitions.ts';
import { currentLanguage, words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import style from './export.module.css';
import type { TextExports } from './export-texts.ts';
import { fateOf, printReport } from './export-texts.ts';

export function Place({ folder, name, exists }: { readonly folder: string | null; readonly name: string; readonly exists: boolean }) {
  const { t } = useTranslation();
  if (folder === null) return <span className={style.place}>{t('export.noFolder')}</span>;
  return (
    <span className={classes(style.place, exists && style.placeTaken)} role={exists ? 'alert' : undefined}>
      {exists ? <TriangleAlert size={15} strokeWidth={1.75} /> : null}
      {exists ? t('export.exists') : t('export.into')}
      <span className={style.placePath} data-truncates="" title={`${folder}/${name}`}>
        {`${folder}/${name}`}
      </span>
    </span>
  );
}

export function CopyReport({ exports, leftOut }: { readonly exports: TextExports; readonly leftOut: ReadonlyMap<string, ExportNote> }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const { document } = designer.documents.getState();
    const made = exports['flink-sql'];
    const lines = document.nodes.map((node) => {
      const fate = fateOf(node.id, 'flink-sql', made, leftOut);
      const note = leftOut.get(node.id) ?? made?.report.get(node.id);
      return {
        label: nodeLabel(node, currentLanguage()),
        fate: fate === null ? '–' : t(`export.fate.${fate}`),
        text: note === undefined || note.status === 'same' ? '' : words(note.text),
      };
    });
    await navigator.clipboard.writeText(printReport(`${document.name}: ${t('export.targets.flink-sql')}`, lines));
    setCopied(true);
  };
  return <Button onClick={() => void copy()}>{copied ? t('export.copied') : t('export.copyReport')}</Button>;
}
