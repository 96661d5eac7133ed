/** The tools of this build put together, for the engine process and the command line. */
import path from 'node:path';
import { EngineError } from '../base/errors.ts';
import { createNodeStorage } from '../base/node-storage.ts';
import { catalog } from '../nodes/node-types.ts';
import { openHistory } from '../runtime/history/open-history.ts';
import { listKeptState } from '../runtime/kept-checkpoints.ts';
import { createPreviewer } from '../runtime/preview/previewer.ts';
import { checkRestore } from '../runtime/restore-check/check-restore.ts';
import { createNodeLoader } from '../runtime/workers/node-loader.ts';
import type { CommandLineTools } from './command-line/command-line-tools.ts';
import { exportPipeline } from './pipeline-exports.ts';
import { graphTools } from './pipeline-tools.ts';
import { inferFileSchema } from './schema-inference/infer-file-schema.ts';

/** `bundleFolder`: where the bundle of the preview thread lies. */
export function createTools(bundleFolder: string): CommandLineTools {
  const previewer = createPreviewer(bundleFolder);
  const loader = createNodeLoader();
  return {
    ...graphTools,
    preview: (text, baseDirectory, rowsMax, nodes, trusted) =>
      previewer.preview({ text, baseDirectory, rowsMax, trusted: trusted === true, ...(nodes === undefined ? {} : { nodes }) }),
    close: () => previewer.close(),
    export: exportPipeline,
    keptState: listKeptState,
    checkRestore: (text, pipelinePath, checkpoint) =>
      checkRestore(createNodeStorage(), loader, checkpoint, { path: pipelinePath, text, options: { restore: { path: checkpoint } } }),
    history: openHistory,
    inferFileSchema: (file, format, fields) => inferFileSchema({ ...fields, format, path: file }, path.dirname(file)),
    inferSchema: async (nodeType, config, baseDirectory) => {
      const fields = catalog.get(nodeType)?.fields ?? {};
      // Whatever reads files of a format can be sampled; its type does not matter.
      if ('path' in fields && 'format' in fields && 'schema' in fields) return inferFileSchema(config, baseDirectory);
      throw new EngineError('MR4094', `columns of ${JSON.stringify(nodeType.slice(0, 80))} cannot be read from a sample`, {
        domain: 'user',
        remedy: 'write the columns by hand',
      });
    },
  };
}
