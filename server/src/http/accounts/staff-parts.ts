import type { Staff } from '../../domain/accounts/staff.ts';
import type { Mailer } from '../../parts.ts';
import type { SessionBook } from '../session-book.ts';

/** Accounts, as the routes use them. */
export interface StaffParts {
  readonly book: SessionBook;
  readonly tables: Staff;
  /** Sign-ins, spoken to by requests of their own; loaded at the first one. */
  readonly signIns: (request: Request) => Promise<Response>;
  readonly hashPassword: (password: string) => Promise<string>;
  /** `null` when no mail server is set. */
  readonly mailer: Mailer | null;
  /** Tell whoever started the installation. */
  readonly say: (line: string) => void;
}
