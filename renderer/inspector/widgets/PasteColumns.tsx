/** A place to paste JSON into: rows or a schema become columns, with a word on what was found before they are taken. */
import { useState } from 'react';
import { CodeField } from '../../code/CodeField.tsx';
import { useTranslation } from '../../strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import inspector from '../inspector.module.css';
import type { PastedColumn } from './schema-json.ts';
import { columnsOfJson } from './schema-json.ts';
import style from './widgets.module.css';

const CONTEXT = { mode: 'json' as const, schema: { fields: [] } };

interface PasteColumnsProps {
  readonly onTake: (columns: readonly PastedColumn[]) => void;
  readonly onClose: () => void;
}

export function PasteColumns({ onTake, onClose }: PasteColumnsProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const columns = columnsOfJson(text);
  const wrong = text.trim() !== '' && columns === null;
  return (
    <div className={style.paste}>
      <CodeField
        multiline
        label={t('field.pasteJson')}
        value={text}
        invalid={wrong}
        placeholder={'{"id": 1, "at": "2026-01-01 00:00:00"}'}
        context={CONTEXT}
        onChange={setText}
      />
      {wrong ? <p className={inspector.problem}>{t('field.pasteRefused')}</p> : null}
      <div className={style.buttons}>
        <Button small look="primary" disabled={columns === null} onClick={() => (columns === null ? undefined : onTake(columns))}>
          {t('field.takeColumns', { count: columns?.length ?? 0 })}
        </Button>
        <Button small look="ghost" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </div>
  );
}
