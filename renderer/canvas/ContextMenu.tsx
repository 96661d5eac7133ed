/** The context menu of the canvas: for what was pointed at, where it was pointed at. */

import { menuGroups } from '../actions/menu-items.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { PointMenu } from '../ui/Menu.tsx';
import { CONTEXT_MENUS } from './context-menu.ts';

export function ContextMenu() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const request = useStore(designer.shell, (state) => state.contextMenu);
  if (request === null) return null;
  const { target, screen } = request;
  return (
    <PointMenu
      key={`${screen.x} ${screen.y}`}
      label={t(`contextMenu.${target}`)}
      groups={menuGroups(designer, CONTEXT_MENUS[target], screen)}
      at={screen}
      onClose={() => designer.shell.set({ contextMenu: null })}
      onRefocus={() => refocus(designer)}
    />
  );
}

/** An action may have moved the focus already, into a field or a box of its own. */
function refocus(designer: ReturnType<typeof useDesigner>): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  designer.canvas?.focusNode(designer.selection.getState().focus);
}
