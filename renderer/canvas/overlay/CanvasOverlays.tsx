/** Everything that floats over the drawing while hands are on it. */
import { useDesigner, useStore } from '../../app/designer.ts';
import { AlignBar } from './AlignBar.tsx';
import { ConnectHint } from './ConnectHint.tsx';
import { DropQuestion } from './DropQuestion.tsx';
import { EdgePlus } from './EdgePlus.tsx';
import { EdgePopover } from './EdgePopover.tsx';
import { HandLines } from './HandLines.tsx';
import { NodeActions } from './NodeActions.tsx';
import { NodeTip } from './NodeTip.tsx';
import { PortPlus } from './PortPlus.tsx';
import { PortTip } from './PortTip.tsx';

export function CanvasOverlays() {
  const { view, gestures } = useDesigner();
  const far = useStore(view, (state) => state.level === 'block');
  const resting = useStore(gestures, (state) => state.activity === 'rest');
  return (
    <>
      <HandLines />
      <ConnectHint />
      <AlignBar />
      {far || !resting ? null : (
        <>
          <NodeActions />
          <PortPlus />
          <EdgePlus />
          <NodeTip />
          <PortTip />
        </>
      )}
      <EdgePopover />
      <DropQuestion />
    </>
  );
}
