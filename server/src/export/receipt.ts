import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SignJWT, calculateJwkThumbprint, exportJWK } from 'jose';
import { formatInstant } from '@fanfare/contract';
import type { Receipts } from '../parts.ts';

/**
 * Receipts under the installation's own Ed25519 key, made once in `dataDir/receipt-key.pem` (0600).
 * @param issuer the public address
 */
export async function createReceipts(dataDir: string, issuer: string): Promise<Receipts> {
  const key = createPrivateKey(await readOrMake(dataDir));
  const jwk = await exportJWK(createPublicKey(key));
  const kid = await calculateJwkThumbprint(jwk);
  return {
    sign: ({ brand, brandName, network, fan }, record, hash) =>
      new SignJWT({
        brand: { slug: brand, name: brandName },
        fan: { network, id: fan },
        record: {
          number: record.n,
          purpose: record.purpose,
          granted: record.granted,
          at: formatInstant(record.at),
          receivedAt: formatInstant(record.receivedAt),
          expiresAt: record.expiresAt === null ? null : formatInstant(record.expiresAt),
          notice: record.notice,
          method: record.method,
          age: record.age,
          evidence: record.evidence,
          hash,
        },
      })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'consent-receipt+jws', kid })
        .setIssuer(issuer)
        .sign(key),
    keys: () => ({ keys: [{ ...jwk, kid, alg: 'EdDSA', use: 'sig' }] }),
  };
}

async function readOrMake(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, 'receipt-key.pem');
  try {
    const file = await open(path, 'wx', 0o600);
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await file.writeFile(pem);
    await file.sync();
    await file.close();
    return pem;
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && fault.code === 'EEXIST')) throw fault;
    return readFile(path, 'utf8');
  }
}
