import { defineConfig } from 'vitest/config';

/** Tests in `tests/` that need neither a database nor a browser. */
const HOUSE = ['tests/*.test.ts', 'tests/{runner,support}/**/*.test.ts'];
const DATABASE = './tests/support/global-database.ts';
/** A condition may take its time on a busy machine; what never comes still ends the test. */
const expect = { poll: { timeout: 20_000 } };
const BROWSER = ['tests/e2e/**/*.test.ts', 'tests/support/browser.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // Files of one worker share their modules, which hold no state of a test; loading them anew took a third of the time.
    isolate: false,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{server,db}/**/*.test.ts', ...HOUSE],
          exclude: ['**/node_modules/**', ...BROWSER],
          testTimeout: 40_000,
          expect,
        },
      },
      './web/vitest.config.ts',
      {
        test: {
          name: 'integration',
          include: ['tests/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...HOUSE, ...BROWSER],
          globalSetup: DATABASE,
          // One more than cores: several files mostly wait, for a time-out that the contract names.
          maxWorkers: 3,
          testTimeout: 180_000,
          hookTimeout: 120_000,
          expect,
          // Real sockets, databases and processes on a shared machine: what fails twice is broken, and what fails
          // once is printed. Laws run with one seed, so that a law that is broken is broken again.
          retry: 1,
          setupFiles: './tests/support/one-seed.ts',
        },
      },
      {
        test: {
          name: 'browser',
          include: BROWSER,
          globalSetup: [DATABASE, './tests/support/browser-setup.ts'],
          fileParallelism: false,
          // A real browser on a shared machine: what fails twice is broken, and what fails once is printed.
          retry: 1,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          expect,
        },
      },
    ],
  },
});
