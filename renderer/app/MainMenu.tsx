/** The menu of the title bar, made of registered actions. */
import { Menu as MenuIcon } from 'lucide-react';
import { ActionMenu } from '../actions/ActionMenu.tsx';
import type { ActionList } from '../actions/menu-items.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { IconButton } from '../ui/IconButton.tsx';

const MAIN_MENU: ActionList = [
  ['startTab', 'newPipeline', 'template', 'open', 'save', 'saveAs', 'renamePipeline', 'compareWithFile', 'export', 'closeTab'],
  ['palette', 'jobSettings'],
  ['themeSystem', 'themeDark', 'themeLight'],
  ['languageEnglish', 'languageChinese'],
  ['settings', 'shortcuts', 'tour'],
];

export function MainMenu() {
  const { t } = useTranslation();
  return (
    <ActionMenu
      align="start"
      list={MAIN_MENU}
      trigger={<IconButton label={t('title.menu')} icon={<MenuIcon size={16} strokeWidth={1.75} />} />}
    />
  );
}
