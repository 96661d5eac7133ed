/** The title bar: mark, menu, the open file's tab with its state. */
import { FilePlus2, FolderOpen, Keyboard, LayoutTemplate, Menu as MenuIcon, Pencil, Save, SaveAll, SlidersHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { newPipeline, save } from '../files/pipeline-files.ts';
import { setLanguage } from '../strings/language.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Mark } from '../ui/Mark.tsx';
import type { MenuGroup } from '../ui/Menu.tsx';
import { Menu } from '../ui/Menu.tsx';
import { useDesigner, useStore } from './designer.ts';
import style from './frame.module.css';
import type { ThemeChoice } from './preferences.ts';
import { TabStrip } from './TabStrip.tsx';

const ICON = { size: 15, strokeWidth: 1.75 };

export function TitleBar() {
  const { t } = useTranslation();
  return (
    <header className={style.title}>
      <span className={style.mark}>
        <Mark />
      </span>
      <span className={style.titleMenu}>
        <MainMenu />
      </span>
      <TabStrip />
      <span className="visually-hidden">
        <h1>{t('app.name')}</h1>
      </span>
    </header>
  );
}

function MainMenu() {
  const designer = useDesigner();
  const { t, i18n } = useTranslation();
  const theme = useStore(designer.preferences, (state) => state.theme);
  const { shell, preferences } = designer;
  const groups: MenuGroup[] = [
    {
      items: [
        {
          id: 'new',
          label: t('menu.newPipeline'),
          keys: 'Ctrl Alt N',
          icon: <FilePlus2 {...ICON} />,
          run: () => newPipeline(designer),
        },
        {
          id: 'template',
          label: t('menu.template'),
          icon: <LayoutTemplate {...ICON} />,
          run: () => shell.set({ dialog: { kind: 'template' } }),
        },
        {
          id: 'open',
          label: t('menu.open'),
          keys: 'Ctrl O',
          icon: <FolderOpen {...ICON} />,
          run: () => shell.set({ dialog: { kind: 'open' } }),
        },
        { id: 'save', label: t('menu.save'), keys: 'Ctrl S', icon: <Save {...ICON} />, run: () => void save(designer) },
        { id: 'saveAs', label: t('menu.saveAs'), icon: <SaveAll {...ICON} />, run: () => shell.set({ dialog: { kind: 'save' } }) },
        { id: 'rename', label: t('menu.rename'), icon: <Pencil {...ICON} />, run: () => shell.set({ dialog: { kind: 'rename' } }) },
      ],
    },
    {
      items: [
        { id: 'job', label: t('menu.job'), icon: <SlidersHorizontal {...ICON} />, run: () => openJobSettings(designer) },
        {
          id: 'shortcuts',
          label: t('menu.shortcuts'),
          keys: '?',
          icon: <Keyboard {...ICON} />,
          run: () => shell.set({ dialog: { kind: 'shortcuts' } }),
        },
      ],
    },
    {
      label: t('menu.theme'),
      items: (['system', 'dark', 'light'] as const satisfies readonly ThemeChoice[]).map((choice) => ({
        id: choice,
        label: t(`theme.${choice}`),
        checked: theme === choice,
        run: () => preferences.set({ theme: choice }),
      })),
    },
    {
      label: t('menu.language'),
      items: (['en', 'zh'] as const).map((language) => ({
        id: language,
        label: t(`language.${language}`),
        checked: i18n.language === language,
        run: () => {
          preferences.set({ language });
          setLanguage(language);
        },
      })),
    },
  ];
  return <Menu trigger={<IconButton label={t('title.menu')} icon={<MenuIcon size={16} strokeWidth={1.75} />} />} groups={groups} />;
}

export function openJobSettings(designer: ReturnType<typeof useDesigner>): void {
  designer.selection.select([]);
  designer.shell.set({ jobSettingsOpen: true });
}
