/** The gallery's entry: the designer's own components with fixed data, for looking at and for comparing with the design. */
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '../app/tokens.css';
import '../app/base.css';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { watchTheme } from '../canvas/palette-colours.ts';
import { guardSinks } from '../host/trusted-types.ts';
import { startLanguage } from '../strings/language.ts';
import { Gallery } from './Gallery.tsx';
import { readPlace } from './place.ts';

guardSinks();
const root = document.getElementById('root');
const place = readPlace(window.location.hash);
startLanguage(place.language);
document.documentElement.dataset['theme'] = place.theme;
watchTheme();
if (root !== null) createRoot(root).render(createElement(Gallery));
