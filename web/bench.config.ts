import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** One script that draws the charts of the bench; `pnpm bench charts` builds and runs it. */
export default defineConfig({
  root: join(import.meta.dirname, 'bench'),
  plugins: [svelte()],
  build: {
    outDir: '../.svelte-kit/bench',
    emptyOutDir: true,
    lib: { entry: 'main.ts', formats: ['iife'], name: 'bench', fileName: () => 'bench.js' },
  },
});
