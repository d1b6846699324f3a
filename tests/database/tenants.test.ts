import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXEMPT } from '../support/tenancy/exempt.ts';
import type { Probe } from '../support/tenancy/claims.ts';
import { READS } from '../support/tenancy/reads.ts';
import { WRITES } from '../support/tenancy/writes.ts';
import { raiseTenants, type Caller, type Ids, type Stage } from '../support/tenancy/stage.ts';

const STORE = join(import.meta.dirname, '../../server/src/store');

let stage: Stage;
beforeAll(async () => {
  stage = await raiseTenants();
});
afterAll(() => stage.database.drop());

/** What a call answers or throws, as text. */
async function answer(probe: Probe, as: Caller, ids: Ids): Promise<string> {
  try {
    const value = await probe(stage, as, ids);
    if (value === undefined) return 'nothing';
    return JSON.stringify(value, (_key, part: unknown) => (part instanceof Map ? [...part] : part));
  } catch (fault) {
    const { name, message } = fault as Error;
    return `${name}: ${message}`;
  }
}

/** Functions and methods of what is exported: `module#export`, or `module#export.method`. */
async function functionsOf(made: Readonly<Record<string, object>>): Promise<string[]> {
  const files = readdirSync(STORE).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const names: string[] = [];
  for (const file of files) {
    const module = (await import(join(STORE, file))) as Record<string, unknown>;
    for (const [name, value] of Object.entries(module)) {
      const path = `${file.slice(0, -3)}#${name}`;
      const object = made[path];
      if (typeof value !== 'function') continue;
      if (object === undefined) names.push(path);
      else names.push(...methodsOf(object).map((method) => `${path}.${method}`));
    }
  }
  return names.sort();
}

function methodsOf(object: object): string[] {
  const prototype = Object.getPrototypeOf(object) as object;
  const own = prototype === Object.prototype ? object : prototype;
  return Object.getOwnPropertyNames(own).filter((name) => name !== 'constructor');
}

describe('the functions of the store', () => {
  it('are all in the tables of these tests, or say why they are not', async () => {
    const listed = [...Object.keys(READS), ...Object.keys(WRITES), ...Object.keys(EXEMPT)];
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed.sort()).toEqual(await functionsOf(stage.made));
  });

  it.each(Object.keys(READS))('%s tells its own tenant something', async (name) => {
    const { a, ofA, ofNobody } = stage;
    const probe = READS[name]!;
    expect(await answer(probe, a, ofA)).not.toBe(await answer(probe, a, ofNobody));
  });

  it('tell and change nothing of another tenant, in the words they have for what nobody has', async () => {
    const { b, ofA, ofNobody, print } = stage;
    const before = await print(1);
    const isSame = async (name: string, probe: Probe) =>
      expect(await answer(probe, b, ofA), name).toBe(await answer(probe, b, ofNobody));
    for (const [name, probe] of Object.entries(READS)) await isSame(name, probe);
    expect(await print(1)).toEqual(before);
    for (const [name, probe] of Object.entries(WRITES)) {
      await isSame(name, probe);
      expect(await print(1), name).toEqual(before);
    }
  });
});
