import { createHash, randomBytes } from 'node:crypto';
import { formatInstant, type ResetMade } from '@fanfare/contract';
import { RESET_MS } from '../../domain/accounts/resets.ts';
import type { StaffUser } from '../../domain/accounts/staff.ts';
import { ATTEMPTS_MS } from './attempts.ts';
import { Limiter } from '../fan/limiter.ts';
import { notedOf } from '../noted.ts';
import type { StaffContext } from './parts.ts';
import { resetMail } from './reset-mail.ts';

/** Links asked for by whoever knows an address: so many in a quarter of an hour for each account. */
const PER_ACCOUNT = 5;
/** Mails being made at once; what is beyond is not sent. */
const MOST_UNDER_WAY = 32;

/** Hash under which a link's secret is kept. */
export function secretHash(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest();
}

/** Makes links to a new password and hands them over. */
export class ResetLinks {
  readonly #context: StaffContext;
  readonly #asked: Limiter;
  #underWay = 0;

  constructor(context: StaffContext) {
    this.#context = context;
    this.#asked = new Limiter(context.clock, PER_ACCOUNT, ATTEMPTS_MS);
  }

  /**
   * Somebody says this is their address. All of it happens after the answer, so that neither the answer
   * nor the time it takes tells whether there is such an account.
   */
  ask(email: string): void {
    const { staff } = this.#context;
    if (!staff.mailer || this.#underWay >= MOST_UNDER_WAY || !this.#asked.take(email)) return;
    this.#underWay++;
    setImmediate(() => {
      const user = staff.book.userByEmail(email);
      const done = user ? this.#send(user) : Promise.resolve();
      void done.catch(() => undefined).finally(() => this.#underWay--);
    });
  }

  /** A link for a member, made by somebody who manages members: mailed, else to be handed over. */
  async make(user: StaffUser): Promise<ResetMade> {
    const { staff, clock } = this.#context;
    const [link, expiresAt] = [await this.#keep(user), formatInstant(clock() + RESET_MS)];
    const mailed = await this.#mail(user, link);
    if (mailed) return { mailed, expiresAt };
    staff.say(`A new password for a member: ${link}`);
    return { mailed, expiresAt, link };
  }

  async #send(user: StaffUser): Promise<void> {
    const mailed = await this.#mail(user, await this.#keep(user));
    const visitor = { kind: 'visitor', id: null } as const;
    await notedOf(
      user.id,
      this.#context,
      'credential.changed',
      { what: 'reset_asked', user: user.id, mailed },
      visitor,
    );
  }

  async #keep(user: StaffUser): Promise<string> {
    const { staff, clock, publicUrl } = this.#context;
    const secret = randomBytes(32).toString('base64url');
    await staff.resets.make(user.id, secretHash(secret), clock());
    return `${publicUrl}/password/${secret}`;
  }

  async #mail({ email }: StaffUser, link: string): Promise<boolean> {
    const { mailer } = this.#context.staff;
    if (!mailer) return false;
    return mailer.send(resetMail(email, link)).then(
      () => true,
      () => false,
    );
  }
}
