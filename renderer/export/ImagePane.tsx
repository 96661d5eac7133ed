/** The drawing as it would be written to an image file, with what can be chosen about it. */
import { useTranslation } from '../strings/use-translation.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { Toggle } from '../ui/Toggle.tsx';
import type { DrawnImage, ImageOptions } from './draw-image.ts';
import { svgAddress } from './draw-image.ts';
import style from './export.module.css';

export type ImageFormat = 'svg' | 'png';

interface ImageChoicesProps {
  readonly format: ImageFormat;
  readonly options: ImageOptions;
  readonly hasNotes: boolean;
  readonly onFormat: (format: ImageFormat) => void;
  readonly onOptions: (options: ImageOptions) => void;
}

export function ImageChoices({ format, options, hasNotes, onFormat, onOptions }: ImageChoicesProps) {
  const { t } = useTranslation();
  return (
    <div className={style.choices}>
      <p>{t('export.format')}</p>
      <Segmented
        label={t('export.format')}
        value={format}
        options={[
          { value: 'svg', label: 'SVG' },
          { value: 'png', label: 'PNG' },
        ]}
        onChange={(value) => onFormat(value === 'png' ? 'png' : 'svg')}
      />
      <p>{t('export.theme')}</p>
      <Segmented
        label={t('export.theme')}
        value={options.theme}
        options={[
          { value: 'light', label: t('theme.light') },
          { value: 'dark', label: t('theme.dark') },
        ]}
        onChange={(value) => onOptions({ ...options, theme: value === 'dark' ? 'dark' : 'light' })}
      />
      {hasNotes ? (
        <Toggle label={t('export.withNotes')} checked={options.notes} onChange={(notes) => onOptions({ ...options, notes })} />
      ) : null}
    </div>
  );
}

export function ImagePreview({ image, name }: { readonly image: DrawnImage | null; readonly name: string }) {
  const { t } = useTranslation();
  return (
    <div className={style.imageBox}>{image === null ? null : <img src={svgAddress(image.svg)} alt={t('export.preview', { name })} />}</div>
  );
}
