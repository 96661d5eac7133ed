/** Actions on several selected cards: six alignments, two distributions. */
import i18next from 'i18next';
import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
} from 'lucide-react';
import { alignSelection } from '../app/aligning.ts';
import type { Designer } from '../app/designer.ts';
import type { Alignment } from '../document/align.ts';
import type { Action, ActionId } from './action.ts';

const ALIGNMENTS: readonly { readonly id: ActionId; readonly icon: Action['icon']; readonly alignment: Alignment }[] = [
  { id: 'alignLeft', icon: AlignStartVertical, alignment: 'left' },
  { id: 'alignCentre', icon: AlignCenterVertical, alignment: 'centre' },
  { id: 'alignRight', icon: AlignEndVertical, alignment: 'right' },
  { id: 'alignTop', icon: AlignStartHorizontal, alignment: 'top' },
  { id: 'alignMiddle', icon: AlignCenterHorizontal, alignment: 'middle' },
  { id: 'alignBottom', icon: AlignEndHorizontal, alignment: 'bottom' },
];

const DISTRIBUTIONS: typeof ALIGNMENTS = [
  { id: 'distributeColumns', icon: AlignHorizontalDistributeCenter, alignment: 'columns' },
  { id: 'distributeRows', icon: AlignVerticalDistributeCenter, alignment: 'rows' },
];

export const alignActions: readonly Action[] = [...ALIGNMENTS, ...DISTRIBUTIONS].map(({ id, icon, alignment }) => ({
  id,
  area: 'canvas',
  icon,
  keys: [],
  scope: 'canvas',
  enabled: (designer) => needsCards(designer, DISTRIBUTIONS.some((each) => each.id === id) ? 3 : 2),
  run: (designer) => alignSelection(designer, alignment),
}));

function needsCards(designer: Designer, count: number): true | string {
  const chosen = designer.view.getState().nodes.filter((node) => node.selected === true).length;
  return chosen >= count || i18next.t('cannot.fewCards', { count });
}
