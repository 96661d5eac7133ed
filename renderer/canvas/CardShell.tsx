/** What every card that stands for nodes has around it: a group for screen readers, the ring, and badges. */
import { CircleX, Gauge } from 'lucide-react';
import type { ReactNode } from 'react';
import { useContext } from 'react';
import { useDesigner, useStore } from '../app/designer.ts';
import { showFailureOf } from '../logs/failed-node.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import style from './card.module.css';
import type { GroupCard, NodesCard } from './card.ts';
import { CardLookContext } from './card-look.ts';

/** What a card has to say at its border; the worst is shown. */
export interface CardMarks {
  readonly errors: number;
  readonly warnings: number;
  readonly off: boolean;
  readonly stale: boolean;
  readonly bottleneck: boolean;
  readonly pressed: boolean;
  /** Id of the node that the shown run failed at. */
  readonly failed: string | null;
}

interface CardShellProps {
  readonly card: NodesCard | GroupCard;
  readonly label: string;
  readonly selected: boolean;
  readonly className?: string;
  readonly marks: CardMarks;
  readonly children: ReactNode;
}

export function CardShell({ card, label, selected, className, marks, children }: CardShellProps) {
  const { lens, view } = useDesigner();
  const block = useStore(view, (state) => state.level === 'block');
  const look = useContext(CardLookContext);
  const aside = useStore(lens, ({ nodeId, path }) => nodeId !== null && !card.rows.some((row) => path.has(row.node.id)));
  return (
    <fieldset
      data-card={card.id}
      data-look={look ?? undefined}
      className={classes(
        style.card,
        selected && style.selected,
        marks.off && style.cardOff,
        aside && style.aside,
        // From afar hundreds are in view: their border is their own, not a box more.
        block && classes(style.block, borderOf(marks)),
        className,
      )}
      aria-label={label}
    >
      {block ? null : <span className={classes(style.ring, borderOf(marks))} />}
      <Badges marks={marks} />
      {children}
    </fieldset>
  );
}

function borderOf({ off, errors, bottleneck, pressed, failed }: CardMarks): string {
  return classes(
    off && style.off,
    (errors > 0 || failed !== null) && !off && style.error,
    bottleneck && style.hot,
    pressed && !bottleneck && style.pressed,
  );
}

/** A failed run before an error, that before bottleneck, back pressure and warning; stale stands beside them. */
function Badges({ marks }: { readonly marks: CardMarks }) {
  const { t } = useTranslation();
  const { errors, warnings, off, stale, bottleneck, failed } = marks;
  return (
    <>
      {failed !== null ? <FailedBadge nodeId={failed} /> : null}
      {failed !== null ? null : bottleneck ? (
        <span className={style.bottleneck}>
          <Gauge size={12} strokeWidth={2} />
          {t('run.bottleneck')}
        </span>
      ) : null}
      {off || failed !== null ? null : errors > 0 ? (
        <span className={style.errorBadge}>{errors}</span>
      ) : bottleneck ? null : warnings > 0 ? (
        <span className={style.warningBadge}>!</span>
      ) : null}
      {stale ? (
        <span className={style.staleBadge} data-stale="">
          {t('stale.badge')}
        </span>
      ) : null}
    </>
  );
}

/** Leads to the entry of the log that says why; the context menu does the same by keyboard. */
function FailedBadge({ nodeId }: { readonly nodeId: string }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const message = useStore(designer.runs, (state) => state.current?.error?.message ?? '');
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes('nodrag', style.failedBadge)}
      data-failed={nodeId}
      title={message}
      aria-label={t('logs.failedHereLong', { message })}
      onClick={() => showFailureOf(designer, nodeId)}
    >
      <CircleX size={12} strokeWidth={2} />
      {t('logs.failedHere')}
    </button>
  );
}
