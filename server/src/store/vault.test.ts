import { describe, expect, it } from 'vitest';
import { createSealing } from './sealing.ts';
import { createFanVault } from './vault.ts';

const identity = { network: 'bluesky', id: 'did:plc:someone' } as const;

describe('the vault of fans', () => {
  it('gives an identity back, and shows nothing of it', () => {
    const vault = createFanVault(createSealing('root'));
    const sealed = vault.seal(identity);
    expect(vault.open(sealed)).toEqual(identity);
    expect(Buffer.from(sealed.identity, 'hex').toString('latin1')).not.toContain('someone');
  });

  it('uses another key for every fan', () => {
    const vault = createFanVault(createSealing('root'));
    const [a, b] = [vault.seal(identity), vault.seal(identity)];
    expect(() => vault.open({ key: a.key, identity: b.identity })).toThrow();
  });
});
