import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Give back what loading left behind. V8 has no reason to hurry on a machine with much memory, and
 * after a start a third of the process is rows that were read once; this takes 0.1 s for every
 * 100 MiB that stay. Node offers the collector to those alone who ask for it by a flag.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  // The last resort also gives the freed pages back to the system.
  runInNewContext("gc({ type: 'major', flavor: 'last-resort' })");
  setFlagsFromString('--no-expose-gc');
}
