/** A group: its name, what it is for, its colour, the streams that cross its border with their columns, and its members. */
import { Copy, Ellipsis, FolderInput, FolderOpen, Layers, Power, Trash2, Ungroup } from 'lucide-react';
import { useId } from 'react';
import type { GroupSpec } from '../../engine/spec/document.ts';
import { invoke } from '../actions/invoke.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { duplicateSelection } from '../app/editing.ts';
import { enterGroup, renameGroup, switchGroup } from '../app/grouping.ts';
import { tintOf } from '../canvas/tints.ts';
import { setGroupText } from '../document/group-commands.ts';
import { groupIndex } from '../document/group-index.ts';
import { groupTint } from '../picture/tints.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import { GroupMembers } from './GroupMembers.tsx';
import { GroupPorts } from './GroupPorts.tsx';
import own from './group-inspector.module.css';
import style from './inspector.module.css';
import { TintPicker } from './TintPicker.tsx';

const ICON = { size: 15, strokeWidth: 1.75 };

export function GroupInspector({ group }: { readonly group: GroupSpec }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const open = useStore(designer.selection, (state) => state.openGroup === group.id);
  const on = useStore(designer.documents, ({ document }) => {
    const members = new Set(groupIndex(document).allMembers(group.id));
    return members.size === 0 || document.nodes.some((node) => members.has(node.id) && node.disabled !== true);
  });
  return (
    <>
      <Head group={group} />
      <div className={style.body}>
        <Purpose group={group} />
        <Colour group={group} />
        <div className={own.actions}>
          {open ? null : (
            <Button small icon={<FolderOpen size={13} strokeWidth={1.75} />} onClick={() => enterGroup(designer, group.id)}>
              {t('groupForm.open')}
            </Button>
          )}
          <Button small icon={<Power size={13} strokeWidth={1.75} />} onClick={() => switchGroup(designer, group.id)}>
            {t(on ? 'groupForm.switchOff' : 'groupForm.switchOn')}
          </Button>
        </div>
        <GroupPorts groupId={group.id} />
        <GroupMembers groupId={group.id} />
      </div>
    </>
  );
}

function Head({ group }: { readonly group: GroupSpec }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  // The menu is about the group, also while one looks into it.
  const choose = () => {
    if (designer.selection.getState().openGroup === group.id) designer.selection.enter(parentOf(designer, group.id));
    designer.selection.select([], [], [group.id]);
  };
  const act = (run: () => void) => () => {
    choose();
    run();
  };
  return (
    <div className={style.head}>
      <span className={classes(own.tile, tintOf(group.colour))} aria-hidden="true">
        <Layers size={16} strokeWidth={1.75} />
      </span>
      <div className={style.headWords}>
        <input
          className={style.name}
          aria-label={t('groupForm.name')}
          value={group.label}
          placeholder={t('groups.newLabel')}
          spellCheck={false}
          maxLength={200}
          data-node-name=""
          onChange={(event) => renameGroup(designer, group.id, event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') designer.canvas?.focusNode(group.id);
          }}
        />
        <span className={style.type}>{t('groupForm.kind')}</span>
      </div>
      <Menu
        align="end"
        trigger={<IconButton label={t('inspector.actions')} icon={<Ellipsis size={16} strokeWidth={1.75} />} />}
        groups={[
          {
            items: [
              { id: 'duplicate', label: t('action.duplicate'), icon: <Copy {...ICON} />, run: act(() => duplicateSelection(designer)) },
              {
                id: 'move',
                label: t('action.moveToGroup'),
                icon: <FolderInput {...ICON} />,
                run: act(() => invoke(designer, 'moveToGroup')),
              },
              { id: 'ungroup', label: t('groupForm.ungroup'), icon: <Ungroup {...ICON} />, run: act(() => invoke(designer, 'ungroup')) },
            ],
          },
          {
            items: [
              {
                id: 'remove',
                label: t('groupForm.remove'),
                danger: true,
                icon: <Trash2 {...ICON} />,
                run: act(() => invoke(designer, 'removeGroup')),
              },
            ],
          },
        ]}
      />
    </div>
  );
}

function parentOf({ documents }: ReturnType<typeof useDesigner>, id: string): string | null {
  return groupIndex(documents.getState().document).parentOf(id);
}

function Purpose({ group }: { readonly group: GroupSpec }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className={own.field}>
      <label className={style.label} htmlFor={id}>
        {t('groupForm.description')}
      </label>
      <textarea
        id={id}
        className={own.area}
        rows={3}
        maxLength={2000}
        value={group.description ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          designer.documents.commit(
            'configure',
            (document) => setGroupText(document, group.id, 'description', value),
            `${group.id}#description`,
          );
        }}
      />
    </div>
  );
}

function Colour({ group }: { readonly group: GroupSpec }) {
  const designer = useDesigner();
  return (
    <TintPicker
      tint={groupTint(group.colour)}
      icon={<Layers size={13} strokeWidth={1.75} aria-hidden="true" />}
      onChange={(tint) => {
        const colour = tint === 'slate' ? '' : tint;
        designer.documents.commit('configure', (document) => setGroupText(document, group.id, 'colour', colour));
      }}
    />
  );
}
