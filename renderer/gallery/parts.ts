/** The parts of the gallery, in the order of their tabs. */
export const PART_IDS = ['anatomy', 'overlays', 'states', 'tokens', 'fields'] as const;

export type PartId = (typeof PART_IDS)[number];
