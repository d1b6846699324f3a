import { randomBytes } from 'node:crypto';
import type { Network } from '@fanfare/contract';
import { sealUnder, type Sealing } from './sealing.ts';

/** Who a fan is on their network. */
export interface FanIdentity {
  readonly network: Network;
  readonly id: string;
}

/** An identity as it is stored, hexadecimal. */
export interface SealedIdentity {
  /** The fan's own key, wrapped by the root key. */
  readonly key: string;
  readonly identity: string;
}

/** Keeps network ids under one key per fan: when the key goes, so does the name, in every copy. */
export interface FanVault {
  readonly seal: (identity: FanIdentity) => SealedIdentity;
  /** @throws when the root key is another one */
  readonly open: (sealed: SealedIdentity) => FanIdentity;
  /** Seals under a fan's own key. @param key as stored @throws when the root key is another one */
  readonly sealing: (key: string) => Sealing;
}

/** @param root wraps the keys of all fans */
export function createFanVault(root: Sealing): FanVault {
  const sealing = (key: string): Sealing => sealUnder(root.open(Buffer.from(key, 'hex')));
  return {
    sealing,
    seal(identity) {
      const key = randomBytes(32);
      const body = sealUnder(key).seal(Buffer.from(JSON.stringify([identity.network, identity.id])));
      return { key: hex(root.seal(key)), identity: hex(body) };
    },
    open({ key, identity }) {
      const text = Buffer.from(sealing(key).open(Buffer.from(identity, 'hex'))).toString();
      const [network, id] = JSON.parse(text) as [Network, string];
      return { network, id };
    },
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
