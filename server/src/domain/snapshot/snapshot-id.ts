/**
 * Name of a snapshot, 22 characters of base64url. It begins with a letter: a sign would be taken for a
 * formula where it stands in a cell, and for an option where it stands in a command.
 * @param chance 16 bytes nobody can guess
 */
export function snapshotId(chance: Uint8Array): string {
  const bytes = Buffer.from(chance);
  bytes[0]! &= 0x7f;
  return bytes.toString('base64url');
}
