/** In the inspector: the newest warning or error of a node in the shown run, and the way to the rest of what was said about it. */
import { CircleX, ScrollText, TriangleAlert } from 'lucide-react';
import type { RunLogEntry } from '../../engine/host/contract.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import style from './node-log.module.css';
import { showEntry } from './show-logs.ts';

const ICON = { size: 15, strokeWidth: 1.75 };

export function NodeLog({ nodeId }: { readonly nodeId: string }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const entry = useStore(designer.logs, (state) => newestTrouble(state.entries, nodeId));
  if (entry === null) return null;
  const error = entry.level === 'error';
  const Icon = error ? CircleX : TriangleAlert;
  return (
    <div className={classes(style.line, error ? style.error : style.warning)} data-node-log={entry.code}>
      <Icon {...ICON} aria-label={t(`logs.${entry.level}`)} />
      <p>{words(entry.text)}</p>
      <Button small look="ghost" icon={<ScrollText size={13} strokeWidth={1.75} />} onClick={() => showEntry(designer, entry)}>
        {t('logs.ofNode')}
      </Button>
    </div>
  );
}

function newestTrouble(entries: readonly RunLogEntry[], nodeId: string): RunLogEntry | null {
  for (let index = entries.length - 1; index >= 0; index--) {
    const entry = entries[index];
    if (entry.nodeId === nodeId && entry.level !== 'info') return entry;
  }
  return null;
}
