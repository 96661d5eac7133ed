/** The title bar: mark, menu, the open files' tabs, the search box. */
import { useTranslation } from 'react-i18next';
import { SearchBox } from '../commands/SearchBox.tsx';
import { Mark } from '../ui/Mark.tsx';
import type { Designer } from './designer.ts';
import style from './frame.module.css';
import { MainMenu } from './MainMenu.tsx';
import { TabStrip } from './TabStrip.tsx';

export function TitleBar() {
  const { t } = useTranslation();
  return (
    <header className={style.title} data-region="title">
      <span className={style.mark}>
        <Mark />
      </span>
      <span className={style.titleMenu}>
        <MainMenu />
      </span>
      <TabStrip />
      <span className={style.titleSearch}>
        <SearchBox />
      </span>
      <span className="visually-hidden">
        <h1>{t('app.name')}</h1>
      </span>
    </header>
  );
}

export function openJobSettings(designer: Designer): void {
  designer.selection.select([]);
  designer.shell.set({ jobSettingsOpen: true });
}
