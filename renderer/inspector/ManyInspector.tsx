/** Several things selected: what can be done with them together, and, for nodes of one type, their settings at once. */
import { Copy, Trash2 } from 'lucide-react';
import type { JsonValue } from '../../engine/base/json.ts';
import type { NodeSpec } from '../../engine/spec/document.ts';
import type { AnyField } from '../../engine/spec/fields.ts';
import { isVisible } from '../../engine/spec/read-config.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { deleteSelection, duplicateSelection } from '../app/editing.ts';
import { setFields } from '../document/commands.ts';
import { nodeShape } from '../document/definitions.ts';
import { NodeIcon } from '../palette/NodeIcon.tsx';
import { words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import { FieldControl } from './FieldControl.tsx';
import style from './inspector.module.css';
import { useNodeContext } from './use-node-context.ts';
import { valueIn } from './widget.ts';

const ICON = { size: 14, strokeWidth: 1.75 };

export function ManyInspector({ count }: { readonly count: number }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const selected = useStore(designer.selection, (state) => state.nodes);
  const edges = useStore(designer.selection, (state) => state.edges.size);
  const all = useStore(designer.documents, (state) => state.document.nodes);
  const nodes = all.filter((node) => selected.has(node.id));
  const alike = edges === 0 && nodes.length > 1 && nodes.every((node) => node.type === nodes[0].type);
  const actions = (
    <>
      {nodes.length === 0 ? null : (
        <Button small icon={<Copy {...ICON} />} onClick={() => duplicateSelection(designer)}>
          {t('inspector.duplicateAll')}
        </Button>
      )}
      <Button small look="danger" icon={<Trash2 {...ICON} />} onClick={() => deleteSelection(designer)}>
        {t('inspector.deleteAll')}
      </Button>
    </>
  );
  if (!alike)
    return (
      <Empty title={t('inspector.many', { count })} text={t('inspector.manyText')}>
        {actions}
      </Empty>
    );
  return (
    <>
      <div className={style.head}>
        <NodeIcon type={nodes[0].type} category={nodeShape(nodes[0]).category} icon={nodeShape(nodes[0]).icon} large />
        <div className={style.headWords}>
          <strong>{t('inspector.many', { count })}</strong>
          <span className={style.type}>{words(nodeShape(nodes[0]).typeLabel)}</span>
        </div>
      </div>
      <div className={style.body}>
        <SharedFields nodes={nodes} />
        <div className={style.actions}>{actions}</div>
      </div>
    </>
  );
}

/** Fields that all the nodes show; a change goes to all of them as one step. */
function SharedFields({ nodes }: { readonly nodes: readonly NodeSpec[] }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const context = { ...useNodeContext(nodes[0]), nodeId: null, renaming: null };
  const fields = nodeShape(nodes[0]).definition?.fields ?? {};
  const shown = Object.entries(fields).filter(([, field]) => nodes.every((node) => isVisible(fields, field, node.config)));
  const ids = new Set(nodes.map((node) => node.id));
  const set = (name: string, value: JsonValue | undefined) =>
    designer.documents.commit('configure', (document) => setFields(document, ids, name, value), `${[...ids].join(' ')}.${name}`);
  return (
    <div className={style.plain} data-form="">
      <p className={style.manyNote}>{t('inspector.manyFields', { count: nodes.length })}</p>
      <div className={style.fields}>
        {shown.map(([name, field]) =>
          sameEverywhere(nodes, name, field) ? (
            <FieldControl
              key={name}
              name={name}
              path={name}
              field={field}
              config={nodes[0].config}
              problems={[]}
              context={context}
              onChange={(value) => set(name, value)}
            />
          ) : (
            <div key={name} className={style.field} data-field={name}>
              <div className={style.labelRow}>
                <span className={style.label}>{words(field.label)}</span>
                <span className={style.optional}>{t('inspector.differs')}</span>
              </div>
              <Button small onClick={() => set(name, valueIn(nodes[0].config, name, field))}>
                {t('inspector.sameForAll')}
              </Button>
            </div>
          ),
        )}
      </div>
    </div>
  );
}

function sameEverywhere(nodes: readonly NodeSpec[], name: string, field: AnyField): boolean {
  const first = JSON.stringify(valueIn(nodes[0].config, name, field));
  return nodes.every((node) => JSON.stringify(valueIn(node.config, name, field)) === first);
}
