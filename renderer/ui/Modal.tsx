/** A dialog with a head, a scrolling body and a foot. */
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from './classes.ts';
import { IconButton } from './IconButton.tsx';
import style from './overlay.module.css';

interface ModalProps {
  readonly title: string;
  readonly lead?: string;
  readonly wide?: boolean;
  readonly foot?: ReactNode;
  readonly children: ReactNode;
  readonly onClose: () => void;
}

export function Modal({ title, lead, wide = false, foot, children, onClose }: ModalProps) {
  const { t } = useTranslation();
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className={style.scrim} />
        <Dialog.Content className={classes(style.dialog, wide && style.wide)} aria-describedby={undefined}>
          <div className={style.dialogHead}>
            <div>
              <Dialog.Title className={style.dialogTitle}>{title}</Dialog.Title>
              {lead === undefined ? null : <p className={style.dialogLead}>{lead}</p>}
            </div>
            <Dialog.Close asChild>
              <IconButton label={t('common.close')} icon={<X size={16} strokeWidth={1.75} />} />
            </Dialog.Close>
          </div>
          <div className={style.dialogBody}>{children}</div>
          {foot === undefined ? null : <div className={style.dialogFoot}>{foot}</div>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
