/** Actions on the window: panels, theme, language, help. */
import i18next from 'i18next';
import {
  ChartNoAxesColumn,
  ChartSpline,
  Command,
  Keyboard,
  Languages,
  ListTree,
  MapIcon,
  Moon,
  PanelBottom,
  Settings,
  Shapes,
  Sun,
  SunMoon,
} from 'lucide-react';
import type { Language } from '../../engine/spec/text.ts';
import { isStripShown, toggleDock, toggleStrip } from '../app/dock.ts';
import { isLeftPanel, toggleLeftPanel } from '../app/left-panel.ts';
import type { ThemeChoice } from '../app/preferences.ts';
import { showCanvas, showResults } from '../results/show-results.ts';
import { hasResults } from '../results/sinks.ts';
import { currentLanguage, setLanguage } from '../strings/language.ts';
import type { Action } from './action.ts';

const panels: readonly Action[] = [
  {
    id: 'nodesPanel',
    area: 'view',
    icon: Shapes,
    keys: [],
    scope: 'always',
    checked: (designer) => isLeftPanel(designer, 'nodes'),
    run: (designer) => toggleLeftPanel(designer, 'nodes'),
  },
  {
    id: 'outlinePanel',
    area: 'view',
    icon: ListTree,
    keys: [],
    scope: 'always',
    checked: (designer) => isLeftPanel(designer, 'outline'),
    run: (designer) => toggleLeftPanel(designer, 'outline'),
  },
  {
    id: 'dock',
    area: 'view',
    icon: PanelBottom,
    keys: ['Ctrl `'],
    scope: 'always',
    checked: (designer) => designer.preferences.getState().dockOpen && !isStripShown(designer),
    run: toggleDock,
  },
  {
    id: 'strip',
    area: 'view',
    icon: ChartNoAxesColumn,
    keys: ['J'],
    scope: 'outside-fields',
    enabled: ({ runs }) => runs.getState().current !== null || i18next.t('cannot.notRunning'),
    checked: isStripShown,
    run: toggleStrip,
  },
];

const results: Action = {
  id: 'results',
  area: 'view',
  icon: ChartSpline,
  keys: ['Alt R'],
  scope: 'always',
  enabled: ({ documents }) => hasResults(documents.getState().document) || i18next.t('cannot.noSink'),
  checked: ({ shell }) => shell.getState().page === 'results',
  run: (designer) => (designer.shell.getState().page === 'results' ? showCanvas(designer) : showResults(designer)),
};

const overview: Action = {
  id: 'minimap',
  area: 'view',
  icon: MapIcon,
  keys: ['M'],
  scope: 'canvas',
  checked: ({ preferences }) => preferences.getState().minimap,
  run: ({ preferences }) => preferences.set({ minimap: !preferences.getState().minimap }),
};

const looks: readonly Action[] = [
  { ...theme('system'), id: 'themeSystem', icon: SunMoon },
  { ...theme('dark'), id: 'themeDark', icon: Moon },
  { ...theme('light'), id: 'themeLight', icon: Sun },
  { ...language('en'), id: 'languageEnglish', icon: Languages },
  { ...language('zh'), id: 'languageChinese', icon: Languages },
];

export const viewActions: readonly Action[] = [
  ...panels,
  results,
  overview,
  ...looks,
  {
    id: 'settings',
    area: 'help',
    icon: Settings,
    keys: ['Ctrl ,'],
    scope: 'always',
    run: (designer) => designer.shell.set({ dialog: { kind: 'settings', tab: 'looks' } }),
  },
  {
    id: 'keySettings',
    area: 'help',
    icon: Command,
    keys: [],
    scope: 'always',
    run: (designer) => designer.shell.set({ dialog: { kind: 'settings', tab: 'keys' } }),
  },
  {
    id: 'shortcuts',
    area: 'help',
    icon: Keyboard,
    keys: ['?'],
    scope: 'outside-fields',
    run: (designer) => designer.shell.set({ dialog: { kind: 'shortcuts' } }),
  },
];

function theme(choice: ThemeChoice): Omit<Action, 'id'> {
  return {
    area: 'view',
    keys: [],
    scope: 'always',
    checked: ({ preferences }) => preferences.getState().theme === choice,
    run: ({ preferences }) => preferences.set({ theme: choice }),
  };
}

function language(choice: Language): Omit<Action, 'id'> {
  return {
    area: 'view',
    keys: [],
    scope: 'always',
    checked: () => currentLanguage() === choice,
    run: ({ preferences }) => {
      preferences.set({ language: choice });
      setLanguage(choice);
    },
  };
}
