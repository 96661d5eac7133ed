/** The one list of node types: to add a node, add its line. */

export { broadcast } from './joins/broadcast/node.ts';
export { intervalJoin } from './joins/interval-join/node.ts';
export { windowJoin } from './joins/window-join/node.ts';
export { pattern } from './patterns/pattern/node.ts';
export { fileSink } from './sinks/file/node.ts';
export { previewSink } from './sinks/preview/node.ts';
export { printSink } from './sinks/print/node.ts';
export { socketSink } from './sinks/socket/node.ts';
export { collectionSource } from './sources/collection/node.ts';
export { fileSource } from './sources/file/node.ts';
export { generatorSource } from './sources/generator/node.ts';
export { nexmarkSource } from './sources/nexmark/node.ts';
export { socketSource } from './sources/socket/node.ts';
export { deduplicate } from './transforms/deduplicate/node.ts';
export { filter } from './transforms/filter/node.ts';
export { mask } from './transforms/mask/node.ts';
export { partition } from './transforms/partition/node.ts';
export { process } from './transforms/process/node.ts';
export { route } from './transforms/route/node.ts';
export { runningAggregate } from './transforms/running-aggregate/node.ts';
export { select } from './transforms/select/node.ts';
export { union } from './transforms/union/node.ts';
export { watermark } from './transforms/watermark/node.ts';
export { customWindow } from './windows/custom-window/node.ts';
export { windowAggregate } from './windows/window-aggregate/node.ts';
