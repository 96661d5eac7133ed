/** A panel whose size in pixels is remembered by the host, with the bar that changes it. */
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { PanelSize } from 'react-resizable-panels';
import { Panel, Separator } from 'react-resizable-panels';
import { useDesigner } from './designer.ts';
import style from './frame.module.css';

type SizeKey = 'leftWidth' | 'rightWidth' | 'lateWidth' | 'dockHeight';

interface SizedPanelProps {
  readonly id: string;
  readonly remember: SizeKey;
  readonly minimum: number;
  readonly maximum: number | string;
  readonly children: ReactNode;
}

export function SizedPanel({ id, remember, minimum, maximum, children }: SizedPanelProps) {
  const { preferences } = useDesigner();
  const [size] = useState(() => preferences.getState()[remember]);
  const onResize = (now: PanelSize, _id: unknown, previous: PanelSize | undefined) => {
    const pixels = Math.round(now.inPixels);
    // The first report is the size that was just restored.
    if (previous !== undefined && pixels >= minimum && pixels !== preferences.getState()[remember]) preferences.set({ [remember]: pixels });
  };
  return (
    <Panel id={id} defaultSize={size} minSize={minimum} maxSize={maximum} groupResizeBehavior="preserve-pixel-size" onResize={onResize}>
      {children}
    </Panel>
  );
}

export function ColumnBar() {
  return <Separator className={style.separator} />;
}

export function RowBar() {
  return <Separator className={style.rowSeparator} />;
}
