/** The states of a node card, side by side. */

import type { PipelineDocument } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import type { CardLook } from '../canvas/card-look.ts';
import { useTranslation } from '../strings/use-translation.ts';
import style from './anatomy.module.css';
import { drawings } from './drawings.ts';
import { Specimen } from './Specimen.tsx';
import { running, withProblem } from './states.ts';

type StateName =
  | 'idle'
  | 'hover'
  | 'selected'
  | 'focus'
  | 'error'
  | 'warning'
  | 'stale'
  | 'off'
  | 'running'
  | 'pressed'
  | 'bottleneck'
  | 'group';

interface State {
  readonly name: StateName;
  readonly drawing: PipelineDocument;
  readonly prepare?: (designer: Designer) => Designer;
  readonly look?: CardLook;
}

const SOURCE = { rateIn: 0, rateOut: 12_400, busy: 0.2 };
const BEHIND_MS = 8200;

const STATES: readonly State[] = [
  { name: 'idle', drawing: drawings.velocity },
  { name: 'hover', drawing: drawings.velocity, look: 'hover', prepare: hovered },
  {
    name: 'selected',
    drawing: drawings.velocity,
    prepare: (designer) => {
      designer.selection.select(['velocity']);
      return designer;
    },
  },
  { name: 'focus', drawing: drawings.velocity, look: 'focus' },
  { name: 'error', drawing: drawings.error },
  { name: 'warning', drawing: drawings.velocity, prepare: warned },
  { name: 'stale', drawing: drawings.velocity, prepare: stale },
  { name: 'off', drawing: drawings.off },
  { name: 'running', drawing: drawings.velocity, prepare: (designer) => busy(designer, 0.41, 0, BEHIND_MS) },
  { name: 'pressed', drawing: drawings.velocity, prepare: (designer) => busy(designer, 0.36, 0.58, 8900) },
  { name: 'bottleneck', drawing: drawings.velocity, prepare: (designer) => busy(designer, 0.97, 0, 8900) },
  { name: 'group', drawing: drawings.group, prepare: groupRunning },
];

export function NodeStates() {
  const { t } = useTranslation();
  return (
    <div className={style.grid}>
      {STATES.map((state) => (
        <figure key={state.name} className={style.state} data-state={state.name}>
          <Specimen
            drawing={state.drawing}
            prepare={state.prepare}
            look={state.look}
            width={240}
            height={['running', 'pressed', 'bottleneck', 'group'].includes(state.name) ? 133 : 76}
            at={{ x: 14, y: 12 }}
          />
          <figcaption>
            <strong>{t(`gallery.state.${state.name}.title`)}</strong>
            <span>{t(`gallery.state.${state.name}.text`)}</span>
          </figcaption>
        </figure>
      ))}
    </div>
  );
}

function warned(designer: Designer): Designer {
  return withProblem(designer, 'velocity', {
    code: 'MR0000',
    severity: 'warning',
    text: { en: '', zh: '' },
    parameters: {},
    nodeId: 'velocity',
    fixes: [],
  });
}

function stale(designer: Designer): Designer {
  const state = { nodes: new Set(['velocity']), ran: null };
  return { ...designer, stale: { ...designer.stale, getState: () => state } };
}

function hovered(designer: Designer): Designer {
  designer.gestures.set({ card: 'velocity' });
  return designer;
}

function busy(designer: Designer, share: number, pressed: number, behindMs: number): Designer {
  running(
    designer,
    {
      source: { ...SOURCE, pressed: share > 0.9 ? 0.5 : 0 },
      time: { rateIn: 12_400, rateOut: 12_400, busy: 0.2, pressed: share > 0.9 ? 0.5 : 0 },
      velocity: { rateIn: 12_400, rateOut: 690, busy: share, pressed, behindMs },
      sink: { rateIn: 690, rateOut: 0, busy: pressed > 0 ? 0.9 : 0.1 },
    },
    { e2: 12_400, e3: 690 },
  );
  return designer;
}

function groupRunning(designer: Designer): Designer {
  const member = { rateIn: 12_400, rateOut: 0.2, busy: 0.18, behindMs: BEHIND_MS };
  running(designer, { source: SOURCE, buys: member, home: member, hours: member, big: member }, { e2: 12_400, e6: 0.2 });
  return designer;
}
