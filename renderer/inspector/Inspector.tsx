/** The panel at the right: what is selected, else the open group, else the job's settings. */
import { useDesigner, useStore } from '../app/designer.ts';
import { groupIndex } from '../document/group-index.ts';
import { EdgeInspector } from './EdgeInspector.tsx';
import { GroupInspector } from './GroupInspector.tsx';
import style from './inspector.module.css';
import { JobInspector } from './JobInspector.tsx';
import { ManyInspector } from './ManyInspector.tsx';
import { NodeInspector } from './NodeInspector.tsx';
import { NoteInspector } from './NoteInspector.tsx';
import { NothingSelected } from './NothingSelected.tsx';
import { useTakeBack } from './take-back.ts';

export function Inspector() {
  const takeBack = useTakeBack(useDesigner());
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens for the fields inside it
    <div className={style.inspector} data-inspector="" onFocus={takeBack.onFocus} onKeyDown={takeBack.onKeyDown}>
      <Inspected />
    </div>
  );
}

function Inspected() {
  const designer = useDesigner();
  const nodes = useStore(designer.selection, (state) => state.nodes);
  const edges = useStore(designer.selection, (state) => state.edges);
  const drawn = useStore(designer.selection, (state) => state.drawn);
  const openGroup = useStore(designer.selection, (state) => state.openGroup);
  const jobSettings = useStore(designer.shell, (state) => state.jobSettingsOpen);
  const count = nodes.size + edges.size + drawn.size;
  const only = count === 1 ? [...nodes, ...edges, ...drawn][0] : null;
  const node = useStore(designer.documents, (state) => state.document.nodes.find((candidate) => candidate.id === only));
  const note = useStore(designer.documents, (state) => state.document.drawing.notes?.find((candidate) => candidate.id === only));
  // Several nodes of the open group leave its own form in sight.
  const groupId = count === 1 ? only : openGroup;
  const group = useStore(designer.documents, (state) => (groupId === null ? null : groupIndex(state.document).get(groupId)));
  if (only !== null && edges.size === 1) return <EdgeInspector key={only} edgeId={only} />;
  if (node !== undefined) return <NodeInspector key={node.id} node={node} />;
  if (note !== undefined) return <NoteInspector key={note.id} note={note} />;
  if (group !== null) return <GroupInspector key={group.id} group={group} />;
  if (count > 1) return <ManyInspector count={count} />;
  return jobSettings ? <JobInspector /> : <NothingSelected />;
}
