/** Reads sections of state files back for an operator, one at a time: together they may be larger than memory. */
import { EngineError } from '../../base/errors.ts';
import type { Storage } from '../../base/storage.ts';
import type { RestoredSection } from '../../operators/operator.ts';
import type { SectionReference } from './messages.ts';

/** The sections' bytes are read when asked for; those of the last one asked for are kept. */
export function readSections(storage: Storage, references: readonly SectionReference[]): RestoredSection[] {
  let last: { readonly reference: SectionReference; readonly bytes: Uint8Array } | null = null;
  return references.map((reference) => {
    const { name, distribution, header, keyGroups, subtaskIndex } = reference;
    return {
      name,
      distribution,
      header,
      keyGroups,
      subtaskIndex,
      get bytes() {
        if (last?.reference !== reference) {
          last = null;
          last = { reference, bytes: readBytes(storage, reference) };
        }
        return last.bytes;
      },
    };
  });
}

/** The file was validated when the checkpoint was chosen; a short read means it has changed since. */
function readBytes(storage: Storage, { path, offset, length }: SectionReference): Uint8Array {
  const bytes = new Uint8Array(length);
  const file = storage.open(path, 'read');
  try {
    let done = 0;
    while (done < length) {
      const count = file.read(bytes, done, length - done, offset + done);
      if (count === 0) throw new EngineError('MR5021', `state file ${path} became shorter while it was restored`, { domain: 'external' });
      done += count;
    }
  } finally {
    file.close();
  }
  return bytes;
}
