import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonical } from './canonical.ts';
import { MOST_SNAPSHOT_BYTES, checkSnapshotFile, snapshotFile } from './snapshot-file.ts';

const snapshot = {
  format: 'fanfare.snapshot@1',
  id: 'abcdefghijklmnopqrstuv',
  title: 'Noël 🎄 "=1+1"',
  createdAt: '2026-11-22T10:00:00.000Z',
  brand: { slug: 'maison', name: 'Maison' },
  window: { name: '1h', timeZone: 'Europe/Paris' },
  measures: { 'influence.total@1': { value: 1e21, low: 0.12345678901234568, high: 4.5e-7 } },
};
const hashOf = (value: unknown) => createHash('sha256').update(canonical(value)).digest('hex');
const file = snapshotFile(canonical(snapshot), hashOf(snapshot));
const check = (text: string) => checkSnapshotFile(new TextEncoder().encode(text));

describe('a file checked against the hash it carries', () => {
  it('is intact as it was made, and says what it is', async () => {
    const { title, id, createdAt } = snapshot;
    const heading = { id, title, brand: 'Maison', window: '1h', timeZone: 'Europe/Paris', createdAt };
    expect(await check(file)).toEqual({ result: 'intact', sha256: hashOf(snapshot), heading });
    expect(file).toBe(canonical(JSON.parse(file)));
  });

  it('is never intact with any one bit flipped', async () => {
    const bytes = new TextEncoder().encode(file);
    const results = new Map<string, number>();
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Uint8Array.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const { result } = await checkSnapshotFile(flipped);
      results.set(result, (results.get(result) ?? 0) + 1);
    }
    expect([...results.keys()]).not.toContain('intact');
    expect(results.get('altered')).toBeGreaterThan(1_000);
  });

  it('is rewritten when another program wrote the same values', async () => {
    for (const text of [
      JSON.stringify(JSON.parse(file), null, 2),
      `${file}\n`,
      file.replace('1e+21', '1E+21'),
    ])
      expect(await check(text)).toMatchObject({ result: 'rewritten', sha256: hashOf(snapshot) });
    const twice = file.replace('"snapshot":', '"snapshot":{"title":"another"},"snapshot":');
    expect(await check(twice)).toMatchObject({ result: 'rewritten' });
  });

  it('is altered with another number, or another hash', async () => {
    expect(await check(file.replace('4.5e-7', '4.6e-7'))).toMatchObject({ result: 'altered' });
    const stated = 'a'.repeat(64);
    const sha256 = hashOf(snapshot);
    expect(await check(snapshotFile(canonical(snapshot), stated))).toEqual({
      result: 'altered',
      sha256,
      stated,
    });
  });

  it('is foreign when it is no snapshot, whatever it is', async () => {
    const deep = `{"sha256":"${'a'.repeat(64)}","snapshot":${canonical(snapshot).replace('1e+21', '['.repeat(9e4) + ']'.repeat(9e4))}}`;
    const other = snapshotFile(canonical({ ...snapshot, format: 'other@1' }), hashOf(snapshot));
    for (const text of [
      '',
      '{}',
      '[]',
      'null',
      '1',
      'not json',
      `\ufeff${file}`,
      deep,
      other,
      canonical(snapshot),
    ])
      expect(await check(text), text.slice(0, 40)).toEqual({ result: 'foreign' });
    expect(await checkSnapshotFile(Uint8Array.of(0xff, 0xfe))).toEqual({ result: 'foreign' });
    expect(await checkSnapshotFile(new Uint8Array(MOST_SNAPSHOT_BYTES + 1))).toEqual({ result: 'foreign' });
  });
});
