/** The polite live region: additions, deletions, connections, undo. */
import { useDesigner, useStore } from './designer.ts';

export function LiveRegion() {
  const { shell } = useDesigner();
  const spoken = useStore(shell, (state) => state.spoken);
  return (
    <div className="visually-hidden" role="status" aria-live="polite" data-live-region="">
      {spoken}
    </div>
  );
}
