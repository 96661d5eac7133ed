/** Holds every card in one look, whatever pointer and keyboard do: for places where cards are only shown. */
import { createContext } from 'react';

export type CardLook = 'hover' | 'focus';

export const CardLookContext = createContext<CardLook | null>(null);
