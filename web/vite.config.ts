import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

/**
 * What nearly every page needs comes in one file rather than in dozens, each of which is packed by itself. What
 * the page tells the framework is kept apart: it must be there before the rest begins.
 */
const GROUPS = [
  { name: 'payload', priority: 1, test: /\/client\/payload\.js$/ },
  { name: 'common', minShareCount: 20 },
];

export default defineConfig({
  // Slower than the default, and two per cent smaller: the desk's script has a budget. What the framework says
  // to its developers is left out; errors are not.
  build: {
    minify: 'terser',
    terserOptions: {
      module: true,
      ecma: 2020,
      compress: { passes: 6, drop_console: ['log', 'info', 'debug', 'warn'] },
    },
    // What comes later names its styles alone: its scripts name each other, and the table of them all is large.
    modulePreload: { resolveDependencies: (_, needed) => needed.filter((file) => file.endsWith('.css')) },
  },
  environments: { client: { build: { rolldownOptions: { output: { codeSplitting: { groups: GROUPS } } } } } },
  plugins: [
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/paraglide',
      strategy: ['url', 'baseLocale'],
      emitTsDeclarations: true,
      emitReadme: false,
      isServer: 'import.meta.env.SSR',
    }),
    sveltekit({
      adapter: adapter(),
      // Both are in every page's script: a version that nobody asks for, and longer names than are needed.
      compilerOptions: {
        discloseVersion: false,
        cssHash: ({ hash, css, filename }) => `f${hash(filename + css).slice(0, 4)}`,
      },
      paths: { relative: false },
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          // The one style attribute SvelteKit writes itself: that of its route announcer.
          'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
          'img-src': ['self', 'data:'],
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
      // The check of the form's origin is in hooks.server.ts: it needs no setting behind a proxy.
      csrf: { trustedOrigins: ['*'] },
    }),
  ],
});
