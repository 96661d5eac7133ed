/** Adding what quick-add was asked for: node, the node it needs before it, and their edges, as one undo step. */
import i18next from 'i18next';
import type { PipelineDocument, Point, PortReference } from '../../engine/spec/document.ts';
import { addNode, connect, placeNodes, removeEdges } from '../document/commands.ts';
import type { PaletteEntry } from '../document/definitions.ts';
import { nodeShape } from '../document/definitions.ts';
import type { Fit } from '../document/fitting.ts';
import { words } from '../strings/language.ts';
import type { Designer } from './designer.ts';
import { addEntry, freePlace, stepRight } from './editing.ts';
import type { QuickAddRequest } from './shell.ts';

export function addChosen(designer: Designer, entry: PaletteEntry, fit: Fit, request: QuickAddRequest): string {
  const { from } = request;
  if (from === null) return addEntry(designer, entry, request.at);
  let id = '';
  designer.documents.commit('add', (document) => {
    const made = from.side === 'out' ? addBehind(document, entry, fit, request, from.port) : addBefore(document, entry, request, from.port);
    id = made.id;
    return made.document;
  });
  designer.selection.select([id]);
  designer.shell.say(i18next.t('say.added', { label: words(entry.label) }));
  return id;

  function addBehind(
    document: PipelineDocument,
    chosen: PaletteEntry,
    how: Fit,
    { at, edge, replaces }: QuickAddRequest,
    port: PortReference,
  ) {
    const split = document.edges.find((candidate) => candidate.id === (edge ?? replaces));
    let next = split === undefined ? document : removeEdges(document, new Set([split.id]));
    let source = port;
    let place: Point = edge === undefined ? freePlace(designer, at) : at;
    if (how.kind === 'needs-event-time') {
      const added = addNode(next, { type: how.by.type, config: how.by.config }, place);
      const input = how.by.definition.inputs[0]?.name ?? '';
      next = connect(added.document, source, { node: added.id, port: input }, true);
      source = { node: added.id, port: outputOf(next, added.id) ?? '' };
      place = stepRight(place);
    }
    const added = addNode(next, { type: chosen.type, config: chosen.config }, place);
    const input = 'port' in how ? how.port : (chosen.definition.inputs[0]?.name ?? null);
    next = input === null ? added.document : connect(added.document, source, { node: added.id, port: input }, true);
    const out = outputOf(next, added.id);
    // Into an edge: what the edge led to follows; a node without outputs ends the line instead.
    if (edge !== undefined && split !== undefined && out !== null) next = connect(next, { node: added.id, port: out }, split.to, true);
    return { document: edge === undefined ? next : makeRoom(next, added.id), id: added.id };
  }

  function addBefore(document: PipelineDocument, chosen: PaletteEntry, { at, replaces }: QuickAddRequest, port: PortReference) {
    const without = replaces === undefined ? document : removeEdges(document, new Set([replaces]));
    const added = addNode(without, { type: chosen.type, config: chosen.config }, freePlace(designer, at));
    const out = outputOf(added.document, added.id);
    return { document: out === null ? added.document : connect(added.document, { node: added.id, port: out }, port, true), id: added.id };
  }

  /** A node put into a short edge stands on what is beside it: it moves below the line then. */
  function makeRoom(document: PipelineDocument, node: string): PipelineDocument {
    const at = document.drawing.positions[node];
    return at === undefined ? document : placeNodes(document, { [node]: freePlace(designer, at) });
  }
}

function outputOf(document: PipelineDocument, id: string): string | null {
  const node = document.nodes.find((candidate) => candidate.id === id);
  return node === undefined ? null : (nodeShape(node).outputs[0]?.name ?? null);
}
