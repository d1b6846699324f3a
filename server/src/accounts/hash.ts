import { hash, verify } from '@node-rs/argon2';
import { Fault } from '../domain/fault.ts';

/** argon2id with 19 MiB, two passes, one lane (OWASP's first choice); about 30 ms. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Hashes under way or waiting at most: four run at once, the last waits a second. */
const MOST = 64;
let underWay = 0;

/** The password as a PHC string. @throws Fault overloaded */
export const hashPassword = (password: string): Promise<string> =>
  bounded(() => hash(password.normalize('NFKC'), COST));

/** @throws Fault overloaded */
export const verifyPassword = (given: { hash: string; password: string }): Promise<boolean> =>
  bounded(() => verify(given.hash, given.password.normalize('NFKC')));

async function bounded<T>(work: () => Promise<T>): Promise<T> {
  if (underWay >= MOST) throw new Fault('overloaded');
  underWay++;
  try {
    return await work();
  } finally {
    underWay--;
  }
}
