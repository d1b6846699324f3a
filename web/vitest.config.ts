import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineProject } from 'vitest/config';

/** Svelte alone, for runes in tests: the whole of SvelteKit keeps vitest from ending. */
export default defineProject({
  plugins: [svelte({ configFile: false })],
  test: { name: 'web', include: ['src/**/*.test.ts'], testTimeout: 40_000, isolate: false },
});
