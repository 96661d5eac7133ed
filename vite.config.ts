/** How the page is built: hashed assets, no inline script, for the oldest Chromium an Electron we test with carries. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: new URL('./renderer', import.meta.url).pathname,
  base: './',
  plugins: [react()],
  build: { target: 'chrome108', outDir: '../build/renderer', emptyOutDir: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 5000 },
  worker: { format: 'es' },
});
