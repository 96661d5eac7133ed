/** Builds the designer's page for the host to serve: hashed files, no inline scripts, Chromium 108 and later. */
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { preloadFont } from './build/preload-font.ts';
import { svgShapes } from './build/svg-shapes.ts';
import { typescriptLibrary } from './build/typescript-library.ts';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [svgShapes(), preloadFont(), react()],
  build: {
    outDir: resolve(import.meta.dirname, '../build/renderer'),
    emptyOutDir: true,
    target: 'chrome108',
    cssTarget: 'chrome108',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      // The gallery shows the real components with fixed data; nothing in the designer leads to it.
      input: { index: resolve(import.meta.dirname, 'index.html'), gallery: resolve(import.meta.dirname, 'gallery.html') },
    },
  },
  worker: { format: 'es', plugins: () => [typescriptLibrary()] },
});
