/** The one list of node types, in the order of the palette: to add a node, add its line. */
import type { AnyNode, Catalog } from '../spec/define-node.ts';
import { fileSink } from './sinks/file/node.ts';
import { previewSink } from './sinks/preview/node.ts';
import { printSink } from './sinks/print/node.ts';
import { socketSink } from './sinks/socket/node.ts';
import { collectionSource } from './sources/collection/node.ts';
import { fileSource } from './sources/file/node.ts';
import { generatorSource } from './sources/generator/node.ts';
import { nexmarkSource } from './sources/nexmark/node.ts';
import { socketSource } from './sources/socket/node.ts';
import { filter } from './transforms/filter/node.ts';
import { mask } from './transforms/mask/node.ts';
import { partition } from './transforms/partition/node.ts';
import { route } from './transforms/route/node.ts';
import { select } from './transforms/select/node.ts';
import { union } from './transforms/union/node.ts';
import { watermark } from './transforms/watermark/node.ts';
import { windowAggregate } from './windows/window-aggregate/node.ts';

export const nodes: readonly AnyNode[] = [
  fileSource,
  generatorSource,
  nexmarkSource,
  collectionSource,
  socketSource,
  filter,
  select,
  watermark,
  route,
  union,
  mask,
  partition,
  windowAggregate,
  fileSink,
  printSink,
  socketSink,
  previewSink,
];

export const catalog: Catalog = new Map(nodes.map((node) => [node.type, node]));
