/** One of the quiet colours, for a group or a note. */
import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { tintOf } from '../canvas/tints.ts';
import type { Tint } from '../picture/tints.ts';
import { TINTS } from '../picture/tints.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import own from './group-inspector.module.css';
import style from './inspector.module.css';

interface TintPickerProps {
  readonly tint: Tint;
  /** What has the colour. */
  readonly icon: ReactNode;
  readonly onChange: (tint: Tint) => void;
}

export function TintPicker({ tint, icon, onChange }: TintPickerProps) {
  const { t } = useTranslation();
  return (
    <div className={own.field}>
      <span className={style.label}>{t('groupForm.colour')}</span>
      <ToggleGroup.Root
        type="single"
        className={own.swatches}
        value={tint}
        aria-label={t('groupForm.colour')}
        onValueChange={(value) => {
          const chosen = TINTS.find((candidate) => candidate === value);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {TINTS.map((candidate) => (
          <ToggleGroup.Item
            key={candidate}
            value={candidate}
            className={classes(own.swatch, tintOf(candidate))}
            aria-label={t(`groupForm.tints.${candidate}`)}
            title={t(`groupForm.tints.${candidate}`)}
          >
            {icon}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
    </div>
  );
}
