/**
 * What a card offers beside itself: a bar above while the pointer or the keyboard is on it, a button beside ports that are
 * free. The canvas says what they are; where the same cards are only shown, a look can be held still.
 */
import type { ComponentType } from 'react';
import { createContext } from 'react';
import type { PortReference } from '../../engine/spec/document.ts';
import type { GroupCard, NodesCard } from './card.ts';

export interface CardSlots {
  readonly Above: ComponentType<{ readonly card: NodesCard | GroupCard }> | null;
  readonly Beside: ComponentType<{ readonly port: PortReference; readonly side: 'in' | 'out' }> | null;
  /** Holds every card in one look, whatever the pointer does. */
  readonly pinned: 'hover' | 'focus' | null;
}

export const NO_SLOTS: CardSlots = { Above: null, Beside: null, pinned: null };

export const CardSlotsContext = createContext<CardSlots>(NO_SLOTS);
