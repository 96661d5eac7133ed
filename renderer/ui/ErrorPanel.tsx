/** What failed on a surface: the fact, the evidence, the likely cause, the ways out with the best one first. */
import { Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import style from './states.module.css';

interface ErrorPanelProps {
  readonly icon?: ReactNode;
  readonly title: string;
  /** Where, how often, how long. */
  readonly detail?: string;
  /** As the machine said it; can be selected and copied. */
  readonly evidence?: string;
  readonly cause?: string;
  /** Buttons, primary first. */
  readonly children?: ReactNode;
}

export function ErrorPanel({ icon, title, detail, evidence, cause, children }: ErrorPanelProps) {
  return (
    <div className={style.error} role="alert">
      <div className={style.errorHead}>
        <span className={style.errorTile}>{icon ?? <Unplug size={16} strokeWidth={1.75} />}</span>
        <div className={style.errorWords}>
          <p className={style.errorTitle}>{title}</p>
          {detail === undefined ? null : <p className={style.errorDetail}>{detail}</p>}
        </div>
      </div>
      {evidence === undefined ? null : (
        <pre className={style.evidence} data-selectable="">
          {evidence}
        </pre>
      )}
      {cause === undefined ? null : <p className={style.cause}>{cause}</p>}
      {children === undefined ? null : <div className={style.waysOut}>{children}</div>}
    </div>
  );
}
