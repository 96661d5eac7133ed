/** Brings in the editor when the first code field gets the focus, and sets it up once: language, completion, keys, theme. */
import { addProviders } from './editor-providers.ts';
import { followPageTheme } from './editor-theme.ts';
import { addTypeScript } from './typescript/typescript-providers.ts';

export type EditorParts = typeof import('./editor-parts.ts');

let loading: Promise<EditorParts> | null = null;
let loaded: EditorParts | null = null;

/** The editor if it is already there, so that a field can change over without a pause. */
export function editorNow(): EditorParts | null {
  return loaded;
}

export function loadEditor(): Promise<EditorParts> {
  loading ??= import('./editor-parts.ts').then((parts) => {
    addProviders(parts);
    addTypeScript(parts);
    followPageTheme(parts);
    loaded = parts;
    return parts;
  });
  return loading;
}
