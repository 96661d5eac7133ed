/** Stacking chained nodes into one card, by key or by dropping one on another's lower border; refusals say why. */
import i18next from 'i18next';
import type { PipelineDocument, Point } from '../../engine/spec/document.ts';
import type { NodesCard } from '../canvas/card.ts';
import { CARD_WIDTH } from '../canvas/geometry.ts';
import { nodeLabel } from '../document/definitions.ts';
import { stackUnder, takeApart } from '../document/stack-commands.ts';
import type { StackRefusal } from '../document/stack-rules.ts';
import { stackPairs, stackRefusal } from '../document/stack-rules.ts';
import { drawnStacks } from '../document/stacks.ts';
import { currentLanguage } from '../strings/language.ts';
import { toast } from '../ui/toast.ts';
import type { Designer } from './designer.ts';

/** How far from a card's lower border a dragged card's top left corner may be let go. */
const DROP = { side: 54, above: 30, below: 13 };
/** Between the cards of a stack that is taken apart. */
const APART: Point = { x: CARD_WIDTH + 92, y: 0 };

/** What is selected becomes one card; one node alone goes under the node it reads from. */
export function stackSelection(designer: Designer): void {
  const { document } = designer.documents.getState();
  const { nodes } = designer.selection.getState();
  const pairs = nodes.size === 1 ? upstreamPair(document, [...nodes][0]) : stackPairs(document, nodes);
  if (pairs === null || pairs.length === 0) {
    refuse(designer, i18next.t('stackReason.line'));
    return;
  }
  const checks = designer.checks.ensure(document);
  let next = document;
  for (const [above, below] of orderPairs(pairs)) {
    const refusal = stackRefusal(next, checks, above, below);
    if (refusal !== null) {
      refuse(designer, refusalWords(document, refusal, above, below));
      return;
    }
    next = stackUnder(next, above, below);
  }
  designer.documents.commit('stack', () => next);
  designer.selection.select(nodes);
  const [first] = pairs;
  designer.shell.say(stackedWords(document, first[0], first[1]));
  designer.canvas?.focusNode(drawnStacks(next).get(first[0])?.nodes[0] ?? first[0]);
}

export function unstackSelection(designer: Designer): void {
  const { nodes } = designer.selection.getState();
  designer.documents.commit('unstack', (document) => takeApart(document, nodes, APART));
  designer.shell.say(i18next.t('groups.apart'));
  designer.canvas?.focusNode(designer.selection.getState().focus);
}

export function isStacked(designer: Designer): boolean {
  const stacks = drawnStacks(designer.documents.getState().document);
  return [...designer.selection.getState().nodes].some((id) => stacks.has(id));
}

export interface StackDrop {
  readonly above: string;
  readonly below: string;
  /** The card dropped on. */
  readonly card: string;
  /** Null: it stacks. */
  readonly reason: string | null;
}

/** The card whose lower border another one is held over, if the two have anything to do with one another. */
export function stackDropAt(designer: Designer, dragged: NodesCard, at: Point): StackDrop | null {
  const { projection } = designer.view.getState();
  const target = projection.cards.find((card) => {
    const bottom = card.position.y + card.height;
    const beside = Math.abs(card.position.x - at.x) <= DROP.side;
    return card.kind === 'nodes' && card !== dragged && beside && at.y >= bottom - DROP.above && at.y <= bottom + DROP.below;
  });
  if (target?.kind !== 'nodes') return null;
  const { document } = designer.documents.getState();
  const above = target.rows[target.rows.length - 1].node.id;
  const below = dragged.rows[0].node.id;
  const refusal = stackRefusal(document, designer.checks.ensure(document), above, below);
  return { above, below, card: target.id, reason: refusal === null ? null : refusalWords(document, refusal, above, below) };
}

/** Answers whether the card went under the other one; else it stays where it was let go, and the reason is said. */
export function dropOnStack(designer: Designer, drop: StackDrop): boolean {
  if (drop.reason !== null) {
    refuse(designer, drop.reason);
    return false;
  }
  const { document } = designer.documents.getState();
  designer.documents.commit('stack', (current) => stackUnder(current, drop.above, drop.below));
  designer.selection.select([drop.below]);
  designer.shell.say(stackedWords(document, drop.above, drop.below));
  return true;
}

function refuse(designer: Designer, reason: string): void {
  toast.info(reason, { id: 'stack-refused' });
  designer.shell.say(reason);
}

function upstreamPair(document: PipelineDocument, id: string): readonly (readonly [string, string])[] | null {
  const head = drawnStacks(document).get(id)?.nodes[0] ?? id;
  const into = document.edges.filter((edge) => edge.to.node === head);
  return into.length === 0 ? null : [[into[0].from.node, head]];
}

function orderPairs(pairs: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  const below = new Map(pairs);
  const heads = new Set(pairs.map(([, to]) => to));
  const ordered: (readonly [string, string])[] = [];
  for (const [from] of pairs) {
    if (heads.has(from)) continue;
    for (let at: string | undefined = from; at !== undefined; at = below.get(at)) {
      const next = below.get(at);
      if (next !== undefined) ordered.push([at, next]);
    }
  }
  return ordered;
}

function refusalWords(document: PipelineDocument, refusal: StackRefusal, above: string, below: string): string {
  const label = (id: string) => {
    const node = document.nodes.find((candidate) => candidate.id === id);
    return node === undefined ? id : nodeLabel(node, currentLanguage());
  };
  return i18next.t(`stackReason.${refusal}`, { above: label(above), below: label(below) });
}

function stackedWords(document: PipelineDocument, above: string, below: string): string {
  const label = (id: string) => {
    const node = document.nodes.find((candidate) => candidate.id === id);
    return node === undefined ? id : nodeLabel(node, currentLanguage());
  };
  return i18next.t('groups.stacked', { above: label(above), below: label(below) });
}
