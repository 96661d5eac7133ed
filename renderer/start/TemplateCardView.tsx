/** One template: its drawing, its name, and Run when the pointer or the focus is on it. */
import { Play } from 'lucide-react';
import { useState } from 'react';
import { useDesigner } from '../app/designer.ts';
import { openTemplate } from '../files/pipeline-files.ts';
import { ThumbnailView } from '../picture/ThumbnailView.tsx';
import { words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import style from './gallery.module.css';
import type { GalleryTemplate } from './templates.ts';
import { runTemplate } from './templates.ts';

export function TemplateCardView({ template }: { readonly template: GalleryTemplate }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const [starting, setStarting] = useState(false);
  const { info, thumbnail, nodeCount } = template;
  const title = words(info.title);
  const hint = words(info.hint);
  const run = async () => {
    setStarting(true);
    await runTemplate(designer, info.name);
    setStarting(false);
  };
  return (
    <li className={classes(style.card, starting && style.starting)} data-template={info.name} title={words(info.summary)}>
      <button type="button" className={style.open} onClick={() => void openTemplate(designer, info.name)}>
        <span className={style.thumbnail}>
          <ThumbnailView thumbnail={thumbnail} />
        </span>
        <span className={style.words}>
          <span className={style.name} data-truncates="">
            {title}
          </span>
          <span className={style.hint} data-truncates="">
            {hint === '' ? t('status.nodes', { count: nodeCount }) : hint}
          </span>
        </span>
      </button>
      <Button
        small
        look="primary"
        className={style.run}
        icon={<Play size={13} strokeWidth={2} />}
        aria-label={t('start.runTemplate', { title })}
        disabled={starting}
        onClick={() => void run()}
      >
        {starting ? t('start.starting') : t('start.run')}
      </Button>
    </li>
  );
}
