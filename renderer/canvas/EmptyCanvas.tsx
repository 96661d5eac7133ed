/** What an empty canvas says, with its one drawing: water before a closed gate. */
import { Plus } from 'lucide-react';
import { useDesigner, useStore } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import style from './canvas.module.css';

export function EmptyCanvas({ onAdd }: { readonly onAdd: () => void }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const empty = useStore(designer.documents, (state) => state.document.nodes.length === 0);
  const adding = useStore(designer.shell, (state) => state.quickAdd !== null);
  if (!empty || adding) return null;
  return (
    <div className={style.emptyBox}>
      <Empty icon={<Sluice />} title={t('canvas.emptyTitle')} text={t('canvas.emptyText')}>
        <Button look="primary" icon={<Plus size={14} strokeWidth={2} />} onClick={onAdd}>
          {t('canvas.addSource')}
        </Button>
        <Button onClick={() => designer.shell.set({ dialog: { kind: 'template' } })}>{t('canvas.fromTemplate')}</Button>
      </Empty>
    </div>
  );
}

function Sluice() {
  return (
    <svg className={style.sluice} viewBox="0 0 150 46" fill="none" aria-hidden="true">
      <path d="M4 14h44c22 0 14 18 36 18h62" stroke="var(--bed)" strokeWidth="11" strokeLinecap="round" />
      <path d="M4 14h44c22 0 14 18 36 18h24" stroke="var(--flow)" strokeWidth="3" strokeLinecap="round" />
      <path d="M110 19v26" stroke="var(--ink2)" strokeWidth="4" strokeLinecap="round" />
    </svg>
  );
}
