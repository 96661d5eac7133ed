/** A plus over the chip of the edge under the pointer: quick-add into that edge. */
import { Plus } from 'lucide-react';
import { useDesigner, useStore } from '../../app/designer.ts';
import { centredAt } from '../../app/editing.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { CHIP_HEIGHT } from '../geometry.ts';
import { Anchored } from './Anchored.tsx';
import style from './overlay.module.css';

const GAP = 3;

export function EdgePlus() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const { gestures, view, shell } = designer;
  const edge = useStore(gestures, (state) => state.edge);
  const adding = useStore(shell, (state) => state.quickAdd !== null);
  const present = useStore(view, (state) => state.scene.some((candidate) => candidate.id === edge));
  if (edge === null || adding || !present) return null;
  const scene = () => view.getState().scene.find((candidate) => candidate.id === edge);
  return (
    <Anchored
      key={edge}
      at={() => {
        const chip = scene()?.chipAt;
        return chip === undefined ? null : { x: chip.x, y: chip.y - CHIP_HEIGHT / 2 };
      }}
      side="above"
      gap={GAP}
      loose
      onPointerEnter={() => gestures.stay()}
      onPointerLeave={() => gestures.leave('edge')}
    >
      <button
        type="button"
        className={style.plus}
        tabIndex={-1}
        data-plus-edge={edge}
        aria-label={t('gesture.insertHere')}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const chip = scene()?.chipAt;
          const line = scene()?.line.spec;
          if (chip === undefined || line === undefined) return;
          gestures.set({ edge: null });
          shell.set({
            quickAdd: { at: centredAt(chip), screen: { x: box.right, y: box.bottom }, from: { port: line.from, side: 'out' }, edge },
          });
        }}
      >
        <Plus size={12} strokeWidth={2.25} />
      </button>
    </Anchored>
  );
}
