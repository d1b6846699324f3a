import { createPublicKey, verify } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConsentRecord } from '../domain/consents/chain.ts';
import { createReceipts } from './receipt.ts';

const record: ConsentRecord = {
  n: 7,
  fan: 3,
  purpose: 'measure',
  granted: true,
  at: Date.parse('2026-11-01T09:00:00Z'),
  receivedAt: Date.parse('2026-11-01T09:00:01Z'),
  expiresAt: null,
  notice: { version: '2026-11', locale: 'fr', hash: null },
  method: 'form',
  age: '18+',
  evidence: 'form-77',
};
const subject = { brand: 'maison', brandName: 'Maison', network: 'facebook', fan: '998877' } as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfare-receipt-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What anyone can do with the key set and no product: ten lines. */
function verifies(receipt: string, keys: { readonly keys: readonly object[] }): boolean {
  const [header, payload, signature] = receipt.split('.') as [string, string, string];
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
  const jwk = (keys.keys as readonly { kid: string }[]).find((key) => key.kid === kid)!;
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  return verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
}

describe('a receipt', () => {
  it('is verified offline by the public key alone, and says what was given', async () => {
    const receipts = await createReceipts(folder, 'https://fans.example');
    const receipt = await receipts.sign(subject, record, 'abc');
    expect(verifies(receipt, receipts.keys())).toBe(true);
    const body = JSON.parse(Buffer.from(receipt.split('.')[1]!, 'base64url').toString()) as object;
    expect(body).toMatchObject({
      iss: 'https://fans.example',
      record: { number: 7, purpose: 'measure', hash: 'abc' },
    });
  });

  it('fails with one flipped bit anywhere in what is signed or in the signature', async () => {
    const receipts = await createReceipts(folder, 'https://fans.example');
    const [header, payload, signature] = (await receipts.sign(subject, record, 'abc')).split('.') as [
      string,
      string,
      string,
    ];
    for (let bit = 0; bit < 64; bit++) {
      const bytes = Buffer.from(signature, 'base64url');
      bytes[bit % bytes.length]! ^= 1 << (bit % 8);
      expect(verifies(`${header}.${payload}.${bytes.toString('base64url')}`, receipts.keys())).toBe(false);
      const body = Buffer.from(payload, 'base64url');
      body[(bit * 7) % body.length]! ^= 1 << (bit % 8);
      expect(verifies(`${header}.${body.toString('base64url')}.${signature}`, receipts.keys())).toBe(false);
    }
  });

  it('is signed by the same key after a restart', async () => {
    const [a, b] = [await createReceipts(folder, 'x'), await createReceipts(folder, 'x')];
    expect(a.keys()).toEqual(b.keys());
  });
});
