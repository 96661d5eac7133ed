/** Actions of the arrow keys on the drawing: moving what is selected, walking, selecting along the edges. */
import { ArrowDown, ArrowLeft, ArrowLeftToLine, ArrowRight, ArrowRightToLine, ArrowUp, GitBranch, GitMerge } from 'lucide-react';
import type { Designer } from '../app/designer.ts';
import { nudgeSelection } from '../app/editing.ts';
import { selectReach } from '../canvas/choose.ts';
import { GRID } from '../canvas/geometry.ts';
import type { Direction } from '../canvas/walk.ts';
import { STEPS, walk } from '../canvas/walk.ts';
import type { Action, ActionId } from './action.ts';
import { needsDrawing, needsNode } from './reasons.ts';

const FAR = 6;
const ARROWS: Readonly<Record<Direction, string>> = { left: '←', right: '→', up: '↑', down: '↓' };
const ICONS = { left: ArrowLeft, right: ArrowRight, up: ArrowUp, down: ArrowDown };

const WALK: Readonly<Record<Direction, ActionId>> = { left: 'walkLeft', right: 'walkRight', up: 'walkUp', down: 'walkDown' };
const NUDGE: Readonly<Record<Direction, ActionId>> = { left: 'nudgeLeft', right: 'nudgeRight', up: 'nudgeUp', down: 'nudgeDown' };
const PUSH: Readonly<Record<Direction, ActionId>> = { left: 'pushLeft', right: 'pushRight', up: 'pushUp', down: 'pushDown' };

const DIRECTIONS: readonly Direction[] = ['left', 'right', 'up', 'down'];

const moving: readonly Action[] = DIRECTIONS.flatMap((direction): readonly Action[] => {
  const shared = { area: 'canvas', icon: ICONS[direction], scope: 'canvas', repeats: true } as const;
  return [
    {
      ...shared,
      id: WALK[direction],
      keys: [`Alt ${ARROWS[direction]}`],
      enabled: needsDrawing,
      run: (designer) => walk(designer, direction),
    },
    {
      ...shared,
      id: NUDGE[direction],
      keys: [ARROWS[direction]],
      enabled: needsDrawing,
      run: (designer) => nudge(designer, direction),
    },
    {
      ...shared,
      id: PUSH[direction],
      keys: [`Ctrl ${ARROWS[direction]}`],
      enabled: needsNode,
      run: (designer) => nudgeBy(designer, direction, GRID * FAR),
    },
  ];
});

const reaching: readonly Action[] = [
  {
    id: 'selectUpstream',
    area: 'canvas',
    icon: GitMerge,
    keys: ['Shift ←'],
    scope: 'canvas',
    enabled: needsNode,
    run: (designer) => selectReach(designer, 'upstream', false),
  },
  {
    id: 'selectDownstream',
    area: 'canvas',
    icon: GitBranch,
    keys: ['Shift →'],
    scope: 'canvas',
    enabled: needsNode,
    run: (designer) => selectReach(designer, 'downstream', false),
  },
  {
    id: 'selectAllUpstream',
    area: 'canvas',
    icon: ArrowLeftToLine,
    keys: ['Ctrl Shift ←'],
    scope: 'canvas',
    enabled: needsNode,
    run: (designer) => selectReach(designer, 'upstream', true),
  },
  {
    id: 'selectAllDownstream',
    area: 'canvas',
    icon: ArrowRightToLine,
    keys: ['Ctrl Shift →'],
    scope: 'canvas',
    enabled: needsNode,
    run: (designer) => selectReach(designer, 'downstream', true),
  },
];

export const arrowActions: readonly Action[] = [...moving, ...reaching];

/** A plain arrow walks while nothing is selected or a connection is being made. */
function nudge(designer: Designer, direction: Direction): void {
  const { nodes, connectingFrom } = designer.selection.getState();
  if (nodes.size === 0 || connectingFrom !== null) walk(designer, direction);
  else nudgeBy(designer, direction, GRID);
}

function nudgeBy(designer: Designer, direction: Direction, distance: number): void {
  const step = STEPS[direction];
  nudgeSelection(designer, step.x * distance, step.y * distance);
}
