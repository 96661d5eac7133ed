/** Which checkpoint a run starts from. */
import { EngineError } from '../../base/errors.ts';
import type { Storage } from '../../base/storage.ts';
import type { RestoreOption } from '../../host/contract.ts';
import { fillText, type Text, text } from '../../spec/text.ts';
import {
  hasCompleted,
  listCheckpoints,
  listFolders,
  readBaseline,
  type ValidCheckpoint,
  validateCheckpoint,
  writeBaseline,
} from './checkpoint-folder.ts';
import { DamagedFileError } from './framed-file.ts';
import { hasReadAll } from './manifest.ts';

const OTHER_WRITER = text({
  en: "the state of {path} was written by another pipeline ('{writer}', this is '{job}')",
  zh: '{path} 的状态由另一个管道写出（“{writer}”，当前是“{job}”）',
});
const NOT_USED = {
  checkpoint: text({ en: 'checkpoint {id} is not used: {reason}', zh: '不使用检查点 {id}：{reason}' }),
  savepoint: text({ en: 'savepoint {id} is not used: {reason}', zh: '不使用保存点 {id}：{reason}' }),
};

const NONE_USABLE = text({ en: 'no checkpoint in {folder} can be used: {what}', zh: '{folder} 中没有可用的检查点：{what}' });
const NONE_LEFT = text({ en: 'there was a complete checkpoint, but none is left', zh: '曾有完整的检查点，但已不在' });
const NONE_USABLE_REMEDY = text({
  en: 'restore from a savepoint or a copy of the folder, or start afresh with --restore none',
  zh: '请从保存点或该文件夹的副本恢复，或用 --restore none 从头启动',
});

export interface Choice {
  /** Null: a fresh start. */
  readonly checkpoint: ValidCheckpoint | null;
  /** What was wrong with newer ones. */
  readonly notices: readonly Text[];
}

/**
 * For the first attempt of a run. Whatever does not go on from the newest checkpoint sets a new baseline, so that neither a restart nor a
 * later `latest` takes up what was in the folder before.
 */
export function chooseFirst(storage: Storage, folder: string, jobId: string, restore: RestoreOption): Choice {
  if (restore === 'latest' || restore === 'unfinished') {
    const latest = chooseLatest(storage, folder, jobId);
    if (restore === 'latest' || latest.checkpoint === null || !hasReadAll(latest.checkpoint.manifest)) return latest;
  }
  const upTo = listFolders(storage, folder).reduce((highest, { id }) => Math.max(highest, id), 0);
  if (typeof restore === 'string') {
    writeBaseline(storage, folder, { upTo, restoredFrom: null });
    return { checkpoint: null, notices: [] };
  }
  const checkpoint = chooseByPath(storage, restore.path);
  writeBaseline(storage, folder, { upTo, restoredFrom: restore.path });
  const writer = checkpoint.manifest.jobId;
  // Meant, when a pipeline was copied; a slip of the hand, when node ids are alike by chance.
  const notices = writer === jobId ? [] : [fillText(OTHER_WRITER, { path: restore.path, writer, job: jobId })];
  return { checkpoint, notices };
}

/** The newest valid checkpoint of the run; older ones are taken, with a notice, when newer ones are damaged. */
export function chooseLatest(storage: Storage, folder: string, jobId: string): Choice {
  const notices: Text[] = [];
  const baseline = readBaseline(storage, folder);
  for (const found of listCheckpoints(storage, folder)) {
    if (found.id <= baseline.upTo) continue;
    try {
      return { checkpoint: validateCheckpoint(storage, found.path, jobId), notices };
    } catch (error) {
      if (!(error instanceof DamagedFileError)) throw error;
      notices.push(fillText(NOT_USED[found.kind], { id: found.id, reason: error.message }));
    }
  }
  if (notices.length > 0 || hasCompleted(storage, folder)) throw noneUsable(folder, notices);
  return { checkpoint: baseline.restoredFrom === null ? null : chooseByPath(storage, baseline.restoredFrom), notices };
}

function noneUsable(folder: string, notices: readonly Text[]): EngineError {
  const reasons = notices.length > 0 ? notices : [NONE_LEFT];
  const inEnglish = fillText(NONE_USABLE, { folder, what: reasons.map(({ en }) => en).join('; ') });
  const inChinese = fillText(NONE_USABLE, { folder, what: reasons.map(({ zh }) => zh).join('；') });
  return new EngineError('MR5022', inEnglish.en, {
    domain: 'user',
    remedy: NONE_USABLE_REMEDY.en,
    zh: { message: inChinese.zh, remedy: NONE_USABLE_REMEDY.zh },
  });
}

/** A checkpoint or savepoint of any job: the user says that it is the right one. */
export function chooseByPath(storage: Storage, path: string): ValidCheckpoint {
  try {
    return validateCheckpoint(storage, path.replace(/\/+$/, ''), null);
  } catch (error) {
    if (!(error instanceof DamagedFileError)) throw error;
    throw new EngineError('MR5022', `cannot restore from ${path}: ${error.message}`, {
      domain: 'user',
      remedy: 'name the folder of a complete checkpoint or savepoint (it holds a file "manifest")',
      zh: { message: `无法从 ${path} 恢复：${error.message}`, remedy: '请指定完整的检查点或保存点的文件夹（其中有文件“manifest”）' },
      cause: error,
    });
  }
}
