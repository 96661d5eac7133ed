/** What every card that stands for nodes has around it: a group for screen readers, the ring, and badges. */
import { Gauge } from 'lucide-react';
import type { ReactNode } from 'react';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesigner, useStore } from '../app/designer.ts';
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
  const { lens } = useDesigner();
  const look = useContext(CardLookContext);
  const aside = useStore(lens, ({ nodeId, path }) => nodeId !== null && !card.rows.some((row) => path.has(row.node.id)));
  return (
    <fieldset
      data-card={card.id}
      data-look={look ?? undefined}
      className={classes(style.card, selected && style.selected, marks.off && style.cardOff, aside && style.aside, className)}
      aria-label={label}
    >
      <Marks marks={marks} />
      {children}
    </fieldset>
  );
}

/** Error before bottleneck before back pressure before warning; stale stands beside them. */
function Marks({ marks }: { readonly marks: CardMarks }) {
  const { t } = useTranslation();
  const { errors, warnings, off, stale, bottleneck, pressed } = marks;
  return (
    <>
      <span
        className={classes(
          style.ring,
          off && style.off,
          errors > 0 && !off && style.error,
          bottleneck && style.hot,
          pressed && !bottleneck && style.pressed,
        )}
      />
      {bottleneck ? (
        <span className={style.bottleneck}>
          <Gauge size={12} strokeWidth={2} />
          {t('run.bottleneck')}
        </span>
      ) : null}
      {off ? null : errors > 0 ? (
        <span className={style.errorBadge}>{errors}</span>
      ) : bottleneck ? null : warnings > 0 ? (
        <span className={style.warningBadge}>!</span>
      ) : null}
      {stale && !bottleneck ? (
        <span className={style.staleBadge} data-stale="">
          {t('stale.badge')}
        </span>
      ) : null}
    </>
  );
}
