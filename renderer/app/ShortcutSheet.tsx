/** Every key that does something, on one sheet of two columns. */

import { keysShown } from '../actions/keymap.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Keys } from '../ui/Keys.tsx';
import { Modal } from '../ui/Modal.tsx';
import { useDesigner, useStore } from './designer.ts';
import style from './dialogs.module.css';
import { shortcutRows } from './shortcut-rows.ts';

export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const own = useStore(designer.preferences, (state) => state.keys);
  const rows = shortcutRows(own);
  const half = Math.ceil(rows.length / 2);
  return (
    <Modal
      title={t('shortcuts.title')}
      wide
      aside={
        <>
          <button
            type="button"
            className={style.sheetChange}
            onClick={() => designer.shell.set({ dialog: { kind: 'settings', tab: 'keys' } })}
          >
            {t('shortcuts.change')}
          </button>
          <Keys keys={keysShown(designer, 'shortcuts') ?? ''} />
        </>
      }
      onClose={onClose}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled with the keyboard too */}
      <section className={style.sheet} tabIndex={0} aria-label={t('action.shortcuts')}>
        {[rows.slice(0, half), rows.slice(half)].map((column) => (
          <dl key={column[0]?.label ?? ''}>
            {column.map((row) => (
              <div key={row.label}>
                <dt>{row.label}</dt>
                <dd>
                  <span className="visually-hidden">{row.keys}</span>
                  <Keys keys={row.keys} />
                </dd>
              </div>
            ))}
          </dl>
        ))}
      </section>
    </Modal>
  );
}
