/** Below a name that is being changed: which uses follow it, what they become, and a way to leave them alone. */
import { CornerDownRight } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useDesigner } from '../app/designer.ts';
import { nodeLabel } from '../document/definitions.ts';
import type { RenamedUse } from '../document/rename-column.ts';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Toggle } from '../ui/Toggle.tsx';
import type { ColumnRenaming } from './column-renaming.ts';
import style from './rename-note.module.css';
import type { FieldContext } from './widget.ts';

/** More lines than these are counted. */
const LINES_MAX = 6;

export function RenameNote({ context, place }: { readonly context: FieldContext; readonly place: string }) {
  return context.renaming === null ? null : <Note renaming={context.renaming} place={place} />;
}

function Note({ renaming, place }: { readonly renaming: ColumnRenaming; readonly place: string }) {
  const { t } = useTranslation();
  const state = useSyncExternalStore(renaming.subscribe, renaming.getState);
  if (state.place !== place || state.uses.length === 0) return null;
  const nodes = new Set(state.uses.map((use) => use.nodeId)).size;
  return (
    // Pressing here must not take the focus from the name: that would end the renaming.
    <div className={style.note} data-rename-note="" onPointerDown={(event) => event.preventDefault()}>
      <Toggle
        label={t('rename.uses', { count: state.uses.length, nodes: t('rename.nodes', { count: nodes }) })}
        checked={state.follow}
        onChange={(follow) => renaming.setFollow(follow)}
      />
      {nodes > 1 && state.follow ? <Preview uses={state.uses} /> : null}
    </div>
  );
}

function Preview({ uses }: { readonly uses: readonly RenamedUse[] }) {
  const { t } = useTranslation();
  const { documents } = useDesigner();
  const { nodes } = documents.getState().document;
  const label = (id: string) => {
    const node = nodes.find((candidate) => candidate.id === id);
    return node === undefined ? id : nodeLabel(node, currentLanguage());
  };
  return (
    <ul className={style.uses} aria-label={t('rename.preview')}>
      {uses.slice(0, LINES_MAX).map((use) => (
        <li key={`${use.nodeId} ${use.field}`} className={style.use}>
          <span className={style.node} data-truncates="" title={label(use.nodeId)}>
            {label(use.nodeId)}
          </span>
          <CornerDownRight size={11} strokeWidth={1.75} />
          <code data-truncates="" title={use.after}>
            {use.after}
          </code>
        </li>
      ))}
      {uses.length > LINES_MAX ? <li className={style.more}>{t('rename.more', { count: uses.length - LINES_MAX })}</li> : null}
    </ul>
  );
}
