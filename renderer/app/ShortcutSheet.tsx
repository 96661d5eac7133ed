/** Every key that does something, on one sheet. */
import { useTranslation } from 'react-i18next';
import { Keys } from '../ui/Keys.tsx';
import { Modal } from '../ui/Modal.tsx';
import style from './dialogs.module.css';

const SHEET = [
  ['run', 'F5'],
  ['stop', 'Shift F5'],
  ['savepoint', 'Ctrl Shift S'],
  ['save', 'Ctrl S'],
  ['open', 'Ctrl O'],
  ['undo', 'Ctrl Z'],
  ['redo', 'Ctrl Shift Z'],
  ['selectAll', 'Ctrl A'],
  ['clipboard', 'Ctrl C X V'],
  ['duplicate', 'Ctrl D'],
  ['remove', 'Del'],
  ['heal', 'Ctrl Del'],
  ['switchOff', 'D'],
  ['rename', 'F2'],
  ['quickAdd', 'Insert'],
  ['connect', 'C'],
  ['walk', 'Alt ← →'],
  ['nudge', '← →'],
  ['nudgeFar', 'Ctrl ← →'],
  ['inspect', 'Enter'],
  ['escape', 'Esc'],
  ['zoomReset', '0'],
  ['fit', '1'],
  ['zoom', '+ −'],
  ['layout', 'Shift L'],
  ['nextProblem', 'F8'],
] as const;

export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal title={t('shortcuts.title')} wide onClose={onClose}>
      <ul className={style.sheet}>
        {SHEET.map(([name, keys]) => (
          <li key={name}>
            <span>{t(`shortcuts.${name}`)}</span>
            <Keys keys={keys} />
          </li>
        ))}
      </ul>
    </Modal>
  );
}
