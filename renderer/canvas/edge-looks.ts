/** What each edge looks like right now: its chip, its water, whether it is broken, from checks, figures and selection. */
import i18next from 'i18next';
import type { NodeSpec } from '../../engine/spec/document.ts';
import { changelogRefused, watermarkMissing } from '../../engine/spec/graph-problems.ts';
import type { Designer } from '../app/designer.ts';
import { formatLevel } from '../lens/axis.ts';
import { isLive } from '../runs/run-store.ts';
import { formatCount } from '../strings/figures.ts';
import { lensChip, lensFlow } from './lens-look.ts';
import type { EdgeLook } from './paint.ts';
import type { Chip, EdgeFlow, SceneEdge } from './scene.ts';

const PRESSED_FROM = 0.1;
const HELD_UP_FROM = 0.5;
const INSERT_CHIP: Chip = { kind: 'insert', text: '+', extra: null };

export function edgeLook(designer: Designer, edge: SceneEdge): EdgeLook {
  const { checks, selection, documents, view } = designer;
  const { edge: hovered, pinned, inserting } = designer.gestures.getState();
  const broken = (checks.getState().byEdge.get(edge.id) ?? []).find((problem) => problem.severity === 'error');
  const flow = view.getState().live ? lensFlow(designer, edge, edgeFlow(designer, edge)) : null;
  const { nodeId: asked, path } = designer.lens.getState();
  const aside = asked !== null && !path.has(edge.line.spec.to.node);
  const off = switchedOff(documents.getState().document.nodes);
  const isOff = off.has(edge.line.spec.from.node) || off.has(edge.line.spec.to.node);
  return {
    chip: inserting === edge.id ? INSERT_CHIP : aside ? null : edgeChip(designer, edge, flow, broken !== undefined),
    flow: flow !== null && asked !== null && !aside ? { ...flow, tone: 'tide' } : flow,
    selected: selection.getState().edges.has(edge.id),
    hovered: hovered === edge.id || pinned === edge.id,
    broken: broken !== undefined,
    faded: isOff || aside,
    inserting: inserting === edge.id,
  };
}

const columnWords = new Map<string, string>();

/** Hundreds of edges say one of a few numbers; putting each into words takes longer than painting it. */
function columnsWords(count: number): string {
  const key = `${i18next.language} ${count}`;
  const known = columnWords.get(key);
  if (known !== undefined) return known;
  const words = i18next.t('canvas.columns', { count });
  columnWords.set(key, words);
  return words;
}

const offNodes = new WeakMap<readonly NodeSpec[], ReadonlySet<string>>();

/** Asked for every edge of every picture, so it is kept for as long as the list is. */
export function switchedOff(nodes: readonly NodeSpec[]): ReadonlySet<string> {
  const known = offNodes.get(nodes);
  if (known !== undefined) return known;
  const off = new Set(nodes.filter((node) => node.disabled === true).map((node) => node.id));
  offNodes.set(nodes, off);
  return off;
}

/** The source waits and the target is what it waits for: held up itself, or busy. */
function edgeFlow({ live }: Designer, edge: SceneEdge): EdgeFlow {
  const rate = live.edge(edge.id)?.rate ?? 0;
  const from = live.node(edge.line.spec.from.node);
  const to = live.node(edge.line.spec.to.node);
  const waits = from !== null && to !== null && from.pressed >= PRESSED_FROM && (to.pressed >= PRESSED_FROM || to.busy >= HELD_UP_FROM);
  return { rate, pressed: waits ? from.pressed : 0 };
}

function edgeChip(designer: Designer, edge: SceneEdge, flow: EdgeFlow | null, broken: boolean): Chip | null {
  const { checks, live, runs } = designer;
  const late = edge.line.role === 'late';
  const level = askedLevel(designer, edge);
  if (level !== null) return { kind: 'tide', text: level, extra: null };
  const own = flow === null ? undefined : lensChip(designer, edge);
  if (own !== undefined) return own;
  if (flow !== null) {
    const figures = live.edge(edge.id);
    const running = isLive(runs.getState().current);
    const text = running ? `${formatCount(flow.rate)}/s` : formatCount(figures?.rows ?? 0);
    if (flow.pressed > 0) return { kind: 'pressed', text, extra: `${Math.round(flow.pressed * 100)}%` };
    return { kind: late ? 'late' : 'plain', text, extra: null };
  }
  if (late) return { kind: 'late', text: i18next.t('canvas.late'), extra: null };
  const resolved = checks.getState().edges.get(edge.id);
  if (broken) return { kind: 'broken', text: brokenWords(designer, edge.id), extra: null };
  if (edge.line.role === 'dead-letter') return { kind: 'plain', text: i18next.t('canvas.badRows'), extra: null };
  if (resolved === undefined) return null;
  if (resolved.exchange.kind === 'hash' && resolved.exchange.columns.length > 0)
    return { kind: 'key', text: resolved.exchange.columns.join(', '), extra: null };
  if (resolved.schema.fields.length === 0) return null;
  return { kind: 'plain', text: columnsWords(resolved.schema.fields.length), extra: null };
}

/** On the way into the window that is asked about: how far event time has come there. */
function askedLevel({ lens, times }: Designer, edge: SceneEdge): string | null {
  const asked = lens.getState().nodeId;
  if (asked === null || edge.line.spec.to.node !== asked) return null;
  const watermark = times.read(asked)?.time.watermark ?? null;
  return watermark === null || !Number.isFinite(watermark) ? null : formatLevel(watermark);
}

/** A few words for the commonest reasons; the whole sentence is in the problem list. */
function brokenWords(designer: Designer, edgeId: string): string {
  const codes = (designer.checks.getState().byEdge.get(edgeId) ?? []).map((problem) => problem.code);
  if (codes.includes(watermarkMissing.code)) return i18next.t('reason.needsWatermark');
  if (codes.includes(changelogRefused.code)) return i18next.t('reason.needsAppend');
  return '!';
}
