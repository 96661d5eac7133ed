/** Every control in each of its looks, and the chips and the meter beside them. */
import { Check, CircleX, Clock3, Gauge, KeyRound, Play, Trash2, Waves } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import card from '../canvas/card.module.css';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { Keys } from '../ui/Keys.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { TextInput } from '../ui/TextInput.tsx';
import { Toggle } from '../ui/Toggle.tsx';
import style from './tokens.module.css';

const SMALL = { size: 12, strokeWidth: 1.75 };

export function Controls() {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className={style.head}>{t('gallery.tokens.controls')}</h3>
      <div className={style.controls}>
        <Button look="primary" icon={<Play size={14} strokeWidth={1.75} />}>
          {t('action.run')}
        </Button>
        <Button>{t('action.stop')}</Button>
        <Button look="ghost">{t('action.savepoint')}</Button>
        <Button look="danger" icon={<Trash2 size={14} strokeWidth={1.75} />}>
          {t('gallery.tokens.discard')}
        </Button>
        <Button disabled>{t('gallery.tokens.disabled')}</Button>
        <Choice />
        <TextInput aria-label={t('gallery.tokens.search')} placeholder={t('gallery.tokens.search')} className={style.narrow} />
        <TextInput code aria-label={t('gallery.tokens.value')} defaultValue="10 min" className={classes(style.narrow, style.focused)} />
        <TextInput code aria-label={t('gallery.tokens.wrong')} aria-invalid defaultValue="10 mins" className={style.narrow} />
        <Switches />
        <Keys keys="Ctrl K" />
      </div>
      <div className={style.chips}>
        <Chip tone="accent">{t('gallery.tokens.chip.selection')}</Chip>
        <Chip tone="tide" icon={<Waves {...SMALL} />}>
          −8.2 s
        </Chip>
        <Chip tone="late" icon={<Clock3 {...SMALL} />}>
          {t('gallery.tokens.chip.late')}
        </Chip>
        <Chip tone="press" icon={<Gauge {...SMALL} />}>
          {t('gallery.tokens.chip.press')}
        </Chip>
        <Chip tone="err" icon={<CircleX {...SMALL} />}>
          {t('gallery.tokens.chip.err')}
        </Chip>
        <Chip tone="ok" icon={<Check {...SMALL} />}>
          {t('gallery.tokens.chip.ok')}
        </Chip>
        <Chip tone="brass" icon={<KeyRound {...SMALL} />}>
          card_id
        </Chip>
        <span className={classes(card.meter, style.meter)}>
          <span className={card.busyPart} style={{ width: '46%' }} />
          <span className={card.pressedPart} style={{ width: '38%' }} />
        </span>
      </div>
    </section>
  );
}

function Choice() {
  const { t } = useTranslation();
  const [value, setValue] = useState('sliding');
  const options = (['tumbling', 'sliding', 'session'] as const).map((option) => ({
    value: option,
    label: t(`gallery.tokens.window.${option}`),
  }));
  return (
    <div className={style.choice}>
      <Segmented label={t('gallery.tokens.choice')} value={value} options={options} onChange={setValue} />
    </div>
  );
}

function Switches() {
  const { t } = useTranslation();
  const [first, setFirst] = useState(true);
  const [second, setSecond] = useState(false);
  return (
    <>
      <Toggle label={t('gallery.tokens.on')} checked={first} onChange={setFirst} />
      <Toggle label={t('gallery.tokens.off')} checked={second} onChange={setSecond} />
    </>
  );
}

interface ChipProps {
  readonly tone: 'accent' | 'tide' | 'late' | 'press' | 'err' | 'ok' | 'brass';
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

function Chip({ tone, icon, children }: ChipProps) {
  return (
    <span className={style.chip} style={{ background: `var(--${tone}-soft)`, color: `var(--${tone})` }}>
      {icon}
      {children}
    </span>
  );
}
