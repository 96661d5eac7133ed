/**
 * How far a look-behind looks: shortest and longest text of its body as java.util.regex estimates them, in 32-bit
 * arithmetic with its overflows, because they decide which patterns it refuses.
 */
import type { PatternNode } from './syntax.ts';

const REPEATS_MAX = 0x7fffffff;

interface Estimate {
  min: number;
  max: number;
  /** False when there is no obvious maximum. */
  bounded: boolean;
  deterministic: boolean;
}

function fresh(): Estimate {
  return { min: 0, max: 0, bounded: true, deterministic: true };
}

type Repeat = PatternNode & { readonly kind: 'repeat' };

function estimateChoice(options: readonly PatternNode[], estimate: Estimate): void {
  const branches = options.map((option) => {
    const branch = fresh();
    visit(option, branch);
    return branch;
  });
  estimate.min = (estimate.min + Math.min(...branches.map((branch) => branch.min))) | 0;
  estimate.max = (estimate.max + Math.max(...branches.map((branch) => branch.max))) | 0;
  estimate.bounded &&= branches.every((branch) => branch.bounded);
  estimate.deterministic = false;
}

function estimateCounted(node: Repeat, body: Estimate, estimate: Estimate): void {
  const most = node.max === Infinity ? REPEATS_MAX : node.max;
  const min = (Math.imul(body.min, node.min) + estimate.min) | 0;
  estimate.min = min < estimate.min ? 0xfffffff : min;
  const max = (Math.imul(body.max, most) + estimate.max) | 0;
  estimate.bounded = estimate.bounded && body.bounded && max >= estimate.max;
  estimate.max = max;
  estimate.deterministic &&= body.deterministic && node.min === node.max;
}

function isGroup(node: PatternNode): boolean {
  return node.kind === 'group' || node.kind === 'sequence' || node.kind === 'choice';
}

function estimateRepeat(node: Repeat, estimate: Estimate): void {
  const optional = node.min === 0 && node.max === 1;
  if (isGroup(node.body) && optional && node.mode !== 'possessive') {
    estimateChoice([node.body, { kind: 'sequence', items: [] }], estimate);
    return;
  }
  const body = fresh();
  visit(node.body, body);
  if (optional) {
    estimate.max = (estimate.max + body.max) | 0;
    estimate.bounded &&= body.bounded;
    estimate.deterministic = false;
  } else if (node.body.kind === 'set' && node.mode === 'greedy' && node.max === Infinity && node.min <= 1) {
    estimate.min = (estimate.min + node.min) | 0;
    estimate.max = (estimate.max + REPEATS_MAX) | 0;
    estimate.deterministic = false;
  } else if (isGroup(node.body) && node.mode !== 'possessive' && !body.deterministic) {
    estimate.bounded = false;
    estimate.deterministic = false;
  } else {
    estimateCounted(node, body, estimate);
  }
}

function visit(node: PatternNode, estimate: Estimate): void {
  switch (node.kind) {
    case 'set':
      estimate.min = (estimate.min + 1) | 0;
      estimate.max = (estimate.max + 1) | 0;
      break;
    case 'sequence':
      for (const item of node.items) visit(item, estimate);
      break;
    case 'choice':
      estimateChoice(node.options, estimate);
      break;
    case 'group':
    case 'atomic':
      visit(node.body, estimate);
      break;
    case 'repeat':
      estimateRepeat(node, estimate);
      break;
    case 'reference':
      estimate.bounded = false;
      break;
    default:
  }
}

/** `undefined` when the body has no obvious maximum length. */
export function lookBehindReach(body: PatternNode): { readonly min: number; readonly max: number } | undefined {
  const estimate = fresh();
  visit(body, estimate);
  return estimate.bounded ? { min: estimate.min, max: estimate.max } : undefined;
}
