/** The editor's colours, taken from the page's tokens, so that it has no palette of its own. */
import { onColoursChanged } from '../canvas/palette-colours.ts';
import type { EditorParts } from './load-editor.ts';

const CODE_TOKENS = ['keyword', 'function', 'string', 'number', 'comment'] as const;

export function followPageTheme(parts: EditorParts): void {
  const apply = () => {
    const theme = document.documentElement.dataset['theme'] === 'light' ? 'light' : 'dark';
    parts.editor.defineTheme(`millrace-${theme}`, themeFrom(theme));
    parts.editor.setTheme(`millrace-${theme}`);
  };
  apply();
  onColoursChanged(apply);
}

function themeFrom(theme: 'light' | 'dark') {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const hex = (name: string) => token(name).replace('#', '');
  return {
    base: theme === 'light' ? ('vs' as const) : ('vs-dark' as const),
    inherit: false,
    rules: [{ token: '', foreground: hex('ink') }, ...CODE_TOKENS.map((name) => ({ token: name, foreground: hex(`code-${name}`) }))],
    colors: {
      'editor.background': `${token('inset')}00`,
      'editor.foreground': token('ink'),
      'editorCursor.foreground': token('ink'),
      'editor.selectionBackground': `${token('accent')}40`,
      'editor.inactiveSelectionBackground': `${token('accent')}26`,
      'editorError.foreground': token('err'),
      'editorWarning.foreground': token('press'),
      'editorBracketMatch.background': token('hover'),
      'editorBracketMatch.border': token('line2'),
      ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`editorBracketHighlight.foreground${level}`, token('ink')])),
      'editor.lineHighlightBackground': token('hover'),
      'editor.lineHighlightBorder': '#00000000',
      'editorIndentGuide.background1': token('line'),
      'editorIndentGuide.activeBackground1': token('line2'),
      'editorLineNumber.foreground': token('ink3'),
      'editorLineNumber.activeForeground': token('ink2'),
      'editorWidget.background': token('raised'),
      'editorWidget.foreground': token('ink'),
      'editorWidget.border': token('line2'),
      'editorHoverWidget.background': token('raised'),
      'editorHoverWidget.foreground': token('ink'),
      'editorHoverWidget.border': token('line2'),
      'editorHoverWidget.highlightForeground': token('accent'),
      'editorSuggestWidget.background': token('raised'),
      'editorSuggestWidget.border': token('line2'),
      'editorSuggestWidget.foreground': token('ink'),
      'editorSuggestWidget.highlightForeground': token('accent'),
      'editorSuggestWidget.focusHighlightForeground': token('accent'),
      'editorSuggestWidget.selectedBackground': token('accent-soft'),
      'editorSuggestWidget.selectedForeground': token('ink'),
      'editorSuggestWidget.selectedIconForeground': token('ink'),
      'list.hoverBackground': token('hover'),
      'list.activeSelectionBackground': token('accent-soft'),
      'list.activeSelectionForeground': token('ink'),
      'list.focusBackground': token('accent-soft'),
      'textLink.foreground': token('accent'),
      focusBorder: token('accent'),
      'widget.shadow': '#00000000',
      'scrollbarSlider.background': `${token('ctl')}66`,
      'scrollbarSlider.hoverBackground': `${token('ctl')}99`,
      'scrollbarSlider.activeBackground': token('ctl'),
      'symbolIcon.fieldForeground': token('ink2'),
      'symbolIcon.functionForeground': token('code-function'),
      'symbolIcon.keywordForeground': token('code-keyword'),
      'symbolIcon.typeParameterForeground': token('tide'),
    },
  };
}
