/** Reads one section of a state file back for an operator. */
import { EngineError } from '../../base/errors.ts';
import type { Storage } from '../../base/storage.ts';
import type { RestoredSection } from '../../operators/operator.ts';
import type { SectionReference } from './messages.ts';

/** The file was validated when the checkpoint was chosen; a short read means it has changed since. */
export function readSection(storage: Storage, reference: SectionReference): RestoredSection {
  const { name, distribution, header, keyGroups, subtaskIndex, path, offset, length } = reference;
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
  return { name, distribution, header, keyGroups, subtaskIndex, bytes };
}
