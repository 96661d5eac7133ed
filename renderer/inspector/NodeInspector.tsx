/** A node: its name, its generated form, the columns it takes and gives, and its live figures while it runs. */
import { Copy, Ellipsis, Power, Trash2, X } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NodeSpec } from '../../engine/spec/document.ts';
import type { Schema } from '../../engine/types/schema.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { deleteSelection, duplicateSelection, renameNode, switchSelection } from '../app/editing.ts';
import { setField } from '../document/commands.ts';
import { nodeShape, presetLabel } from '../document/definitions.ts';
import { NodeIcon } from '../palette/NodeIcon.tsx';
import { words } from '../strings/language.ts';
import { Empty } from '../ui/Empty.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import { ColumnLists } from './ColumnLists.tsx';
import { FieldControl, ProblemLines } from './FieldControl.tsx';
import { Form } from './Form.tsx';
import style from './inspector.module.css';
import { NodeFigures } from './NodeFigures.tsx';
import { useFieldFocus } from './use-field-focus.ts';
import type { FieldContext } from './widget.ts';

const NO_SCHEMA: Schema = { fields: [] };
const ICON = { size: 15, strokeWidth: 1.75 };

export function NodeInspector({ node }: { readonly node: NodeSpec }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const [tab, setTab] = useState('settings');
  const shape = nodeShape(node);
  const resolved = useStore(designer.checks, (state) => state.nodes.get(node.id));
  const problems = useStore(designer.checks, () => designer.checks.problemsOf(node.id));
  const timeZone = useStore(designer.checks, (state) => state.graph?.job.timeZone ?? 'UTC');
  const live = useStore(designer.runs, (state) => state.current !== null);
  const body = useFieldFocus(node.id);
  const context: FieldContext = {
    nodeId: node.id,
    nodeType: node.type,
    config: node.config,
    timeZone,
    Control: FieldControl,
    schema: (input) =>
      (input === undefined ? resolved?.inputs[0]?.schema : resolved?.inputs.find((candidate) => candidate.port.name === input)?.schema) ??
      NO_SCHEMA,
  };
  const columnsIn = resolved?.inputs[0]?.schema.fields.length ?? 0;
  const columnsOut = resolved?.outputs[0]?.schema.fields.length ?? 0;
  const counts =
    shape.inputs.length === 0 ? String(columnsOut) : shape.outputs.length === 0 ? String(columnsIn) : `${columnsIn} → ${columnsOut}`;
  return (
    <>
      <Head node={node} />
      {live ? <NodeFigures node={node} /> : null}
      <Tabs.Root value={tab} onValueChange={setTab} style={{ display: 'contents' }}>
        <Tabs.List className={style.tabs}>
          <Tabs.Trigger value="settings" className={style.tab}>
            {t('inspector.settings')}
          </Tabs.Trigger>
          <Tabs.Trigger value="columns" className={style.tab}>
            {t('inspector.columns')}
            <span className={style.tabNote}>{counts}</span>
          </Tabs.Trigger>
        </Tabs.List>
        <div ref={body} className={style.body}>
          <Tabs.Content value="settings" tabIndex={-1}>
            {shape.definition === null ? (
              <Empty title={node.type} text={t('inspector.unknownType', { type: node.type })} />
            ) : (
              <>
                <NodeProblems problems={problems.filter((problem) => problem.field === undefined)} />
                <Form
                  fields={shape.definition.fields}
                  config={node.config}
                  problems={problems}
                  context={context}
                  onChange={(field, value) =>
                    designer.documents.commit('configure', (document) => setField(document, node.id, field, value), `${node.id}.${field}`)
                  }
                />
              </>
            )}
          </Tabs.Content>
          <Tabs.Content value="columns" tabIndex={-1}>
            {resolved === undefined ? (
              <Empty title={t('inspector.noColumns')} text={t('inspector.noColumnsText')} />
            ) : (
              <ColumnLists node={resolved} />
            )}
          </Tabs.Content>
        </div>
      </Tabs.Root>
    </>
  );
}

function NodeProblems({ problems }: { readonly problems: React.ComponentProps<typeof ProblemLines>['problems'] }) {
  return problems.length === 0 ? null : (
    <div style={{ padding: '8px 12px 0' }}>
      <ProblemLines problems={problems} />
    </div>
  );
}

function Head({ node }: { readonly node: NodeSpec }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const type = words(presetLabel(node));
  return (
    <div className={style.head}>
      <NodeIcon type={node.type} category={nodeShape(node).category} large />
      <div className={style.headWords}>
        <input
          className={style.name}
          aria-label={t('inspector.name')}
          value={node.label ?? ''}
          placeholder={type}
          spellCheck={false}
          maxLength={200}
          data-node-name=""
          onChange={(event) => renameNode(designer, node.id, event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === 'Escape') designer.canvas?.focusNode(node.id);
          }}
        />
        <span className={style.type} data-truncates="">
          {type} · <code>{node.id}</code>
        </span>
      </div>
      <Menu
        align="end"
        trigger={<IconButton label={t('inspector.actions')} icon={<Ellipsis size={16} strokeWidth={1.75} />} />}
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
                label: node.disabled === true ? t('inspector.switchOn') : t('inspector.switchOff'),
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
      <IconButton label={t('inspector.close')} icon={<X size={16} strokeWidth={1.75} />} onClick={() => designer.selection.select([])} />
    </div>
  );
}
