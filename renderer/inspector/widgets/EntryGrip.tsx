/** What moves an entry of a list: a grip to drag, with Alt and an arrow by keyboard, and the place that takes what is dragged. */
import { GripVertical } from 'lucide-react';
import type { DragEvent, KeyboardEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from '../../strings/use-translation.ts';
import style from './widgets.module.css';

export type MoveEntry = (from: number, to: number) => void;

/** Kinds of data of a drag, which browsers write small: only entries of this page are taken, and only within their list. */
const dragType = (list: string): string => `application/x-millrace-entry-${list.toLowerCase()}`;

interface EntryGripProps {
  /** Path of the list in the config. */
  readonly list: string;
  readonly index: number;
  readonly count: number;
  readonly name: string;
  readonly onMove: MoveEntry;
}

export function EntryGrip({ list, index, count, name, onMove }: EntryGripProps) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      draggable
      className={style.grip}
      data-entry-grip=""
      aria-label={t('field.moveEntry', { name })}
      title={t('field.moveEntry', { name })}
      onKeyDown={(event) => moveByKey(event, index, count, onMove)}
      onDragStart={(event) => {
        event.dataTransfer.setData(dragType(list), String(index));
        event.dataTransfer.effectAllowed = 'move';
      }}
    >
      <GripVertical size={13} strokeWidth={1.75} />
    </button>
  );
}

/** For the element around an entry. */
export function useEntryDrop(list: string, index: number, onMove: MoveEntry) {
  const [over, setOver] = useState(false);
  return {
    'data-over': over,
    onDragOver(event: DragEvent) {
      if (!event.dataTransfer.types.includes(dragType(list))) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      setOver(false);
      if (!event.dataTransfer.types.includes(dragType(list))) return;
      event.preventDefault();
      onMove(Number(event.dataTransfer.getData(dragType(list))), index);
    },
  };
}

/** Alt with an arrow takes the entry one place on; the focus goes with its grip. */
export function moveByKey(event: KeyboardEvent, index: number, count: number, onMove: MoveEntry): void {
  const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
  if (!event.altKey || step === 0) return;
  event.preventDefault();
  event.stopPropagation();
  const to = index + step;
  if (to < 0 || to >= count) return;
  const list = event.currentTarget.closest('[data-entries]');
  onMove(index, to);
  requestAnimationFrame(() => list?.querySelectorAll<HTMLElement>('[data-entry-grip]')[to]?.focus());
}
