/** Settings of the person: theme, language, motion and keys; kept by the host, in force at once. */
import { Keyboard, SunMoon } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useDesigner, useStore } from '../app/designer.ts';
import type { MotionChoice, ThemeChoice } from '../app/preferences.ts';
import { setLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Modal } from '../ui/Modal.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { KeyTable } from './KeyTable.tsx';
import style from './settings.module.css';

const ICON = { size: 14, strokeWidth: 1.75 };
const THEMES: readonly ThemeChoice[] = ['system', 'dark', 'light'];

export function SettingsDialog({ tab, onClose }: { readonly tab: 'looks' | 'keys'; readonly onClose: () => void }) {
  const { shell } = useDesigner();
  const { t } = useTranslation();
  return (
    <Modal title={t('settings.title')} wide onClose={onClose}>
      <Tabs.Root
        className={style.tabs}
        value={tab}
        onValueChange={(next) => shell.set({ dialog: { kind: 'settings', tab: next === 'keys' ? 'keys' : 'looks' } })}
      >
        <Tabs.List className={style.tabList} aria-label={t('settings.title')}>
          <Tabs.Trigger value="looks" className={style.tab}>
            <SunMoon {...ICON} />
            {t('settings.looks')}
          </Tabs.Trigger>
          <Tabs.Trigger value="keys" className={style.tab}>
            <Keyboard {...ICON} />
            {t('settings.keys')}
          </Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="looks" className={style.looks} tabIndex={-1}>
          <Looks />
        </Tabs.Content>
        <Tabs.Content value="keys" className={style.keys} tabIndex={-1}>
          <KeyTable />
        </Tabs.Content>
      </Tabs.Root>
    </Modal>
  );
}

function Looks() {
  const { preferences } = useDesigner();
  const { t, language } = useTranslation();
  const theme = useStore(preferences, (state) => state.theme);
  const motion = useStore(preferences, (state) => state.motion);
  const motions: readonly { readonly value: MotionChoice; readonly label: string }[] = [
    { value: 'system', label: t('settings.motionSystem') },
    { value: 'full', label: t('settings.motionFull') },
    { value: 'reduce', label: t('settings.motionReduce') },
  ];
  return (
    <>
      <div className={style.setting}>
        <span>{t('settings.theme')}</span>
        <Segmented
          label={t('settings.theme')}
          value={theme}
          options={THEMES.map((choice) => ({ value: choice, label: t(`theme.${choice}`) }))}
          onChange={(choice) => preferences.set({ theme: THEMES.find((known) => known === choice) ?? 'system' })}
        />
      </div>
      <div className={style.setting}>
        <span>{t('settings.language')}</span>
        <Segmented
          label={t('settings.language')}
          value={language}
          options={[
            { value: 'en', label: t('language.en') },
            { value: 'zh', label: t('language.zh') },
          ]}
          onChange={(choice) => {
            const language = choice === 'zh' ? 'zh' : 'en';
            preferences.set({ language });
            setLanguage(language);
          }}
        />
      </div>
      <div className={style.setting}>
        <span>
          {t('settings.motion')}
          <small>{t('settings.motionText')}</small>
        </span>
        <Segmented
          label={t('settings.motion')}
          value={motion}
          options={motions}
          onChange={(choice) => preferences.set({ motion: motions.find((known) => known.value === choice)?.value ?? 'system' })}
        />
      </div>
    </>
  );
}
