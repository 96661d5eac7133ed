/** The look of one toast: an icon of its tone, what happened, what it means, its ways out. */
import i18next from 'i18next';
import type { LucideIcon } from 'lucide-react';
import { CircleCheck, CircleX, Info, TriangleAlert, Undo2, X } from 'lucide-react';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import style from './toast.module.css';

export type ToastTone = 'success' | 'error' | 'warning' | 'info' | 'undo';

export interface ToastWay {
  readonly label: string;
  readonly run: () => void;
}

const ICONS: Readonly<Record<ToastTone, LucideIcon>> = {
  success: CircleCheck,
  error: CircleX,
  warning: TriangleAlert,
  info: Info,
  undo: Undo2,
};

interface ToastCardProps {
  readonly tone: ToastTone;
  readonly title: string;
  readonly description?: string;
  /** The first is a button, the others are quieter. */
  readonly ways?: readonly ToastWay[];
  readonly onClose: () => void;
}

export function ToastCard({ tone, title, description, ways = [], onClose }: ToastCardProps) {
  const Icon = ICONS[tone];
  return (
    <div className={classes(style.toast, style[tone])} role={tone === 'error' ? 'alert' : undefined} data-toast={tone}>
      <Icon size={18} strokeWidth={1.75} className={style.icon} aria-hidden="true" />
      <div className={style.words}>
        <p className={style.title}>{title}</p>
        {description === undefined ? null : (
          <p className={style.description} data-selectable="">
            {description}
          </p>
        )}
        {ways.length === 0 ? null : (
          <div className={style.ways}>
            {ways.map((way, index) => (
              <Button
                key={way.label}
                small
                look={index === 0 ? 'raised' : 'ghost'}
                onClick={() => {
                  onClose();
                  way.run();
                }}
              >
                {way.label}
              </Button>
            ))}
          </div>
        )}
      </div>
      <button type="button" className={style.close} aria-label={i18next.t('common.close')} onClick={onClose}>
        <X size={15} strokeWidth={1.75} />
      </button>
    </div>
  );
}
