/** While the keyboard connects: the line to the port that Enter would take, and the keys that lead there. */
import { ViewportPortal } from '@xyflow/react';
import { useDesigner, useStore } from '../../app/designer.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { Keys } from '../../ui/Keys.tsx';
import style from '../canvas.module.css';
import { edgeCurve, svgPath } from '../geometry.ts';
import type { KeyboardConnection } from '../keyboard-connect.ts';
import { connectionEnds, keyboardConnection } from '../keyboard-connect.ts';
import own from './overlay.module.css';

export function ConnectHint() {
  const designer = useDesigner();
  const from = useStore(designer.selection, (state) => state.connectingFrom);
  return from === null ? null : <Hint />;
}

function Hint() {
  const designer = useDesigner();
  const { t } = useTranslation();
  useStore(designer.selection, (state) => state.focus);
  useStore(designer.connecting, (state) => state.choice);
  const connection = keyboardConnection(designer);
  if (connection === null) return null;
  return (
    <>
      <Preview connection={connection} />
      <div className={own.connectHint} data-connect-hint="">
        <span>{connection.sentence}</span>
        <span>
          <Keys keys="Tab" /> {t('gesture.otherPort')}
        </span>
        <span>
          <Keys keys="Enter" /> {t('gesture.connectNow')}
        </span>
        <span>
          <Keys keys="Esc" /> {t('common.cancel')}
        </span>
      </div>
    </>
  );
}

function Preview({ connection }: { readonly connection: KeyboardConnection }) {
  const designer = useDesigner();
  const ends = connectionEnds(designer, connection);
  if (ends === null) return null;
  const refused = connection.reason !== null;
  return (
    <ViewportPortal>
      <svg className={own.lines} aria-hidden="true">
        <path d={svgPath(edgeCurve(ends.from, ends.to))} className={refused ? style.drawingRefused : style.drawing} />
      </svg>
      {connection.reason === null ? null : (
        <div className={own.reasonAt} style={{ transform: `translate(${ends.to.x}px, ${ends.to.y - 14}px) translate(-50%, -100%)` }}>
          <span className={style.reason} data-reason="">
            {connection.reason}
          </span>
        </div>
      )}
    </ViewportPortal>
  );
}
