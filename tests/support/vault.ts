import type { ErasureLog } from '@fanfare/server/store/erasures.ts';
import { createSealing } from '@fanfare/server/store/sealing.ts';
import { createFanVault } from '@fanfare/server/store/vault.ts';

/** Keys of fans under a root key that protects nothing. */
export const testVault = createFanVault(createSealing('test'));

/** An erasure log that keeps nothing, for histories that no backup is taken of. */
export const noErasures: ErasureLog = { add: () => Promise.resolve(), all: () => Promise.resolve([]) };
