/** While the name of a column is typed: the document in which it had its old name, and what follows the new one. */
import { createStore } from 'zustand/vanilla';
import type { JsonValue } from '../../engine/base/json.ts';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { setField } from '../document/commands.ts';
import type { RenamedUse } from '../document/rename-column.ts';
import { followRename } from '../document/rename-column.ts';
import type { DocumentStore } from '../document/store.ts';

export interface RenamingState {
  /** Place of the name that is being edited, as problems name it; null: none is. */
  readonly place: string | null;
  readonly uses: readonly RenamedUse[];
  /** False: the person wants the name changed here only. */
  readonly follow: boolean;
}

export interface ColumnRenaming {
  getState(): RenamingState;
  subscribe(listener: () => void): () => void;
  /** `value` is the whole field with the new name in it. */
  edit(field: string, place: string, value: JsonValue): void;
  setFollow(follow: boolean): void;
  /** The name has lost the focus. */
  end(): void;
}

const IDLE: RenamingState = { place: null, uses: [], follow: true };

export function createColumnRenaming(documents: DocumentStore, nodeId: string): ColumnRenaming {
  const store = createStore<RenamingState>(() => IDLE);
  /** `base` has the old name; `made` is the document this session left behind. */
  let session: { readonly base: PipelineDocument; made: PipelineDocument; field: string; value: JsonValue } | null = null;

  function apply(): void {
    if (session === null) return;
    const { base, field, value } = session;
    const { follow } = store.getState();
    const edited = setField(base, nodeId, field, value);
    const followed = followRename(base, edited, nodeId);
    const next = follow ? followed.document : edited;
    documents.commit('rename', () => next, `${nodeId}.${field}#name`);
    session.made = next;
    store.setState({ uses: followed.uses });
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    edit(field, place, value) {
      const { document } = documents.getState();
      const goesOn = session !== null && store.getState().place === place && session.made === document;
      if (goesOn && session !== null) session.value = value;
      else {
        session = { base: document, made: document, field, value };
        store.setState({ place, uses: [], follow: true });
      }
      apply();
    },
    setFollow(follow) {
      store.setState({ follow });
      if (session !== null && session.made === documents.getState().document) apply();
    },
    end() {
      session = null;
      store.setState(IDLE);
    },
  };
}
