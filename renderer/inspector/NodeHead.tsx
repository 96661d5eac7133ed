/** The head of a node's inspector: its icon, its name to be edited, type and id, help, spec as code and what can be done with it. */
import { BookOpen, CodeXml, Copy, Ellipsis, Power, Trash2, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { NodeSpec } from '../../engine/spec/document.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { deleteSelection, duplicateSelection, renameNode, switchSelection } from '../app/editing.ts';
import { nodeShape, presetLabel } from '../document/definitions.ts';
import { NodeIcon } from '../palette/NodeIcon.tsx';
import { words } from '../strings/language.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import style from './inspector.module.css';
import { inspectorView, toggleCode, toggleHelp } from './inspector-view.ts';

const ICON = { size: 15, strokeWidth: 1.75 };
const NAME_LENGTH_MAX = 200;

export function NodeHead({ node }: { readonly node: NodeSpec }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const view = useStore(inspectorView, (state) => state);
  const type = words(presetLabel(node));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' || event.key === 'Escape') designer.canvas?.focusNode(node.id);
  };
  return (
    <div className={style.head}>
      <NodeIcon type={node.type} category={nodeShape(node).category} large />
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
      <span className={style.headTools}>
        <IconButton small keys="F1" label={t('inspector.help')} pressed={view.help} icon={<BookOpen {...ICON} />} onClick={toggleHelp} />
        <IconButton small label={t('inspector.code')} pressed={view.code} icon={<CodeXml {...ICON} />} onClick={toggleCode} />
        <NodeMenu node={node} />
        <IconButton small label={t('inspector.close')} icon={<X {...ICON} />} onClick={() => designer.selection.select([])} />
      </span>
    </div>
  );
}

function NodeMenu({ node }: { readonly node: NodeSpec }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const off = node.disabled === true;
  return (
    <Menu
      align="end"
      trigger={<IconButton small label={t('inspector.actions')} icon={<Ellipsis {...ICON} />} />}
      groups={[
        {
          items: [
            {
              id: 'duplicate',
              label: t('inspector.duplicate'),
              keys: 'Ctrl D',
              icon: <Copy {...ICON} />,
              run: () => duplicateSelection(designer),
            },
            {
              id: 'switch',
              label: off ? t('inspector.switchOn') : t('inspector.switchOff'),
              keys: 'D',
              icon: <Power {...ICON} />,
              run: () => switchSelection(designer),
            },
          ],
        },
        {
          items: [
            {
              id: 'delete',
              label: t('inspector.delete'),
              keys: 'Del',
              danger: true,
              icon: <Trash2 {...ICON} />,
              run: () => deleteSelection(designer),
            },
          ],
        },
      ]}
    />
  );
}
