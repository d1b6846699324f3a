import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SnapshotMeta } from '@fanfare/contract';
import { TOKEN, startApp, type TestApp } from '../support/app.ts';

const COMMAND = join(import.meta.dirname, '../../server/src/cli/verify-snapshot.ts');
const run = promisify(execFile);

let app: TestApp;
let folder: string;
beforeAll(async () => {
  app = await startApp();
  folder = await mkdtemp(join(tmpdir(), 'fanfare-verify-'));
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

async function verify(...args: string[]): Promise<{ code: number; said: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, [COMMAND, ...args], { env: { INIT_CWD: folder } });
    return { code: 0, said: stdout + stderr };
  } catch (fault) {
    const { code, stdout, stderr } = fault as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

describe('pnpm verify-snapshot', () => {
  it('says in one line and by its exit code whether a file is what was made', async () => {
    const brand = await app.makeBrand('maison');
    const title = 'Noël 🎄';
    const made = (await app.call('POST', `/brands/${brand}/snapshots`, { window: '1h', title }))
      .body as SnapshotMeta;
    const answer = await fetch(`${app.url}/api/v1/snapshots/${made.id}.json`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    const file = await answer.text();
    await writeFile(join(folder, 'good.json'), file);
    await writeFile(join(folder, 'bad.json'), file.replace('"k":1', '"k":2'));
    await writeFile(join(folder, 'again.json'), JSON.stringify(JSON.parse(file), null, 2));
    await writeFile(join(folder, 'other.json'), '{}');

    const good = await verify('good.json');
    expect(good).toMatchObject({ code: 0 });
    expect(good.said.trim().split('\n')).toHaveLength(1);
    expect(good.said).toContain(`INTACT: SHA-256 ${made.sha256}`);
    for (const [name, said] of [
      ['bad.json', 'ALTERED'],
      ['again.json', 'REWRITTEN'],
      ['other.json', 'NOT A SNAPSHOT'],
    ] as const) {
      const result = await verify(name);
      expect([result.code, result.said.split(':')[0]]).toEqual([1, said]);
    }
    expect((await verify('missing.json')).code).toBe(2);
    expect((await verify()).code).toBe(2);
    expect((await verify('--help')).code).toBe(0);
  });
});
