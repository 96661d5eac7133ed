/** A drawing of the size the designer has to stay smooth at: rows of cards across, every second one a union that also takes the row above. */
import type { JsonObject } from '../../engine/base/json.ts';
import type { EdgeSpec, NodeSpec, PipelineDocument, Point } from '../../engine/spec/document.ts';
import { DOCUMENT_FORMAT } from '../../engine/spec/document.ts';

/** From card to card. */
const PITCH = { x: 288, y: 153 };
const STACKS = 5;
const GROUPED = 10;
const NOTES = 4;

export interface DrawingSize {
  readonly columns: number;
  readonly rows: number;
}

/** 500 cards with 700 edges between them; stacks, a group and notes come on top. */
export const FULL_SIZE: DrawingSize = { columns: 20, rows: 25 };

export function cardId(column: number, row: number): string {
  return `c${column}r${row}`;
}

/** As the card says it. */
export function cardLabel(column: number, row: number): string {
  return `Card ${column} ${row}`;
}

/** What the cards of a column do; unions stand between them. */
export type Content = Pick<NodeSpec, 'type' | 'config'>;
export type ContentOf = (column: number, columns: number, row: number) => Content;

export function designerPipeline(
  { columns, rows }: DrawingSize,
  contentOf: ContentOf = drawnContent,
  job: JsonObject = {},
): PipelineDocument {
  const nodes: NodeSpec[] = [];
  const edges: EdgeSpec[] = [];
  const positions: { [id: string]: Point } = {};
  const connect = (from: string, to: string) =>
    edges.push({ id: `e${edges.length}`, from: { node: from, port: 'out' }, to: { node: to, port: 'in' } });
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const id = cardId(column, row);
      nodes.push({ id, label: cardLabel(column, row), ...(isUnion(column, columns) ? UNION : contentOf(column, columns, row)) });
      positions[id] = { x: column * PITCH.x, y: row * PITCH.y };
      if (column === 0) continue;
      connect(cardId(column - 1, row), id);
      if (isUnion(column, columns)) connect(cardId(column - 1, (row + rows - 1) % rows), id);
    }
  }
  const below = rows * PITCH.y + 60;
  const chain = (id: string, length: number) => {
    const ids = Array.from({ length }, (_node, index) => `${id}-${index}`);
    for (const [index, own] of ids.entries()) {
      nodes.push({ id: own, type: 'filter', label: `Step ${own}`, config: { condition: 'amount > 0' } });
      connect(index === 0 ? cardId(0, 0) : ids[index - 1], own);
    }
    return ids;
  };
  const stacks = Array.from({ length: STACKS }, (_stack, index) => {
    const ids = chain(`stack${index}`, 2);
    positions[ids[0]] = { x: index * PITCH.x, y: below };
    return ids;
  });
  const members = chain('inside', GROUPED);
  for (const [index, id] of members.entries()) positions[id] = { x: index * PITCH.x, y: 0 };
  positions['group'] = { x: STACKS * PITCH.x, y: below };
  return {
    format: DOCUMENT_FORMAT,
    version: 1,
    id: 'pipeline-bench',
    name: 'bench',
    job,
    nodes,
    edges,
    drawing: { positions, stacks, groups: [{ id: 'group', label: 'Ten steps', members }], notes: notes(below) },
  };
}

function notes(y: number) {
  return Array.from({ length: NOTES }, (_note, index) => ({
    id: `note${index}`,
    text: `## Note ${index}\n\nWhat the rows above **mean**, in a few words.`,
    x: (STACKS + 1 + index) * PITCH.x,
    y,
    width: 240,
    height: 120,
  }));
}

function isUnion(column: number, columns: number): boolean {
  return column % 2 === 0 && column > 0 && column < columns - 1;
}

const UNION: Content = { type: 'union', config: {} };

function drawnContent(column: number, columns: number): Content {
  if (column === 0) return { type: 'generator-source', config: { rowsPerSecond: 100 } };
  if (column === columns - 1) return { type: 'preview-sink', config: {} };
  return { type: 'filter', config: { condition: "amount > 10 AND name <> 'nobody'" } };
}
