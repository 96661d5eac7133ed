/** A note: its text as Markdown, its colour, and the node it is tied to. */
import { StickyNote, Trash2 } from 'lucide-react';
import { useId } from 'react';
import type { NoteSpec } from '../../engine/spec/document.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { deleteSelection } from '../app/editing.ts';
import { nodeLabel } from '../document/definitions.ts';
import { groupIndex } from '../document/group-index.ts';
import { colourNote, NOTE_TEXT_MAX, tieNote, writeNote } from '../document/note-commands.ts';
import { noteTint } from '../picture/tints.ts';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Select } from '../ui/Select.tsx';
import own from './group-inspector.module.css';
import style from './inspector.module.css';
import { TintPicker } from './TintPicker.tsx';

/** A value that no node has as its id. */
const NOTHING = ' ';

export function NoteInspector({ note }: { readonly note: NoteSpec }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const id = useId();
  const document = useStore(designer.documents, (state) => state.document);
  const index = groupIndex(document);
  // Only what is drawn beside it can be pointed at.
  const beside = document.nodes.filter((node) => index.groupOf(node.id) === (note.group ?? null));
  const tied = beside.some((node) => node.id === note.node) ? (note.node ?? NOTHING) : NOTHING;
  return (
    <>
      <div className={style.head}>
        <StickyNote size={18} strokeWidth={1.75} />
        <div className={style.headWords}>
          <strong>{t('groupForm.note')}</strong>
        </div>
      </div>
      <div className={style.body}>
        <div className={own.field}>
          <label className={style.label} htmlFor={id}>
            {t('groupForm.text')}
          </label>
          <textarea
            id={id}
            className={own.area}
            rows={8}
            maxLength={NOTE_TEXT_MAX}
            value={note.text}
            placeholder={t('groups.notePlaceholder')}
            onChange={(event) => {
              const { value } = event.currentTarget;
              designer.view.wroteNote(note.id);
              designer.documents.commit('note', (current) => writeNote(current, note.id, value), `note ${note.id}`);
            }}
          />
        </div>
        <TintPicker
          tint={noteTint(note.colour) ?? 'brass'}
          icon={<StickyNote size={13} strokeWidth={1.75} aria-hidden="true" />}
          onChange={(tint) => designer.documents.commit('note', (current) => colourNote(current, note.id, tint === 'brass' ? null : tint))}
        />
        <div className={own.field}>
          <span className={style.label}>{t('groupForm.tiedTo')}</span>
          <Select
            label={t('groupForm.tiedTo')}
            value={tied}
            options={[
              { value: NOTHING, label: t('groupForm.notTied') },
              ...beside.map((node) => ({ value: node.id, label: nodeLabel(node, currentLanguage()) })),
            ]}
            onChange={(node) => designer.documents.commit('note', (current) => tieNote(current, note.id, node === NOTHING ? null : node))}
          />
        </div>
        <div className={own.actions}>
          <Button small icon={<Trash2 size={13} strokeWidth={1.75} />} onClick={() => deleteSelection(designer)}>
            {t('groupForm.removeNote')}
          </Button>
        </div>
      </div>
    </>
  );
}
