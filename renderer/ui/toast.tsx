/**
 * Toasts: what happened, what it means, one way out. They report and never ask. What succeeded goes after 4 s, what can be
 * undone after 8 s, errors stay until they are closed and are read out at once; everything else waits its turn.
 */
import i18next from 'i18next';
import type { LucideIcon } from 'lucide-react';
import { CircleCheck, CircleX, Info, TriangleAlert, Undo2, X } from 'lucide-react';
import { toast as sonner } from 'sonner';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import style from './toast.module.css';

type Tone = 'success' | 'error' | 'warning' | 'info' | 'undo';

export interface ToastWay {
  readonly label: string;
  readonly run: () => void;
}

export interface ToastOptions {
  readonly description?: string;
  /** The first is a button, the others are quieter. */
  readonly ways?: readonly ToastWay[];
  readonly duration?: number;
  /** The same id replaces what it said before. */
  readonly id?: string;
}

const SHORT_MS = 4000;
const UNDO_MS = 8000;

const ICONS: Readonly<Record<Tone, LucideIcon>> = {
  success: CircleCheck,
  error: CircleX,
  warning: TriangleAlert,
  info: Info,
  undo: Undo2,
};

const DURATIONS: Readonly<Record<Tone, number>> = {
  success: SHORT_MS,
  error: Number.POSITIVE_INFINITY,
  warning: UNDO_MS,
  info: SHORT_MS,
  undo: UNDO_MS,
};

export const toast = {
  success: (title: string, options?: ToastOptions) => show('success', title, options),
  error: (title: string, options?: ToastOptions) => show('error', title, options),
  warning: (title: string, options?: ToastOptions) => show('warning', title, options),
  info: (title: string, options?: ToastOptions) => show('info', title, options),
  undo: (title: string, options?: ToastOptions) => show('undo', title, options),
  dismiss: (id?: string | number) => void sonner.dismiss(id),
};

/** Answers its id. */
function show(tone: Tone, title: string, options: ToastOptions = {}): string | number {
  return sonner.custom((id) => <ToastCard tone={tone} title={title} options={options} onClose={() => void sonner.dismiss(id)} />, {
    id: options.id,
    duration: options.duration ?? DURATIONS[tone],
  });
}

interface ToastCardProps {
  readonly tone: Tone;
  readonly title: string;
  readonly options: ToastOptions;
  readonly onClose: () => void;
}

function ToastCard({ tone, title, options: { description, ways = [] }, onClose }: ToastCardProps) {
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
