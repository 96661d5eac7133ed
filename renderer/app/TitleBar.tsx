/** The title bar: mark, menu, the open files' tabs, the search box; on the desktop also what moves and closes the window. */

import { systemAtHand } from '../actions/chord.ts';
import { SearchBox } from '../commands/SearchBox.tsx';
import { isDesktop } from '../host/desktop.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Mark } from '../ui/Mark.tsx';
import style from './frame.module.css';
import { MainMenu } from './MainMenu.tsx';
import { TabStrip } from './TabStrip.tsx';
import { WindowButtons } from './WindowButtons.tsx';

export function TitleBar() {
  const { t } = useTranslation();
  return (
    <header className={style.title} data-region="title" data-window={isDesktop() ? systemAtHand() : undefined}>
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
      {isDesktop() && systemAtHand() === 'other' ? <WindowButtons /> : null}
      <span className="visually-hidden">
        <h1>{t('app.name')}</h1>
      </span>
    </header>
  );
}
