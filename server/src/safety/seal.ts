import { Encrypter, armor } from 'age-encryption';
import type { SealedCase, StatedCase } from '../domain/sector/case.ts';

/** Reports sealed between two turns of the event loop: some 10 ms. */
const RUN = 4;

/**
 * Seal reports to the safety contact: age files that their key alone opens, not this server's.
 * @param recipient an age recipient (X25519) @throws when it is none
 */
export async function sealCases(
  recipient: string,
  cases: readonly StatedCase[],
): Promise<readonly SealedCase[]> {
  const sealed: SealedCase[] = [];
  for (const { content, ...rest } of cases) {
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    sealed.push({ ...rest, sealed: await encrypter.encrypt(JSON.stringify(content, null, 2)) });
    if (sealed.length % RUN === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return sealed;
}

/** Can reports be sealed to this recipient? */
export function isRecipient(recipient: string): boolean {
  try {
    new Encrypter().addRecipient(recipient);
    return true;
  } catch {
    return false;
  }
}

/** An age file as text, for mails. */
export function armored(sealed: Uint8Array): string {
  return armor.encode(sealed);
}
