/** Row kinds with the byte values of Flink's `RowKind`, as they stand in a batch's row-kind lane. */
export const RowKind = { insert: 0, updateBefore: 1, updateAfter: 2, delete: 3 } as const;

export const ROW_KIND_SYMBOLS = ['+I', '-U', '+U', '-D'] as const;
