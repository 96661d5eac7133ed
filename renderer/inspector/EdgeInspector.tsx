/** An edge: from where to where, how rows cross it, and which columns they have. */
import { ArrowRight, Table2, Trash2, Waypoints } from 'lucide-react';
import { useDesigner, useStore } from '../app/designer.ts';
import { deleteSelection } from '../app/editing.ts';
import { nodeLabel } from '../document/definitions.ts';
import { watchEdge } from '../runs/watch-edge.ts';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { ColumnList } from './ColumnLists.tsx';
import { usesAtPort } from './column-uses.ts';
import { EdgeFigures } from './EdgeFigures.tsx';
import { ProblemLines } from './FieldControl.tsx';
import style from './inspector.module.css';

export function EdgeInspector({ edgeId }: { readonly edgeId: string }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const document = useStore(designer.documents, (state) => state.document);
  const resolved = useStore(designer.checks, (state) => state.edges.get(edgeId));
  const problems = useStore(designer.checks, (state) => state.byEdge.get(edgeId));
  const running = useStore(designer.runs, (state) => state.current !== null);
  const edge = document.edges.find((candidate) => candidate.id === edgeId);
  const label = (id: string | undefined) => {
    const node = document.nodes.find((candidate) => candidate.id === id);
    return node === undefined ? '' : nodeLabel(node, currentLanguage());
  };
  return (
    <>
      <div className={style.head}>
        <Waypoints size={18} strokeWidth={1.75} />
        <div className={style.headWords}>
          <strong>{t('inspector.edgeTitle')}</strong>
          <span className={style.type} data-truncates="">
            {label(edge?.from.node)} <ArrowRight size={10} strokeWidth={2} /> {label(edge?.to.node)}
          </span>
        </div>
      </div>
      {resolved === undefined ? null : (
        <div className={style.edgeFacts}>
          <span className={style.fact}>{t(`inspector.exchange.${resolved.exchange.kind}`)}</span>
          {resolved.exchange.kind === 'hash'
            ? resolved.exchange.columns.map((column) => (
                <span key={column} className={style.fact}>
                  # {column}
                </span>
              ))
            : null}
        </div>
      )}
      <EdgeFigures edgeId={edgeId} />
      {problems === undefined ? null : (
        <div style={{ padding: '0 12px 8px' }}>
          <ProblemLines problems={problems} />
        </div>
      )}
      <div className={style.body}>
        {resolved === undefined ? null : (
          <ColumnList
            title={t('inspector.columns')}
            schema={resolved.schema}
            changelog={resolved.changelog}
            uses={usesAtPort(resolved.schema, resolved.exchange.kind === 'hash' ? resolved.exchange.columns : [], [])}
          />
        )}
        <div className={style.actions}>
          {running ? (
            <Button small icon={<Table2 size={13} strokeWidth={1.75} />} onClick={() => watchEdge(designer, edgeId)}>
              {t('inspector.tail')}
            </Button>
          ) : null}
          <Button small icon={<Trash2 size={13} strokeWidth={1.75} />} onClick={() => deleteSelection(designer)}>
            {t('inspector.deleteEdge')}
          </Button>
        </div>
      </div>
    </>
  );
}
