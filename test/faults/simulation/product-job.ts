/** The product's own nodes on the simulated world: files → event time → windows by key → files. */
import { loadPipeline } from '../../../engine/runtime/load-pipeline.ts';
import { createPlan, modulesOfGraph } from '../../../engine/runtime/plan/create-plan.ts';
import type { PhysicalPlan } from '../../../engine/runtime/plan/physical-plan.ts';
import { createNodeLoader } from '../../../engine/runtime/workers/node-loader.ts';
import { FaultStorage } from '../storage/fault-storage.ts';
import { createFilePipeline, describeOutput, type FilePipeline } from '../workload/file-pipeline.ts';

export const PRODUCT_LOADER = createNodeLoader();
export const PRODUCT_FOLDER = '/job/.millrace/killed';
/** Time passes only when nothing else can happen: the next checkpoint follows the last one at once. */
export const PRODUCT_OPTIONS = { ringBytes: 8192, folder: PRODUCT_FOLDER, checkpointIntervalMs: 0 };

/** Before the first plan: modules are imported, which nothing else in the simulation waits for. */
export async function loadProductNodes(): Promise<void> {
  const smallest = createFilePipeline({ seed: 1, files: 1, rowsPerFile: 1, keys: 1, rowsPerSecond: null, rollMegabytes: 1 });
  await PRODUCT_LOADER.load(modulesOfGraph(loadProduct(smallest, 1, 1).graph));
}

export function productPlan(files: FilePipeline, parallelism: number, batchRows: number): PhysicalPlan {
  const { graph, settings } = loadProduct(files, parallelism, batchRows);
  return createPlan(graph, settings, (type) => PRODUCT_LOADER.module(type));
}

function loadProduct(files: FilePipeline, parallelism: number, batchRows: number): ReturnType<typeof loadPipeline> {
  const options = { restore: 'latest', parallelism, batchRows } as const;
  return loadPipeline({ path: '/job/pipeline.json', text: files.document, options, trusted: true });
}

function writeFile(storage: FaultStorage, path: string, text: string): void {
  const file = storage.open(path, 'create');
  file.write(new TextEncoder().encode(text), 0);
  file.sync();
  file.close();
}

export function createDisk(files: FilePipeline): FaultStorage {
  const storage = new FaultStorage();
  storage.makeDirectory('/job/data');
  for (const [name, text] of files.inputs) writeFile(storage, `/job/data/${name}`, text);
  for (const folder of ['/job/data', '/job', '/']) storage.syncDirectory(folder);
  return storage;
}

export function readOutput(storage: FaultStorage): string[] {
  const names = storage.list('/job/out').filter((entry) => !entry.directory && entry.name.endsWith('.ndjson'));
  return describeOutput(names.map(({ name }) => new TextDecoder().decode(storage.bytes(`/job/out/${name}`))));
}
