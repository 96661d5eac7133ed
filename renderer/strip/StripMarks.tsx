/** Checkpoints and savepoints on the strip: one Tab stop walked with the arrow keys; resting on one tells of it, opening one offers what can be done. */
import i18next from 'i18next';
import { Popover } from 'radix-ui';
import type { KeyboardEvent } from 'react';
import { useRef, useState } from 'react';
import type { CheckpointInfo } from '../../engine/host/contract.ts';
import { useDesigner } from '../app/designer.ts';
import { listKept } from '../runs/start-from.ts';
import { formatBytes, formatSpan } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import overlay from '../ui/overlay.module.css';
import { MarkActions, MarkFacts } from './MarkCard.tsx';
import style from './strip.module.css';
import type { Mark } from './strip-scale.ts';

const LABEL_HALF = 44;

interface StripMarksProps {
  readonly marks: readonly Mark[];
  readonly width: number;
}

export function StripMarks({ marks, width }: StripMarksProps) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [looked, setLooked] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const stop = marks.some((mark) => markKey(mark.checkpoint) === chosen) ? chosen : markKey(marks[marks.length - 1]?.checkpoint ?? null);
  const onKeyDown = (event: KeyboardEvent) => {
    const place = marks.findIndex((mark) => markKey(mark.checkpoint) === stop);
    const target = walk(event.key, place, marks.length);
    if (target === null) return;
    event.preventDefault();
    setChosen(markKey(marks[target].checkpoint));
    list.current?.querySelectorAll<HTMLButtonElement>('[data-mark]')[target]?.focus();
  };
  const openMark = (key: string) => {
    setOpen(key);
    void listKept(designer);
  };
  return (
    <ul ref={list} className={style.marks} aria-label={t('strip.marks')} onKeyDown={onKeyDown}>
      {marks.map((mark) => {
        const key = markKey(mark.checkpoint);
        return (
          <li key={key}>
            <i
              className={classes(style.duration, mark.slow && style.slow)}
              style={{ ...across(mark.startX), width: Math.max(2, mark.x - mark.startX) }}
            />
            <Popover.Root open={open === key} onOpenChange={(now) => (now ? openMark(key) : setOpen(null))}>
              <Popover.Trigger asChild>
                <button
                  type="button"
                  className={style.mark}
                  style={across(mark.x)}
                  tabIndex={key === stop ? 0 : -1}
                  aria-label={markName(mark)}
                  data-mark={mark.checkpoint.id}
                  data-kind={mark.checkpoint.kind}
                  data-status={mark.checkpoint.status}
                  onFocus={() => {
                    setChosen(key);
                    setLooked(key);
                  }}
                  onBlur={() => setLooked(null)}
                  onPointerEnter={() => setLooked(key)}
                  onPointerLeave={() => setLooked(null)}
                >
                  <i className={classes(style.diamond, ...lookOf(mark))} />
                </button>
              </Popover.Trigger>
              <Popover.Portal>
                <Popover.Content className={classes(overlay.popover, style.card)} side="top" sideOffset={6} collisionPadding={8}>
                  <MarkFacts mark={mark} />
                  <MarkActions checkpoint={mark.checkpoint} onDone={() => setOpen(null)} />
                </Popover.Content>
              </Popover.Portal>
            </Popover.Root>
            {mark.labelled ? <MarkLabel mark={mark} width={width} /> : null}
            {looked === key && open === null ? (
              <div
                className={classes(overlay.popover, style.card, style.hoverCard)}
                style={{ left: clamp(mark.x, 130, width - 130) }}
                aria-hidden="true"
              >
                <MarkFacts mark={mark} />
              </div>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

function MarkLabel({ mark, width }: { readonly mark: Mark; readonly width: number }) {
  const { t } = useTranslation();
  const { checkpoint } = mark;
  return (
    <span className={style.label} style={across(clamp(mark.x, LABEL_HALF, width - LABEL_HALF))} aria-hidden="true">
      <span>
        #{checkpoint.id}
        {checkpoint.status === 'complete' ? '' : ` ${t(`checkpoints.${checkpoint.status}`)}`}
      </span>
      {checkpoint.status === 'complete' ? (
        <span className={style.labelFacts}>
          {formatBytes(checkpoint.bytes)} · {formatSpan(checkpoint.durationMs ?? 0)}
        </span>
      ) : null}
    </span>
  );
}

/** By transforming: what time carries on lays nothing out anew. */
export function across(x: number): { readonly transform: string } {
  return { transform: `translateX(${x}px)` };
}

function lookOf({ checkpoint, slow }: Mark): readonly (string | false)[] {
  return [
    checkpoint.kind === 'savepoint' && style.filled,
    checkpoint.status === 'in-progress' && style.writing,
    checkpoint.status === 'failed' && style.failed,
    slow && style.slow,
  ];
}

function markName({ checkpoint, others }: Mark): string {
  const { t } = i18next;
  const words = [
    `${t(`checkpoints.${checkpoint.kind}`)} #${checkpoint.id}`,
    t(`checkpoints.${checkpoint.status}`),
    checkpoint.status === 'complete' ? `${formatBytes(checkpoint.bytes)}, ${formatSpan(checkpoint.durationMs ?? 0)}` : '',
    others > 0 ? t('strip.others', { count: others }) : '',
  ];
  return words.filter(Boolean).join(', ');
}

function markKey(checkpoint: CheckpointInfo | null): string {
  return checkpoint === null ? '' : `${checkpoint.kind} ${checkpoint.id}`;
}

function walk(key: string, place: number, count: number): number | null {
  const target = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: count - 1 }[key];
  return target === undefined || count === 0 ? null : clamp(target, 0, count - 1);
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
