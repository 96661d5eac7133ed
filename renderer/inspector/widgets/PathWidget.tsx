/** A path with a way to look for the file. */
import { FolderOpen } from 'lucide-react';
import type { PathField } from '../../../engine/spec/fields.ts';
import { useDesigner } from '../../app/designer.ts';
import { relativePath } from '../../document/relative-path.ts';
import { words } from '../../strings/language.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { classes } from '../../ui/classes.ts';
import controls from '../../ui/controls.module.css';
import type { WidgetProps } from '../widget.ts';
import { optionalText, textOf } from '../widget.ts';
import style from './widgets.module.css';

export function PathWidget({ id, field, label, value, problems, onChange }: WidgetProps<PathField>) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const browse = () => {
    designer.shell.set({
      dialog: {
        kind: 'choose-file',
        title: t('field.browseFor', { label }),
        directory: field.directory === true,
        write: field.access === 'write',
        choose: (path) => onChange(relativePath(designer.documents.getState().path, path)),
      },
    });
  };
  return (
    <span className={classes(controls.input, style.joined)} aria-invalid={problems.length > 0}>
      <input
        id={id}
        className={classes(style.bare, controls.code)}
        spellCheck={false}
        autoComplete="off"
        value={textOf(value)}
        placeholder={field.placeholder ?? (field.whenEmpty === undefined ? undefined : words(field.whenEmpty))}
        aria-invalid={problems.length > 0}
        onChange={(event) => onChange(optionalText(event.target.value, field))}
      />
      <button type="button" className={style.unit} aria-label={t('field.browseFor', { label })} onClick={browse}>
        <FolderOpen size={14} strokeWidth={1.75} />
      </button>
    </span>
  );
}
