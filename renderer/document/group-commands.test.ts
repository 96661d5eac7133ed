/** Groups change the drawing alone: the logic's bytes stay, arrangements are kept, and whatever is taken apart comes back. */
import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { printDocument } from '../../engine/spec/save-document.ts';
import { adoptNewNodes } from './adopt.ts';
import { addNode, connect, createDocument } from './commands.ts';
import { createGroup, forgetGroups, moveToGroup, placePills, setGroupLabel, setGroupText, ungroup, withGroups } from './group-commands.ts';
import { groupIndex, survivingPlace } from './group-index.ts';
import { addNote } from './note-commands.ts';
import { stackUnder } from './stack-commands.ts';

/** a → b → c → d in a row, 300 apart. */
function row(): { readonly document: PipelineDocument; readonly ids: readonly string[] } {
  let document = createDocument('row');
  const ids: string[] = [];
  for (let index = 0; index < 4; index++) {
    const added = addNode(
      document,
      { type: 'filter', label: 'abcd'[index], config: { condition: 'TRUE' } },
      { x: 100 + index * 300, y: 50 },
    );
    document = added.document;
    const before = ids.at(-1);
    if (before !== undefined) document = connect(document, { node: before, port: 'out' }, { node: added.id, port: 'in' }, false);
    ids.push(added.id);
  }
  return { document, ids };
}

/** The saved text of everything but the drawing. */
function logic(document: PipelineDocument): string {
  const text = printDocument(document);
  return text.slice(0, text.indexOf('"drawing"'));
}

const NEW = { label: 'Group', parent: null, at: { x: 400, y: 60 } };

test('grouping and everything done to groups leaves the logic byte for byte', () => {
  const { document, ids } = row();
  const before = logic(document);
  const first = createGroup(document, new Set([ids[1], ids[2]]), NEW);
  const second = createGroup(first.document, new Set([first.id, ids[3]]), { ...NEW, label: 'Outer' });
  let next = setGroupLabel(second.document, first.id, 'Inner');
  next = setGroupText(next, first.id, 'description', 'what it is for');
  next = setGroupText(next, first.id, 'colour', 'violet');
  next = placePills(next, first.id, { [document.edges[0].id]: { x: -200, y: 0 } });
  next = moveToGroup(next, new Set([ids[0]]), second.id, { x: 0, y: 300 });
  expect(logic(next)).toBe(before);
  next = ungroup(ungroup(next, second.id), first.id);
  expect(logic(next)).toBe(before);
  expect(next.drawing.groups).toBeUndefined();
});

test('members keep their arrangement inside and come out of it where the card stands', () => {
  const { document, ids } = row();
  const grouped = createGroup(document, new Set([ids[1], ids[2]]), NEW);
  expect(grouped.document.drawing.positions).toMatchObject({ [ids[1]]: { x: 0, y: 0 }, [ids[2]]: { x: 300, y: 0 }, [grouped.id]: NEW.at });
  const out = ungroup(grouped.document, grouped.id);
  expect(out.drawing.positions).toEqual({
    ...document.drawing.positions,
    [ids[1]]: { x: 400, y: 60 },
    [ids[2]]: { x: 700, y: 60 },
  });
});

test('groups nest, and what is inside is found at every depth', () => {
  const { document, ids } = row();
  const inner = createGroup(document, new Set([ids[1]]), NEW);
  const outer = createGroup(inner.document, new Set([inner.id, ids[2]]), { ...NEW, label: 'Outer' });
  const index = groupIndex(outer.document);
  expect(index.pathTo(inner.id).map((group) => group.id)).toEqual([outer.id, inner.id]);
  expect(new Set(index.allMembers(outer.id))).toEqual(new Set([ids[1], ids[2]]));
  expect([null, outer.id, inner.id].map((open) => index.shownAs(ids[1], open))).toEqual([outer.id, inner.id, ids[1]]);
  expect([null, outer.id, inner.id].map((open) => index.shownAs(ids[0], open))).toEqual([ids[0], null, null]);
});

test('a stack that only some of its nodes leave is cut in two; one that moves whole stays', () => {
  const { document, ids } = row();
  const stacked = stackUnder(stackUnder(stackUnder(document, ids[0], ids[1]), ids[1], ids[2]), ids[2], ids[3]);
  const cut = createGroup(stacked, new Set([ids[2], ids[3]]), NEW).document;
  expect(cut.drawing.stacks).toEqual([
    [ids[2], ids[3]],
    [ids[0], ids[1]],
  ]);
  expect(createGroup(stacked, new Set(ids), NEW).document.drawing.stacks).toEqual([[...ids]]);
});

test('notes go in and come out with the rest, and a group that is forgotten takes its notes along', () => {
  const { document, ids } = row();
  const noted = addNote(document, { text: 'x', at: { x: 90, y: 200 }, group: null });
  const grouped = createGroup(noted.document, new Set([ids[0], noted.id]), NEW);
  expect(grouped.document.drawing.notes).toMatchObject([{ group: grouped.id, x: 0, y: 150 }]);
  expect(ungroup(grouped.document, grouped.id).drawing.notes).toMatchObject([{ x: 400, y: 210 }]);
  expect(forgetGroups(grouped.document, new Set([grouped.id])).drawing.notes).toBeUndefined();
});

test('a group does not move into itself, nor into what is inside it', () => {
  const { document, ids } = row();
  const inner = createGroup(document, new Set([ids[1]]), NEW);
  const outer = createGroup(inner.document, new Set([inner.id]), NEW);
  expect(moveToGroup(outer.document, new Set([outer.id]), inner.id, { x: 0, y: 0 })).toBe(outer.document);
});

test('what is added while a group is open belongs to it', () => {
  const { document, ids } = row();
  const grouped = createGroup(document, new Set([ids[1]]), NEW);
  const added = addNode(grouped.document, { type: 'filter', config: {} }, { x: 0, y: 90 });
  expect(groupIndex(adoptNewNodes(grouped.document, added.document, grouped.id)).groupOf(added.id)).toBe(grouped.id);
  expect(adoptNewNodes(grouped.document, added.document, null)).toBe(added.document);
});

test('groups that name each other as parents are shown at the top level', () => {
  const { document } = row();
  const circle = withGroups(document, [
    { id: 'g1', label: 'one', parent: 'g2', members: [] },
    { id: 'g2', label: 'two', parent: 'g1', members: [] },
    { id: 'g3', label: 'three', parent: 'nowhere', members: [] },
  ]);
  expect(
    groupIndex(circle)
      .childrenOf(null)
      .map((group) => group.id),
  ).toEqual(['g1', 'g2', 'g3']);
});

test('an open group that an undo takes away gives way to the nearest one around it', () => {
  const { document, ids } = row();
  const outer = createGroup(document, new Set([ids[1], ids[2]]), NEW);
  const inner = createGroup(outer.document, new Set([ids[1]]), { ...NEW, parent: outer.id });
  expect(survivingPlace(outer.document, inner.document, inner.id)).toBe(outer.id);
  expect(survivingPlace(document, inner.document, inner.id)).toBeNull();
});
