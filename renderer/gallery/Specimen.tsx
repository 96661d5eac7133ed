/** One drawing of the gallery: a designer of its own, brought into one state, drawn by the canvas's own components and held still. */
import '@xyflow/react/dist/base.css';
import type { NodeTypes } from '@xyflow/react';
import { ReactFlow, ReactFlowProvider } from '@xyflow/react';
import { useMemo } from 'react';
import type { PipelineDocument, Point } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { createDesigner, DesignerContext, useStore } from '../app/designer.ts';
import type { CardLook } from '../canvas/card-look.ts';
import { CardLookContext } from '../canvas/card-look.ts';
import { EdgeCanvas } from '../canvas/EdgeCanvas.tsx';
import { GroupCard } from '../canvas/GroupCard.tsx';
import { NodeCard } from '../canvas/NodeCard.tsx';
import { NodeActions } from '../canvas/overlay/NodeActions.tsx';
import { PortPlus } from '../canvas/overlay/PortPlus.tsx';
import { NoteCard } from '../notes/NoteCard.tsx';
import { classes } from '../ui/classes.ts';
import style from './gallery.module.css';
import { createQuietHost } from './quiet-host.ts';

const CARDS: NodeTypes = { nodes: NodeCard, collapsed: GroupCard, note: NoteCard };

interface SpecimenProps {
  readonly drawing: PipelineDocument;
  /** Brings selection, findings or figures about; called once. */
  readonly prepare?: (designer: Designer) => Designer;
  /** Also opens what the pointer would. */
  readonly look?: CardLook;
  readonly width: number;
  readonly height: number;
  /** Where the drawing's origin is in the box. */
  readonly at?: Point;
  readonly nodeTypes?: NodeTypes;
  /** Paints edges, on a ground of its own. */
  readonly edges?: boolean;
  /** The edge shown as the place where something would be inserted. */
  readonly inserting?: string;
}

const MARGIN: Point = { x: 24, y: 16 };

export function Specimen({ drawing, prepare, look, width, height, at = MARGIN, nodeTypes, edges, inserting }: SpecimenProps) {
  const designer = useMemo(() => {
    const made = createDesigner(createQuietHost(), {}, drawing.name);
    made.documents.open(drawing, null);
    made.checks.ensure(drawing);
    made.gestures.set({ inserting: inserting ?? null });
    return prepare?.(made) ?? made;
  }, [drawing, prepare, inserting]);
  return (
    <DesignerContext value={designer}>
      <CardLookContext value={look ?? null}>
        <div className={classes(style.specimen, edges === true && style.ground)} style={{ width, height }} data-level="full">
          <ReactFlowProvider>
            {edges === true ? <EdgeCanvas /> : null}
            <Cards designer={designer} at={at} nodeTypes={nodeTypes ?? CARDS} />
            {look === 'hover' ? <NodeActions /> : null}
            {look === 'hover' ? <PortPlus /> : null}
          </ReactFlowProvider>
        </div>
      </CardLookContext>
    </DesignerContext>
  );
}

function Cards({ designer, at, nodeTypes }: { readonly designer: Designer; readonly at: Point; readonly nodeTypes: NodeTypes }) {
  const nodes = useStore(designer.view, (state) => state.nodes);
  return (
    <ReactFlow
      nodes={[...nodes]}
      nodeTypes={nodeTypes}
      defaultViewport={{ x: at.x, y: at.y, zoom: 1 }}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      elementsSelectable={false}
      panOnDrag={false}
      panOnScroll={false}
      zoomOnScroll={false}
      zoomOnPinch={false}
      zoomOnDoubleClick={false}
      preventScrolling={false}
      disableKeyboardA11y
      proOptions={{ hideAttribution: true }}
    />
  );
}
