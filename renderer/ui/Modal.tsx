/** A dialog with a head, a scrolling body and a foot. */
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from './classes.ts';
import { IconButton } from './IconButton.tsx';
import style from './overlay.module.css';

interface ModalProps {
  readonly title: string;
  readonly lead?: string;
  readonly wide?: boolean;
  /** 1180 px wide and four fifths of the window high; its content lays itself out to the edges. */
  readonly full?: boolean;
  /** As full, and as large as the window lets it be. */
  readonly whole?: boolean;
  readonly icon?: ReactNode;
  /** At the left of the foot. */
  readonly footStart?: ReactNode;
  /** At the right of the head. */
  readonly aside?: ReactNode;
  readonly foot?: ReactNode;
  readonly children: ReactNode;
  readonly onClose: () => void;
  /** Where the focus goes then; absent, or if it answers false: back to where it was. */
  readonly returnFocus?: () => boolean;
}

export function Modal(props: ModalProps) {
  const { title, lead, wide = false, full = false, whole = false, icon, aside, footStart, foot, children, onClose, returnFocus } = props;
  const { t } = useTranslation();
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className={style.scrim} />
        <Dialog.Content
          className={classes(style.dialog, wide && style.wide, (full || whole) && style.full, whole && style.whole)}
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => focusContent(event)}
          onCloseAutoFocus={(event) => {
            if (returnFocus?.() === true) event.preventDefault();
          }}
          onEscapeKeyDown={(event) => {
            // A control that gives Esc a meaning of its own keeps the dialog open.
            if (event.target instanceof Element && event.target.closest('[data-owns-escape]') !== null) event.preventDefault();
          }}
        >
          <div className={style.dialogHead}>
            {icon === undefined ? null : <span className={style.dialogIcon}>{icon}</span>}
            <div className={style.dialogWords}>
              <Dialog.Title className={style.dialogTitle}>{title}</Dialog.Title>
              {lead === undefined ? null : <p className={style.dialogLead}>{lead}</p>}
            </div>
            {aside === undefined ? null : <div className={style.dialogAside}>{aside}</div>}
            <Dialog.Close asChild>
              <IconButton label={t('common.close')} icon={<X size={16} strokeWidth={1.75} />} />
            </Dialog.Close>
          </div>
          <div className={style.dialogBody} data-dialog-body="">
            {children}
          </div>
          {foot === undefined ? null : (
            <div className={style.dialogFoot} data-dialog-foot="">
              {footStart === undefined ? null : <span className={style.dialogFootStart}>{footStart}</span>}
              {foot}
            </div>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Into what the dialog asks, else onto its main button; the cross in the corner is the last thing one wants. */
function focusContent(event: Event): void {
  const dialog = event.currentTarget;
  if (!(dialog instanceof HTMLElement)) return;
  const first =
    dialog.querySelector<HTMLElement>('[data-dialog-focus]') ??
    dialog.querySelector<HTMLElement>('[data-dialog-body] input') ??
    dialog.querySelector<HTMLElement>('[data-dialog-foot] button:last-child:not(:disabled)') ??
    dialog.querySelector<HTMLElement>('[data-dialog-body] :is(button:not(:disabled), [tabindex="0"])');
  event.preventDefault();
  if (first === null) {
    dialog.focus();
    return;
  }
  first.focus();
  if (first instanceof HTMLInputElement) first.select();
}
