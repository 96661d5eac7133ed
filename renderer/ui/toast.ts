/**
 * Toasts: what happened, what it means, one way out. They report and never ask. What succeeded goes after 4 s, what can be
 * undone after 8 s, errors stay until they are closed and are read out at once; everything else waits its turn.
 */
import { createElement } from 'react';
import { toast as sonner } from 'sonner';
import type { ToastTone, ToastWay } from './ToastCard.tsx';
import { ToastCard } from './ToastCard.tsx';

export interface ToastOptions {
  readonly description?: string;
  readonly ways?: readonly ToastWay[];
  readonly duration?: number;
  /** The same id replaces what it said before. */
  readonly id?: string;
}

const SHORT_MS = 4000;
const UNDO_MS = 8000;

const DURATIONS: Readonly<Record<ToastTone, number>> = {
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
function show(tone: ToastTone, title: string, { description, ways, duration = DURATIONS[tone], id }: ToastOptions = {}): string | number {
  const card = (key: string | number) =>
    createElement(ToastCard, { tone, title, description, ways, onClose: () => void sonner.dismiss(key) });
  return sonner.custom(card, { id, duration });
}
