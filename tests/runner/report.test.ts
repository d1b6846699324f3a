import { describe, expect, it } from 'vitest';
import { countTests, type VitestReport } from './counts.ts';
import { lastLine, table } from './report.ts';

const report = (changes: Partial<VitestReport>): VitestReport => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...changes,
});

describe('counting a vitest run', () => {
  it('takes the numbers of the report', () => {
    const run = report({ numPassedTests: 7, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 });
    expect(countTests(run, 'exit code 1')).toEqual({ passed: 7, failed: 2, skipped: 2 });
  });

  it.each([
    ['no report', undefined, 'exit code 1'],
    ['no test at all', report({}), undefined],
    ['a failure that names no test', report({ numPassedTests: 3 }), 'exit code 1'],
    [
      'a file that could not be loaded',
      report({ numPassedTests: 3, testResults: [{ status: 'failed', assertionResults: [] }] }),
      'exit code 1',
    ],
  ])('is red for %s', (_name, run, fault) => {
    expect(countTests(run, fault).failed).toBe(1);
  });
});

describe('the summary', () => {
  const outcomes = [
    { name: 'lint', passed: 1, failed: 0, skipped: 0, seconds: 3.21 },
    { name: 'unit', passed: 120, failed: 2, skipped: 4, seconds: 12, note: 'exit code 1' },
  ];

  it('adds up in the closing line', () => {
    expect(lastLine(outcomes)).toBe('121 passed, 2 failed');
  });

  it('has a line for each step', () => {
    expect(table(outcomes).split('\n')).toEqual([
      '   step  passed  failed  skipped    time',
      '✓  lint       1       0        0   3.2 s',
      '✗  unit     120       2        4  12.0 s  exit code 1',
    ]);
  });
});
