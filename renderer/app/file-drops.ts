/** Files dropped on the canvas become sources: copied beside the pipeline, their format and columns read from a sample. */
import i18next from 'i18next';
import { toast } from 'sonner';
import type { JsonObject } from '../../engine/base/json.ts';
import type { Point } from '../../engine/spec/document.ts';
import { addNode } from '../document/commands.ts';
import type { PaletteEntry } from '../document/definitions.ts';
import { paletteEntries } from '../document/definitions.ts';
import { folderOf, relativePath } from '../document/relative-path.ts';
import { messageOf } from '../files/failure.ts';
import type { Designer } from './designer.ts';
import { freePlace } from './editing.ts';

const BYTES_MAX = 8 * 1024 * 1024;
const ROW_STEP = 81;

export interface DroppedFiles {
  readonly files: readonly File[];
  readonly at: Point;
}

/** Copies the files and adds one source for each, all as one undo step. */
export async function addDroppedFiles(designer: Designer, { files, at }: DroppedFiles): Promise<void> {
  const { path } = designer.documents.getState();
  const made: { readonly type: string; readonly config: JsonObject }[] = [];
  for (const file of files) {
    const entry = sourceFor(file.name);
    if (entry === null) toast(i18next.t('gesture.dropUnknown', { name: file.name }), { description: i18next.t('gesture.dropUnknownText') });
    else if (file.size > BYTES_MAX)
      toast(i18next.t('gesture.dropTooLarge', { name: file.name }), { description: i18next.t('gesture.dropTooLargeText') });
    else {
      try {
        made.push(await copied(designer, path, file, entry));
      } catch (error) {
        toast.error(i18next.t('gesture.dropFailed', { name: file.name }), { description: messageOf(error) });
      }
    }
  }
  if (made.length === 0 || designer.documents.getState().path !== path) return;
  const ids: string[] = [];
  designer.documents.commit('add', (document) =>
    made.reduce((next, node, index) => {
      const added = addNode(next, node, freePlace(designer, { x: at.x, y: at.y + index * ROW_STEP }));
      ids.push(added.id);
      return added.document;
    }, document),
  );
  designer.selection.select(ids);
}

async function copied(designer: Designer, pipelinePath: string, file: File, { entry, pathField }: Source) {
  const answer = await designer.host.call('file.addData', { pipelinePath, name: file.name, text: await file.text() });
  const config: JsonObject = { ...entry.config, [pathField]: relativePath(pipelinePath, answer.path) };
  const schemaField = Object.entries(entry.definition.fields).find(([, field]) => field.kind === 'schema')?.[0];
  if (schemaField === undefined) return { type: entry.type, config };
  // Without columns the source still stands there, with its problem and the button that reads them.
  const found = await designer.host
    .call('schema.infer', { nodeType: entry.type, config, baseDirectory: folderOf(pipelinePath) })
    .catch(() => null);
  const columns = found?.fields.map(({ name, type }) => ({ name, type }));
  return { type: entry.type, config: columns === undefined ? config : { ...config, [schemaField]: columns } };
}

interface Source {
  readonly entry: PaletteEntry;
  readonly pathField: string;
}

/** The source that reads files of this ending; a preset for just that format before the type itself. */
function sourceFor(name: string): Source | null {
  const ending = name.split('.').at(-1)?.toLowerCase() ?? '';
  for (const entry of paletteEntries) {
    if (entry.category !== 'sources') continue;
    for (const [pathField, field] of Object.entries(entry.definition.fields)) {
      if (field.kind !== 'path' || field.extensions?.includes(ending) !== true) continue;
      const exact = paletteEntries.find((other) => other.type === entry.type && other.key.endsWith(`:${ending}`));
      return { entry: exact ?? { ...entry, config: {} }, pathField };
    }
  }
  return null;
}
