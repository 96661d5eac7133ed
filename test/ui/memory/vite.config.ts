/** Serves the designer on its in-memory host. */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { svgShapes } from '../../../renderer/build/svg-shapes.ts';
import { typescriptLibrary } from '../../../renderer/build/typescript-library.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: path.join(ROOT, 'renderer/public'),
  plugins: [svgShapes(), react()],
  build: {
    outDir: path.join(ROOT, 'build/renderer-memory'),
    emptyOutDir: true,
    target: 'chrome108',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2500,
  },
  worker: { format: 'es', plugins: () => [typescriptLibrary()] },
  server: { fs: { allow: [ROOT] } },
});
