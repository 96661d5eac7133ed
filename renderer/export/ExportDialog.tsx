/** Export: targets at the left, what carries over in the middle, the text at the right; a file is written only by choice. */
import { FolderOpen, Share } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ExportNote } from '../../engine/host/contract.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { FileDialog } from '../app/FileDialog.tsx';
import { useThemeShown } from '../app/theme.ts';
import { fileName } from '../files/pipeline-files.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import type { ImageOptions } from './draw-image.ts';
import { pngOf } from './draw-image.ts';
import { CopyReport, Place } from './ExportFoot.tsx';
import style from './export.module.css';
import type { ExportTarget } from './export-texts.ts';
import { useTextExports } from './export-texts.ts';
import type { ImageFormat } from './ImagePane.tsx';
import { ImageChoices, ImagePreview } from './ImagePane.tsx';
import { Targets } from './Targets.tsx';
import { TextPane } from './TextPane.tsx';
import { useImage } from './use-image.ts';
import type { FileContent } from './use-writing.ts';
import { useWriting } from './use-writing.ts';

const ICON = { size: 17, strokeWidth: 1.75 };
const NOBODY: ReadonlyMap<string, ExportNote> = new Map();
const ENDINGS: { readonly [T in Exclude<ExportTarget, 'image'>]: string } = { spec: 'spec.json', 'flink-sql': 'sql' };

export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const document = useStore(designer.documents, (state) => state.document);
  const path = useStore(designer.documents, (state) => state.path);
  const [target, setTarget] = useState<ExportTarget>('flink-sql');
  const [leftOut, setLeftOut] = useState(NOBODY);
  const leftOutIds = useMemo(() => new Set(leftOut.keys()), [leftOut]);
  const exports = useTextExports(leftOutIds);
  const theme = useThemeShown();
  const [format, setFormat] = useState<ImageFormat>('svg');
  const [options, setOptions] = useState<ImageOptions>({ theme, notes: true });
  const image = useImage(document, options, target === 'image');
  const writing = useWriting();
  const [choosing, setChoosing] = useState(false);
  const name = exportName(document.name, path, target === 'image' ? format : ENDINGS[target]);
  const made = target === 'image' ? null : exports[target];
  const ready = target === 'image' ? image !== null : made !== null && made.text !== '';
  const make = async (): Promise<FileContent> => {
    if (target !== 'image') return { content: made?.text ?? '', encoding: 'utf8' };
    if (image === null) throw new Error('The image is not drawn yet');
    return format === 'svg' ? { content: image.svg, encoding: 'utf8' } : { content: await pngOf(image), encoding: 'base64' };
  };
  const exists = writing.existing !== null && writing.existing === `${writing.folder}/${name}`;
  return (
    <Modal
      title={t('export.title', { name: document.name })}
      full
      icon={<Share {...ICON} />}
      onClose={onClose}
      footStart={<Place folder={writing.folder} name={name} exists={exists} />}
      foot={
        <>
          {target === 'image' || made === null || made.report.size === 0 ? null : <CopyReport exports={exports} leftOut={leftOut} />}
          <Button icon={<FolderOpen size={15} strokeWidth={1.75} />} onClick={() => setChoosing(true)}>
            {t('export.chooseFolder')}
          </Button>
          <Button
            look="primary"
            disabled={!ready || writing.folder === null || writing.busy}
            onClick={() => void writing.write(name, make, onClose)}
          >
            {exists ? t('export.replace', { name }) : t('export.write', { name })}
          </Button>
        </>
      }
    >
      <div className={style.targets}>
        <Targets target={target} exports={exports} leftOut={leftOutIds} onChoose={setTarget} />
        {target === 'image' ? (
          <ImageChoices
            format={format}
            options={options}
            hasNotes={(document.drawing.notes ?? []).length > 0}
            onFormat={setFormat}
            onOptions={setOptions}
          />
        ) : null}
      </div>
      {target === 'image' ? (
        <ImagePreview image={image} name={name} />
      ) : (
        <TextPane target={target} name={name} exports={exports} leftOut={leftOut} onLeftOut={setLeftOut} onClose={onClose} />
      )}
      {choosing ? (
        <FileDialog
          title={t('export.chooseFolder')}
          action={t('export.thisFolder')}
          mode="folder"
          onClose={() => setChoosing(false)}
          onChoose={(folder) => {
            writing.choose(folder);
            setChoosing(false);
          }}
        />
      ) : null}
    </Modal>
  );
}

/** Named like the pipeline's file, or like the pipeline while it has none. */
function exportName(pipelineName: string, path: string, ending: string): string {
  const base = path === '' ? pipelineName.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-') : fileName(path).replace(/\.json$/, '');
  return `${base}.${ending}`;
}
