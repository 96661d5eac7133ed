/** Ids of the texts that describe the controls within: for those that are made anew while one types, and so cannot be told once. */
import { createContext } from 'react';

export const DescribedBy = createContext<string | undefined>(undefined);
