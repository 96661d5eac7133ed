/** A node: its head, its form, the columns it takes and gives, rows of the preview, notes tied to it, and figures while it runs. */
import { Tabs } from 'radix-ui';
import type { NodeSpec } from '../../engine/spec/document.ts';
import { nodeRunFields, nodeRunJson } from '../../engine/spec/node-run.ts';
import type { ResolvedNode } from '../../engine/spec/resolved-graph.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { setField, setRun } from '../document/commands.ts';
import { nodeShape } from '../document/definitions.ts';
import { NodeLog } from '../logs/NodeLog.tsx';
import { useTranslation } from '../strings/use-translation.ts';
import { Empty } from '../ui/Empty.tsx';
import { ColumnLists } from './ColumnLists.tsx';
import { DataTab } from './DataTab.tsx';
import { ProblemLines } from './FieldControl.tsx';
import { Form } from './Form.tsx';
import { HelpPanel } from './HelpPanel.tsx';
import style from './inspector.module.css';
import type { InspectorTab } from './inspector-view.ts';
import { inspectorView } from './inspector-view.ts';
import { MarkdownText } from './MarkdownText.tsx';
import { NodeFigures } from './NodeFigures.tsx';
import { NodeHead } from './NodeHead.tsx';
import { SpecCode } from './SpecCode.tsx';
import { useFieldFocus } from './use-field-focus.ts';
import { useNodeContext } from './use-node-context.ts';

export function NodeInspector({ node }: { readonly node: NodeSpec }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const view = useStore(inspectorView, (state) => state);
  const resolved = useStore(designer.checks, (state) => state.nodes.get(node.id));
  const notes = useStore(designer.documents, (state) => state.document.drawing.notes);
  const own = notes?.filter((note) => note.node === node.id) ?? [];
  const body = useFieldFocus(node.id);
  const tab = view.tab === 'notes' && own.length === 0 ? 'settings' : view.tab;
  return (
    <>
      <NodeHead node={node} />
      {view.help ? <HelpPanel type={node.type} /> : null}
      <NodeFigures node={node} />
      {view.code ? (
        <SpecCode node={node} />
      ) : (
        <Tabs.Root
          value={tab}
          onValueChange={(value) => inspectorView.setState({ tab: value as InspectorTab })}
          style={{ display: 'contents' }}
        >
          <Tabs.List className={style.tabs} aria-label={t('inspector.tabs')}>
            <Tabs.Trigger value="settings" className={style.tab}>
              {t('inspector.settings')}
            </Tabs.Trigger>
            <Tabs.Trigger value="columns" className={style.tab}>
              {t('inspector.columns')}
              <span className={style.tabNote}>{columnCounts(node, resolved)}</span>
            </Tabs.Trigger>
            <Tabs.Trigger value="data" className={style.tab}>
              {t('inspector.data')}
            </Tabs.Trigger>
            {own.length === 0 ? null : (
              <Tabs.Trigger value="notes" className={style.tab}>
                {t('inspector.notes')}
              </Tabs.Trigger>
            )}
          </Tabs.List>
          <div ref={body} className={style.body}>
            <Tabs.Content value="settings" tabIndex={-1}>
              <Settings node={node} />
            </Tabs.Content>
            <Tabs.Content value="columns" tabIndex={-1}>
              {resolved === undefined ? (
                <Empty title={t('inspector.noColumns')} text={t('inspector.noColumnsText')} />
              ) : (
                <ColumnLists node={resolved} />
              )}
            </Tabs.Content>
            <Tabs.Content value="data" tabIndex={-1}>
              <DataTab node={node} />
            </Tabs.Content>
            <Tabs.Content value="notes" tabIndex={-1} className={style.notes}>
              {own.map((note) => (
                <div key={note.id} className={style.note}>
                  <MarkdownText text={note.text} />
                </div>
              ))}
            </Tabs.Content>
          </div>
        </Tabs.Root>
      )}
      {/* At the foot: what is said during a run moves nothing. */}
      <NodeLog nodeId={node.id} />
    </>
  );
}

function Settings({ node }: { readonly node: NodeSpec }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const { definition } = nodeShape(node);
  const problems = useStore(designer.checks, () => designer.checks.problemsOf(node.id));
  const context = useNodeContext(node);
  const whole = problems.filter((problem) => problem.field === undefined);
  if (definition === null) return <Empty title={node.type} text={t('inspector.unknownType', { type: node.type })} />;
  return (
    <>
      {whole.length === 0 ? null : (
        <div className={style.nodeProblems}>
          <ProblemLines problems={whole} />
        </div>
      )}
      <Form
        fields={definition.fields}
        config={node.config}
        problems={problems}
        context={context}
        onChange={(field, value) =>
          designer.documents.commit('configure', (document) => setField(document, node.id, field, value), `${node.id}.${field}`)
        }
      />
      {definition.execution === 'plan' ? null : (
        <Form
          fields={nodeRunFields}
          config={nodeRunJson(node)}
          problems={problems}
          context={context}
          onChange={(field, value) =>
            designer.documents.commit('configure', (document) => setRun(document, node.id, field, value), `${node.id}.${field}`)
          }
        />
      )}
    </>
  );
}

/** "9 → 5", or the one side there is. */
function columnCounts(node: NodeSpec, resolved: ResolvedNode | undefined): string {
  const shape = nodeShape(node);
  const columnsIn = resolved?.inputs[0]?.schema.fields.length ?? 0;
  const columnsOut = resolved?.outputs[0]?.schema.fields.length ?? 0;
  if (shape.inputs.length === 0) return String(columnsOut);
  return shape.outputs.length === 0 ? String(columnsIn) : `${columnsIn} → ${columnsOut}`;
}
