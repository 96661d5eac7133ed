/** A running chain of three with numbered callouts. */

import type { Point } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import style from './anatomy.module.css';
import { drawings } from './drawings.ts';
import { Specimen } from './Specimen.tsx';
import { running } from './states.ts';

const AT: Point = { x: 66, y: 54 };

/** Where a number stands and what its line points at, from the card's top left corner. */
const CALLOUTS: readonly { readonly at: Point; readonly to: Point }[] = [
  { at: { x: -30, y: 26 }, to: { x: 10, y: 26 } },
  { at: { x: 114, y: -24 }, to: { x: 84, y: 10 } },
  { at: { x: -30, y: 62 }, to: { x: 20, y: 53 } },
  { at: { x: 252, y: 130 }, to: { x: 214, y: 130 } },
  { at: { x: 252, y: 20 }, to: { x: 214, y: 40 } },
  { at: { x: -30, y: 160 }, to: { x: 8, y: 170 } },
  { at: { x: -30, y: 184 }, to: { x: 8, y: 183 } },
  { at: { x: -30, y: 208 }, to: { x: 8, y: 200 } },
  { at: { x: 184, y: 234 }, to: { x: 176, y: 208 } },
];

const NUMBERS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

export function NodeAnatomy() {
  const { t } = useTranslation();
  return (
    <div className={style.chain}>
      <div className={style.callouts}>
        <Specimen drawing={drawings.chain} prepare={prepare} width={360} height={300} at={AT} />
        <svg className={style.pointers} width={360} height={300} aria-hidden="true">
          {CALLOUTS.map(({ at, to }) => (
            <line key={`${at.x} ${at.y}`} x1={AT.x + at.x} y1={AT.y + at.y} x2={AT.x + to.x} y2={AT.y + to.y} />
          ))}
        </svg>
        {CALLOUTS.map(({ at }, index) => (
          <span key={NUMBERS[index]} className={style.number} style={{ left: AT.x + at.x, top: AT.y + at.y }}>
            {NUMBERS[index]}
          </span>
        ))}
      </div>
      <ol className={style.legend}>
        {NUMBERS.map((number) => (
          <li key={number}>
            <span className={style.dot}>{number}</span>
            {t(`gallery.callout.n${number}`)}
          </li>
        ))}
      </ol>
    </div>
  );
}

function prepare(designer: Designer): Designer {
  const task = { rateIn: 12_400, rateOut: 12_400, busy: 0.46, pressed: 0.38, behindMs: 8200 };
  running(
    designer,
    { source: { ...task, rateIn: 0 }, pick: task, time: task, sink: { rateIn: 12_400, rateOut: 0, busy: 0.6 } },
    { e3: 12_400 },
  );
  return designer;
}
