/** What lies over the page and is hard to reach on purpose: every kind of toast, a tooltip, a field that says what is wrong. */
import { Tooltip } from 'radix-ui';
import { createDesigner, DesignerContext } from '../app/designer.ts';
import { HelpTip } from '../inspector/HelpTip.tsx';
import { useTranslation } from '../strings/use-translation.ts';
import overlay from '../ui/overlay.module.css';
import type { ToastTone, ToastWay } from '../ui/ToastCard.tsx';
import { ToastCard } from '../ui/ToastCard.tsx';
import { SampleCard } from './FieldsPart.tsx';
import { BROKEN } from './field-samples.ts';
import style from './overlays.module.css';
import { createQuietHost } from './quiet-host.ts';

const NOTHING = () => undefined;

interface Sample {
  readonly tone: ToastTone;
  readonly title: string;
  readonly description?: string;
  readonly ways?: readonly ToastWay[];
}

const designer = createDesigner(createQuietHost(), {}, 'overlays');

export function OverlaysPart() {
  const { t } = useTranslation();
  return (
    <DesignerContext value={designer}>
      <div className={style.page}>
        <section>
          <h3 className={style.label}>{t('gallery.overlays.toasts')}</h3>
          <div className={style.toasts} data-overlay-sample="toasts">
            {useToasts().map((sample) => (
              <ToastCard key={sample.tone} {...sample} onClose={NOTHING} />
            ))}
          </div>
        </section>
        <section>
          <h3 className={style.label}>{t('gallery.overlays.tip')}</h3>
          <Tooltip.Root open>
            <Tooltip.Trigger className={style.anchor}>{t('gallery.overlays.tipOf')}</Tooltip.Trigger>
            <Tooltip.Content className={overlay.tip} side="bottom" align="start" sideOffset={6} data-overlay-sample="tip">
              <HelpTip title={t('gallery.overlays.tipOf')} text={t('gallery.overlays.tipText')} />
            </Tooltip.Content>
          </Tooltip.Root>
          <div className={style.field}>
            <SampleCard sample={BROKEN} />
          </div>
        </section>
      </div>
    </DesignerContext>
  );
}

function useToasts(): readonly Sample[] {
  const { t } = useTranslation();
  const way = (label: string) => ({ label, run: NOTHING });
  return [
    {
      tone: 'error',
      title: t('gesture.dropFailed', { name: 'flights.csv' }),
      description: t('gallery.overlays.error'),
      ways: [way(t('common.tryAgain')), way(t('banner.showLog'))],
    },
    { tone: 'success', title: t('run.savepointReady', { id: 3 }), description: t('gallery.overlays.success') },
    { tone: 'undo', title: t('gallery.overlays.deleted'), ways: [way(t('common.undo'))] },
    { tone: 'warning', title: t('gesture.notHealed', { names: 'Delay alerts' }), description: t('gesture.notHealedText') },
  ];
}
