import fc from 'fast-check';

/** Of every property in a file of tests, so that one that fails fails again when it is tried again. */
const SEED = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED });
