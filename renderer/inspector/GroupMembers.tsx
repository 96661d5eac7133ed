/** What is in a group: its own nodes and the groups inside; a click goes there. */
import { Layers } from 'lucide-react';
import { useDesigner, useStore } from '../app/designer.ts';
import { tintOf } from '../canvas/tints.ts';
import { nodeLabel, nodeShape } from '../document/definitions.ts';
import { groupIndex } from '../document/group-index.ts';
import { NodeIcon } from '../palette/NodeIcon.tsx';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import own from './group-inspector.module.css';

export function GroupMembers({ groupId }: { readonly groupId: string }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const document = useStore(designer.documents, (state) => state.document);
  const index = groupIndex(document);
  const nodes = document.nodes.filter((node) => index.groupOf(node.id) === groupId);
  const groups = index.childrenOf(groupId);
  const go = (id: string, isGroup: boolean) => {
    designer.selection.enter(groupId);
    designer.selection.select(isGroup ? [] : [id], [], isGroup ? [id] : []);
    designer.canvas?.focusNode(id);
  };
  return (
    <section className={own.section} aria-label={t('groupForm.members')}>
      <h3 className={own.title}>{t('groupForm.members')}</h3>
      {nodes.length + groups.length === 0 ? <p className={own.none}>{t('groupForm.noMembers')}</p> : null}
      {nodes.map((node) => (
        <button key={node.id} type="button" className={own.member} onClick={() => go(node.id, false)}>
          <NodeIcon type={node.type} category={nodeShape(node).category} icon={nodeShape(node).icon} />
          <span data-truncates="">{nodeLabel(node, currentLanguage())}</span>
        </button>
      ))}
      {groups.map((group) => (
        <button key={group.id} type="button" className={own.member} onClick={() => go(group.id, true)}>
          <span className={classes(own.smallTile, tintOf(group.colour))} aria-hidden="true">
            <Layers size={13} strokeWidth={1.75} />
          </span>
          <span data-truncates="">{group.label}</span>
        </button>
      ))}
    </section>
  );
}
