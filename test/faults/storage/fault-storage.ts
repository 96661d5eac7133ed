/**
 * A file system in memory that knows what a power loss may take: data not synced, directory entries whose directory was
 * not synced. It also tears, flips, fills up and fails on request, and notices a second sync after a failed one.
 */
import { EngineError } from '../../../engine/base/errors.ts';
import type { Storage, StorageEntry, StorageFile } from '../../../engine/base/storage.ts';

interface FileNode {
  readonly kind: 'file';
  readonly inode: number;
  content: Uint8Array;
}

interface DirectoryNode {
  readonly kind: 'directory';
  readonly inode: number;
  readonly entries: Map<string, number>;
}

type Node = FileNode | DirectoryNode;

/** Something the machine has not made durable yet. */
export type PendingOperation =
  | { readonly kind: 'link'; readonly directory: number; readonly name: string; readonly inode: number }
  | { readonly kind: 'unlink'; readonly directory: number; readonly name: string }
  | {
      readonly kind: 'rename';
      readonly from: number;
      readonly fromName: string;
      readonly to: number;
      readonly toName: string;
      readonly inode: number;
    }
  | { readonly kind: 'write'; readonly inode: number; readonly position: number; readonly data: Uint8Array }
  | { readonly kind: 'truncate'; readonly inode: number; readonly length: number };

/** How an operation came out of the power loss; data may also arrive in part or as zeros. */
export type Survival = 'kept' | 'lost' | 'torn' | 'zeroed';

export type OperationName = 'open' | 'read' | 'write' | 'truncate' | 'sync' | 'rename' | 'remove' | 'makeDirectory' | 'syncDirectory';

class Tree {
  readonly nodes = new Map<number, Node>();
  private nextInode = 1;

  constructor() {
    this.add({ kind: 'directory', inode: 0, entries: new Map() });
  }

  newInode(): number {
    return this.nextInode++;
  }

  add(node: Node): void {
    this.nodes.set(node.inode, node);
    this.nextInode = Math.max(this.nextInode, node.inode + 1);
  }

  clone(): Tree {
    const copy = new Tree();
    for (const node of this.nodes.values()) {
      copy.add(node.kind === 'file' ? { ...node, content: node.content.slice() } : { ...node, entries: new Map(node.entries) });
    }
    return copy;
  }

  find(path: string): Node | null {
    let node: Node | undefined = this.nodes.get(0);
    for (const part of path.split('/')) {
      if (part === '') continue;
      if (node === undefined || node.kind !== 'directory') return null;
      const inode = node.entries.get(part);
      if (inode === undefined) return null;
      node = this.nodes.get(inode);
    }
    return node ?? null;
  }

  apply(operation: PendingOperation, survival: Survival = 'kept'): void {
    if (survival === 'lost') return;
    if (operation.kind === 'link') this.directory(operation.directory)?.entries.set(operation.name, operation.inode);
    else if (operation.kind === 'unlink') this.directory(operation.directory)?.entries.delete(operation.name);
    else if (operation.kind === 'rename') {
      const source = this.directory(operation.from);
      if (source?.entries.get(operation.fromName) === operation.inode) source.entries.delete(operation.fromName);
      this.directory(operation.to)?.entries.set(operation.toName, operation.inode);
    } else this.applyData(operation, survival);
  }

  private applyData(operation: Extract<PendingOperation, { inode: number; kind: 'write' | 'truncate' }>, survival: Survival): void {
    const node = this.nodes.get(operation.inode);
    if (node === undefined || node.kind !== 'file') return;
    if (operation.kind === 'truncate') {
      node.content = resized(node.content, operation.length);
      return;
    }
    let { data } = operation;
    if (survival === 'torn') data = data.subarray(0, data.length >>> 1);
    if (survival === 'zeroed') data = new Uint8Array(data.length);
    if (node.content.length < operation.position + data.length) node.content = resized(node.content, operation.position + data.length);
    node.content.set(data, operation.position);
  }

  private directory(inode: number): DirectoryNode | null {
    const node = this.nodes.get(inode);
    return node !== undefined && node.kind === 'directory' ? node : null;
  }
}

function resized(content: Uint8Array, length: number): Uint8Array {
  const next = new Uint8Array(length);
  next.set(content.subarray(0, length));
  return next;
}

function codedError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function failure(code: string, path: string): EngineError {
  const full = code === 'ENOSPC';
  return new EngineError(full ? 'MR1101' : 'MR1102', `${code}: ${path}`, { domain: 'external', retryable: true, cause: codedError(code) });
}

export class FaultStorage implements Storage {
  /** Called before every operation; returns an error code to make it fail, or throws to end the world. */
  fault: ((operation: OperationName, path: string) => string | null) | null = null;
  /** Promises of the durable protocols that were broken. */
  readonly violations: string[] = [];
  /** The machine is off: nothing works any more. */
  off = false;
  private readonly current: Tree;
  private readonly durable: Tree;
  private pending: PendingOperation[] = [];
  private readonly broken = new Set<number>();

  constructor(tree: Tree = new Tree()) {
    this.current = tree;
    this.durable = tree.clone();
  }

  /** What is not durable yet, oldest first. */
  pendingOperations(): readonly PendingOperation[] {
    return this.pending;
  }

  /** The process is gone, the machine is not. */
  afterKill(): FaultStorage {
    const next = new FaultStorage(this.current.clone());
    next.resetDurable(this.durable, this.pending);
    return next;
  }

  /** The machine lost its power: one survival per pending operation. */
  afterPowerLoss(survivals: readonly Survival[]): FaultStorage {
    const tree = this.durable.clone();
    for (const node of this.current.nodes.values()) {
      if (tree.nodes.has(node.inode)) continue;
      tree.add(node.kind === 'file' ? { ...node, content: new Uint8Array(0) } : { ...node, entries: new Map() });
    }
    this.pending.forEach((operation, index) => tree.apply(operation, survivals[index] ?? 'lost'));
    return new FaultStorage(tree);
  }

  /** Contents of a file as it stands, for assertions. */
  bytes(path: string): Uint8Array {
    return this.fileAt(path).content;
  }

  flipBit(path: string, bit: number): void {
    this.fileAt(path).content[bit >>> 3] ^= 1 << (bit & 7);
  }

  cut(path: string, length: number): void {
    const node = this.fileAt(path);
    node.content = resized(node.content, length);
  }

  open(path: string, mode: 'read' | 'write' | 'create'): StorageFile {
    this.enter('open', path);
    const existing = this.current.find(path);
    if (existing !== null && existing.kind === 'directory') throw failure('EISDIR', path);
    if (existing !== null && mode === 'create') throw failure('EEXIST', path);
    if (existing === null && mode === 'read') throw failure('ENOENT', path);
    const node = existing ?? this.createFile(path);
    return this.handle(path, node);
  }

  list(path: string): StorageEntry[] {
    const node = this.current.find(path);
    if (node === null || node.kind !== 'directory') return [];
    return [...node.entries].map(([name, inode]) => ({ name, directory: this.current.nodes.get(inode)?.kind === 'directory' }));
  }

  exists(path: string): boolean {
    return this.current.find(path) !== null;
  }

  stat(path: string): { size: number; modifiedMs: number; directory: boolean; inode: bigint } | null {
    const node = this.current.find(path);
    if (node === null) return null;
    return {
      size: node.kind === 'file' ? node.content.length : 0,
      modifiedMs: 0,
      directory: node.kind === 'directory',
      inode: BigInt(node.inode),
    };
  }

  rename(from: string, to: string): void {
    this.enter('rename', to);
    const node = this.current.find(from);
    if (node === null) throw failure('ENOENT', from);
    const target = this.parent(to);
    const occupied = this.current.find(to);
    if (occupied !== null && occupied.kind === 'directory' && occupied.entries.size > 0) throw failure('ENOTEMPTY', to);
    const operation = {
      kind: 'rename',
      from: this.parent(from).inode,
      fromName: nameOf(from),
      to: target.inode,
      toName: nameOf(to),
      inode: node.inode,
    } as const;
    this.perform(operation);
  }

  remove(path: string): void {
    this.enter('remove', path);
    if (this.current.find(path) === null) throw failure('ENOENT', path);
    this.perform({ kind: 'unlink', directory: this.parent(path).inode, name: nameOf(path) });
  }

  removeTree(path: string): void {
    const node = this.current.find(path);
    if (node === null) return;
    if (node.kind === 'directory') for (const name of [...node.entries.keys()]) this.removeTree(`${path}/${name}`);
    this.remove(path);
  }

  makeDirectory(path: string): void {
    this.enter('makeDirectory', path);
    let made = '';
    for (const part of path.split('/').filter((each) => each !== '')) {
      made += `/${part}`;
      if (this.current.find(made) !== null) continue;
      const inode = this.current.newInode();
      this.current.add({ kind: 'directory', inode, entries: new Map() });
      this.durable.add({ kind: 'directory', inode, entries: new Map() });
      this.perform({ kind: 'link', directory: this.parent(made).inode, name: part, inode });
    }
  }

  syncDirectory(path: string): void {
    this.enter('syncDirectory', path);
    const node = this.current.find(path);
    if (node === null) throw failure('ENOENT', path);
    this.settle((operation) => {
      if (operation.kind === 'rename') return operation.to === node.inode;
      return (operation.kind === 'link' || operation.kind === 'unlink') && operation.directory === node.inode;
    });
  }

  private handle(path: string, node: FileNode): StorageFile {
    const operation = (name: OperationName) => this.enter(name, path);
    return {
      path,
      read: (target, offset, length, position) => {
        operation('read');
        const part = node.content.subarray(position, position + length);
        target.set(part, offset);
        return part.length;
      },
      write: (source, position) => {
        operation('write');
        this.perform({ kind: 'write', inode: node.inode, position, data: source.slice() });
      },
      size: () => node.content.length,
      truncate: (length) => {
        operation('truncate');
        this.perform({ kind: 'truncate', inode: node.inode, length });
      },
      sync: () => {
        if (this.broken.has(node.inode)) this.violations.push(`${path} was synced again after a failed sync`);
        try {
          operation('sync');
        } catch (error) {
          this.broken.add(node.inode);
          throw error;
        }
        this.settle((each) => (each.kind === 'write' || each.kind === 'truncate') && each.inode === node.inode);
      },
      close: () => undefined,
    };
  }

  private enter(operation: OperationName, path: string): void {
    if (this.off) throw failure('EIO', path);
    const code = this.fault?.(operation, path) ?? null;
    if (code !== null) throw failure(code, path);
  }

  private perform(operation: PendingOperation): void {
    this.current.apply(operation);
    this.pending.push(operation);
  }

  /** Moves what `belongs` from pending to durable, in order. */
  private settle(belongs: (operation: PendingOperation) => boolean): void {
    const rest: PendingOperation[] = [];
    for (const operation of this.pending) {
      if (belongs(operation)) this.durable.apply(operation);
      else rest.push(operation);
    }
    this.pending = rest;
  }

  private resetDurable(durable: Tree, pending: readonly PendingOperation[]): void {
    this.durable.nodes.clear();
    for (const node of durable.clone().nodes.values()) this.durable.add(node);
    this.pending = [...pending];
  }

  private createFile(path: string): FileNode {
    const node: FileNode = { kind: 'file', inode: this.current.newInode(), content: new Uint8Array(0) };
    const directory = this.parent(path).inode;
    this.current.add(node);
    this.durable.add({ ...node, content: new Uint8Array(0) });
    this.perform({ kind: 'link', directory, name: nameOf(path), inode: node.inode });
    return node;
  }

  private parent(path: string): DirectoryNode {
    const parent = this.current.find(path.slice(0, path.lastIndexOf('/')));
    if (parent === null || parent.kind !== 'directory') throw failure('ENOENT', path);
    return parent;
  }

  private fileAt(path: string): FileNode {
    const node = this.current.find(path);
    if (node === null || node.kind !== 'file') throw new Error(`no file ${path}`);
    return node;
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
