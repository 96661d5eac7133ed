/** Stacking chained nodes into one card and taking them apart: layout only, the pipeline's logic stays byte for byte. */
import type { PipelineDocument, Point } from '../../engine/spec/document.ts';
import { drawnStacks } from './stacks.ts';

type Stacks = readonly (readonly string[])[];

const ORIGIN: Point = { x: 0, y: 0 };

/** Puts `below`, with all that is stacked under it, under `above`, which must be the last of its own stack. */
export function stackUnder(document: PipelineDocument, above: string, below: string): PipelineDocument {
  const stacks = drawnStacks(document);
  const upper = stacks.get(above)?.nodes ?? [above];
  const lower = stacks.get(below)?.nodes ?? [below];
  if (upper.includes(below) || upper.at(-1) !== above || lower[0] !== below) return document;
  const rest = wholeStacks(document).filter((stack) => !stack.includes(above) && !stack.includes(below));
  const moved = new Set(lower);
  const positions = Object.fromEntries(Object.entries(document.drawing.positions).filter(([id]) => !moved.has(id)));
  return withStacks({ ...document, drawing: { ...document.drawing, positions } }, [...rest, [...upper, ...lower]]);
}

/**
 * Takes one node out of its stack and puts it at `at`. What was above stays together, and so does what was below: it keeps
 * the place it had on the page, `belowAt`.
 */
export function pullFromStack(document: PipelineDocument, nodeId: string, at: Point, belowAt: Point): PipelineDocument {
  const stack = drawnStacks(document).get(nodeId);
  if (stack === undefined) return document;
  const index = stack.nodes.indexOf(nodeId);
  const above = stack.nodes.slice(0, index);
  const below = stack.nodes.slice(index + 1);
  const rest = wholeStacks(document).filter((candidate) => !candidate.includes(nodeId));
  const positions = { ...document.drawing.positions, [nodeId]: rounded(at) };
  if (below.length > 0) positions[below[0]] = rounded(belowAt);
  const next = { ...document, drawing: { ...document.drawing, positions } };
  return withStacks(next, [...rest, ...[above, below].filter((part) => part.length > 1)]);
}

/** Takes whole stacks apart; their nodes go side by side, `step` apart. */
export function takeApart(document: PipelineDocument, ids: ReadonlySet<string>, step: Point): PipelineDocument {
  const stacks = new Set([...drawnStacks(document).values()].filter((stack) => stack.nodes.some((id) => ids.has(id))));
  if (stacks.size === 0) return document;
  const positions = { ...document.drawing.positions };
  const gone = new Set<string>();
  for (const stack of stacks) {
    const head = positions[stack.nodes[0]] ?? ORIGIN;
    stack.nodes.forEach((id, index) => {
      positions[id] = { x: head.x + index * step.x, y: head.y + index * step.y };
      gone.add(id);
    });
  }
  const rest = wholeStacks(document).filter((stack) => !stack.some((id) => gone.has(id)));
  return withStacks({ ...document, drawing: { ...document.drawing, positions } }, rest);
}

/** The stacks as they are drawn: what a file or an edit broke apart is not kept alive. */
function wholeStacks(document: PipelineDocument): Stacks {
  return [...new Set(drawnStacks(document).values())].map((stack) => stack.nodes);
}

function withStacks(document: PipelineDocument, stacks: Stacks): PipelineDocument {
  const { stacks: _old, ...drawing } = document.drawing;
  return { ...document, drawing: stacks.length === 0 ? drawing : { ...drawing, stacks } };
}

function rounded(point: Point): Point {
  return { x: Math.round(point.x), y: Math.round(point.y) };
}
