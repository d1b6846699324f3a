/** How many tests, or checks, of one step passed, failed and were skipped. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The part of vitest's JSON report that is read here. */
export interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/**
 * Counts a vitest run so that nothing red can look green.
 *
 * @param report undefined when vitest wrote none
 * @param fault why the command failed, if it did
 * @returns a file that could not be loaded, a run without a single test, and a run that failed without naming a
 *   test (an unhandled rejection, a crash) count as one failure each
 */
export function countTests(report: VitestReport | undefined, fault: string | undefined): Counts {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  const named = report.numFailedTests + unloaded;
  const silent = named === 0 && (fault !== undefined || passed + skipped === 0) ? 1 : 0;
  return { passed, failed: named + silent, skipped };
}
