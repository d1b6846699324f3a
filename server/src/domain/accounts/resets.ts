/** How long a link to a new password is good, milliseconds. */
export const RESET_MS = 60 * 60_000;

/** Links with which somebody chooses another password. What these give back is committed. */
export interface Resets {
  /** Keep a link for somebody, in place of the one before. @param secretHash SHA-256 of its secret */
  make(user: string, secretHash: Uint8Array, now: number): Promise<void>;
  /** Whose link this is, while it is good. */
  owner(secretHash: Uint8Array, now: number): Promise<string | null>;
  /** Use a link, once: their password is another, and all their sign-ins are over. Gives whose it was. */
  take(secretHash: Uint8Array, passwordHash: string, now: number): Promise<string | null>;
}
