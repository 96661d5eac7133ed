/**
 * Publishes staged files once a checkpoint is durable. Every step may be repeated: a part that is already in its place
 * stays there. A journal of published names lets a restore of an older checkpoint take back what came after it.
 */
import { dirname } from 'node:path';
import { EngineError } from '../../base/errors.ts';
import type { JsonValue } from '../../base/json.ts';
import { killPoint } from '../../base/kill-point.ts';
import type { Storage } from '../../base/storage.ts';
import type { Committer, CoordinatorEnvironment } from '../../operators/operator.ts';
import { fillText, text } from '../../spec/text.ts';
import type { FileCommittable } from './part-sink.ts';
import { attemptFolder, type PartName, parsePartName, partName, type SinkPaths, SUPERSEDED, sinkPaths } from './sink-paths.ts';
import {
  candidatePaths,
  copyPart,
  makeDurableFolder,
  ownPaths,
  readSmallFile,
  replaceFile,
  type StagedPart,
  stagedPath,
} from './staged-files.ts';

const JOURNAL = 'published.json';
/** Names the journal keeps; checkpoints older than that many parts are not restored any more. */
const JOURNAL_NAMES_MAX = 10_000;
const ENDED = 'ended';
/** What the staging folder of a finished file is called while it is removed. */
const REMOVED = '.removed';
const TAKEN_BACK = text({
  en: 'took back {removed} part files written after the checkpoint that is restored; their rows will be written again',
  zh: '收回了所恢复检查点之后写出的 {removed} 个分片文件；其中的数据将重新写出',
});

type End = Extract<FileCommittable, { kind: 'end' }>;

export class FileCommitter implements Committer {
  private readonly prefix: string;
  private readonly environment: CoordinatorEnvironment;
  private readonly storage: Storage;
  private readonly paths: SinkPaths;
  /** The next commit finishes an earlier attempt's checkpoint; parts it left in progress are still needed. */
  private recovering = false;
  private collected = false;

  constructor(config: { readonly path: string; readonly format: string; readonly prefix: string }, environment: CoordinatorEnvironment) {
    this.prefix = config.prefix;
    this.environment = environment;
    this.storage = environment.storage;
    this.paths = sinkPaths(config, environment);
  }

  discardUncommitted(committed: readonly JsonValue[]): void {
    const { storage, paths, environment } = this;
    this.recovering = committed.length > 0;
    if (paths.mode === 'folder') makeDurableFolder(storage, paths.target);
    storage.removeTree(paths.staging + REMOVED);
    makeDurableFolder(storage, paths.staging);
    for (const entry of storage.list(paths.staging)) {
      const folder = `${paths.staging}/${entry.name}`;
      if (!entry.directory) continue;
      if (entry.name === ENDED) storage.removeTree(folder);
      else if (/^attempt-\d+$/.test(entry.name) && folder !== attemptFolder(paths, environment.attempt)) this.supersede(folder);
    }
    storage.syncDirectory(paths.staging);
    makeDurableFolder(storage, attemptFolder(paths, environment.attempt));
    this.takeBackLaterParts(committed.map(asCommittable));
  }

  commit(committables: readonly JsonValue[]): void {
    const all = committables.map(asCommittable);
    if (this.paths.mode === 'folder') this.publishParts(all.flatMap((one) => (one.kind === 'part' ? [one.part] : [])));
    else this.publishFile(all.flatMap((one) => (one.kind === 'end' ? [one] : [])));
    if (!this.recovering && !this.collected) this.collectSuperseded();
    this.recovering = false;
  }

  private supersede(folder: string): void {
    const { storage } = this;
    if (storage.exists(folder + SUPERSEDED)) storage.removeTree(folder + SUPERSEDED);
    storage.rename(folder, folder + SUPERSEDED);
    killPoint('sink.superseded');
  }

  /** The first checkpoint of this attempt refers to nothing in older folders any more (a single file's segments excepted). */
  private collectSuperseded(): void {
    this.collected = true;
    if (this.paths.mode === 'file') return;
    for (const entry of this.storage.list(this.paths.staging)) {
      if (entry.directory && entry.name.endsWith(SUPERSEDED)) this.storage.removeTree(`${this.paths.staging}/${entry.name}`);
    }
  }

  private publishParts(parts: readonly StagedPart[]): void {
    const { storage, paths } = this;
    if (parts.length === 0) return;
    this.writeJournal([...this.readJournal(), ...parts.map((part) => partName(this.prefix, part))]);
    killPoint('sink.commit.journal');
    let first = true;
    for (const part of parts) {
      this.publishPart(part);
      if (first) killPoint('sink.commit.first');
      first = false;
    }
    killPoint('sink.commit.renamed');
    storage.syncDirectory(paths.target);
    killPoint('sink.committed');
  }

  private publishPart(part: StagedPart): void {
    const { storage, paths, prefix } = this;
    const published = `${paths.target}/${partName(prefix, part)}${paths.extension}`;
    for (const path of [...ownPaths(paths, prefix, part), published]) {
      // The published name stands last: when it is the first that fits, the work is done.
      if (storage.stat(path)?.size !== part.length) continue;
      if (path !== published) storage.rename(path, published);
      return;
    }
    throw new EngineError(
      'MR4021',
      `staged output ${partName(prefix, part)} of attempt ${part.attempt} is gone: neither in ${paths.staging} nor published`,
      {
        domain: 'external',
        nodeId: this.environment.nodeId,
        field: 'path',
        remedy: 'put the file back, or restore from another checkpoint',
      },
    );
  }

  /** Removes parts that were published after the checkpoint that is being restored. */
  private takeBackLaterParts(committed: readonly FileCommittable[]): void {
    const { storage, paths } = this;
    const ledger = new Map(committed.flatMap((one) => (one.kind === 'ledger' ? [[one.subtask, one.next] as const] : [])));
    if (paths.mode === 'file' || ledger.size === 0) return;
    const highest = Math.max(...ledger.values());
    const isLater = (name: PartName) => name.sequence >= (ledger.get(name.subtask) ?? highest);
    let removed = 0;
    for (const journalled of this.readJournal()) {
      const name = parsePartName(this.prefix, '', journalled);
      const path = `${paths.target}/${journalled}${paths.extension}`;
      if (name === null || !isLater(name) || !storage.exists(path)) continue;
      storage.remove(path);
      removed++;
    }
    if (removed === 0) return;
    storage.syncDirectory(paths.target);
    this.environment.log('warning', 'parts-taken-back', fillText(TAKEN_BACK, { removed }));
  }

  private readJournal(): string[] {
    const text = readSmallFile(this.storage, `${this.paths.staging}/${JOURNAL}`);
    if (text === null) return [];
    try {
      return (JSON.parse(text) as { names: string[] }).names;
    } catch {
      return [];
    }
  }

  private writeJournal(names: readonly string[]): void {
    replaceFile(this.storage, `${this.paths.staging}/${JOURNAL}`, JSON.stringify({ names: [...new Set(names)].slice(-JOURNAL_NAMES_MAX) }));
  }

  /** One file: notes which subtasks have ended; the last one puts the file together. */
  private publishFile(ends: readonly End[]): void {
    const { storage, paths } = this;
    if (ends.length === 0) return;
    if (this.isPublished(ends)) {
      if (!this.recovering && ends.length === ends[0].parallelism) this.removeStaging();
      return;
    }
    const folder = `${paths.staging}/${ENDED}`;
    makeDurableFolder(storage, folder);
    for (const end of ends) replaceFile(storage, `${folder}/${end.subtask}-of-${end.parallelism}.json`, JSON.stringify(end));
    killPoint('sink.commit.journal');
    const { parallelism } = ends[0];
    const all = Array.from({ length: parallelism }, (_unused, subtask) =>
      readSmallFile(storage, `${folder}/${subtask}-of-${parallelism}.json`),
    );
    if (all.some((text) => text === null)) return;
    this.assemble(all.map((text) => JSON.parse(text ?? '') as End));
  }

  /** The file is there and what it was made of is not. */
  private isPublished(ends: readonly End[]): boolean {
    const { storage, paths, prefix } = this;
    const parts = ends.flatMap((end) => end.parts);
    if (parts.length === 0 || !storage.exists(paths.target)) return false;
    return parts.every((part) =>
      candidatePaths(storage, paths, prefix, part).every((path) => path === paths.target || !storage.exists(path)),
    );
  }

  private assemble(ends: readonly End[]): void {
    const { storage, paths } = this;
    const parts = ends.flatMap((end) => end.parts).sort((left, right) => left.subtask - right.subtask || left.sequence - right.sequence);
    const head = parts[0]?.withHead === true ? '' : ends[0].head;
    const whole = parts.length === 1 && head === '' ? this.wholeFile(parts[0]) : null;
    const assembled = whole ?? this.concatenate(new TextEncoder().encode(head), parts);
    killPoint('sink.commit.first');
    storage.rename(assembled, paths.target);
    killPoint('sink.commit.renamed');
    storage.syncDirectory(dirname(paths.target));
    killPoint('sink.committed');
    this.removeStaging();
  }

  /** At once: with half of the parts gone, a restore could neither put the file together again nor see that it is there. */
  private removeStaging(): void {
    const { storage, paths } = this;
    const removed = paths.staging + REMOVED;
    storage.removeTree(removed);
    storage.rename(paths.staging, removed);
    storage.syncDirectory(dirname(paths.staging));
    storage.removeTree(removed);
  }

  /** Path of a part that is exactly the file to publish: written by this attempt, so that nobody else has it open. */
  private wholeFile(part: StagedPart): string | null {
    const path = stagedPath(this.paths, this.prefix, part);
    const isOurs = part.attempt === this.environment.attempt && this.storage.stat(path)?.size === part.length;
    return isOurs ? path : null;
  }

  private concatenate(head: Uint8Array, parts: readonly StagedPart[]): string {
    const { storage, paths } = this;
    const path = `${paths.staging}/assembled`;
    if (storage.exists(path)) storage.remove(path);
    const file = storage.open(path, 'create');
    try {
      let position = head.length;
      if (position > 0) file.write(head, 0);
      for (const part of parts) {
        copyPart(storage, paths, this.prefix, part, file, position);
        position += part.length;
      }
      // An attempt to copy from a wrong candidate may have written further.
      file.truncate(position);
      file.sync();
    } finally {
      file.close();
    }
    return path;
  }
}

function asCommittable(value: JsonValue): FileCommittable {
  return value as unknown as FileCommittable;
}
