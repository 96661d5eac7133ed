/** The head of a node's inspector: its icon, its name to be edited, type and id, help, spec as code and what can be done with it. */
import { Ellipsis, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { memo } from 'react';
import type { NodeSpec } from '../../engine/spec/document.ts';
import { ActionButton } from '../actions/ActionButton.tsx';
import { ActionMenu } from '../actions/ActionMenu.tsx';
import { useDesigner, useStore } from '../app/designer.ts';
import { renameNode } from '../app/editing.ts';
import { NODE_MENU } from '../canvas/context-menu.ts';
import { nodeShape, presetLabel } from '../document/definitions.ts';
import { NodeIcon } from '../palette/NodeIcon.tsx';
import { words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { IconButton } from '../ui/IconButton.tsx';
import style from './inspector.module.css';
import { inspectorView } from './inspector-view.ts';

const ICON = { size: 15, strokeWidth: 1.75 };
const NAME_LENGTH_MAX = 200;

export function NodeHead({ node }: { readonly node: NodeSpec }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const type = words(presetLabel(node));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') designer.canvas?.focusNode(node.id);
  };
  return (
    <div className={style.head}>
      <NodeIcon type={node.type} category={nodeShape(node).category} icon={nodeShape(node).icon} large />
      <div className={style.headWords}>
        <input
          className={style.name}
          aria-label={t('inspector.name')}
          value={node.label ?? ''}
          placeholder={type}
          title={node.label ?? type}
          spellCheck={false}
          autoComplete="off"
          maxLength={NAME_LENGTH_MAX}
          data-node-name=""
          data-truncates=""
          onChange={(event) => renameNode(designer, node.id, event.target.value)}
          onKeyDown={onKeyDown}
        />
        <span className={style.type} data-truncates="" title={`${type} · ${node.id}`}>
          {type} · <code>{node.id}</code>
        </span>
      </div>
      <HeadTools />
    </div>
  );
}

/** The same for every node, so that typing its name does not draw them again. */
const HeadTools = memo(function HeadTools() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const view = useStore(inspectorView, (state) => state);
  return (
    <span className={style.headTools}>
      <ActionButton id="nodeHelp" small label={t('inspector.help')} pressed={view.help} />
      <ActionButton id="nodeCode" small label={t('inspector.code')} pressed={view.code} />
      <ActionMenu list={NODE_MENU} trigger={<IconButton small label={t('inspector.actions')} icon={<Ellipsis {...ICON} />} />} />
      <IconButton small label={t('inspector.close')} icon={<X {...ICON} />} onClick={() => designer.selection.select([])} />
    </span>
  );
});
