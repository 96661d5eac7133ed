/** The panel at the right: the selected node's generated form and columns, the selected edge's columns, or the job's settings. */
import { useDesigner, useStore } from '../app/designer.ts';
import { EdgeInspector } from './EdgeInspector.tsx';
import style from './inspector.module.css';
import { JobInspector } from './JobInspector.tsx';
import { ManyInspector } from './ManyInspector.tsx';
import { NodeInspector } from './NodeInspector.tsx';
import { NothingSelected } from './NothingSelected.tsx';

export function Inspector() {
  const designer = useDesigner();
  const nodes = useStore(designer.selection, (state) => state.nodes);
  const edges = useStore(designer.selection, (state) => state.edges);
  const jobSettings = useStore(designer.shell, (state) => state.jobSettingsOpen);
  const nodeId = nodes.size === 1 ? [...nodes][0] : null;
  const node = useStore(designer.documents, (state) => state.document.nodes.find((candidate) => candidate.id === nodeId));
  const count = nodes.size + edges.size;
  return (
    <div className={style.inspector} data-inspector="">
      {node !== undefined && count === 1 ? (
        <NodeInspector key={node.id} node={node} />
      ) : count === 1 && edges.size === 1 ? (
        <EdgeInspector key={[...edges][0]} edgeId={[...edges][0]} />
      ) : count > 1 ? (
        <ManyInspector count={count} />
      ) : jobSettings ? (
        <JobInspector />
      ) : (
        <NothingSelected />
      )}
    </div>
  );
}
