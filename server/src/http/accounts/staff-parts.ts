import type { CompanyAccounts, CompanySignIn } from '../../domain/accounts/company.ts';
import type { Resets } from '../../domain/accounts/resets.ts';
import type { Staff } from '../../domain/accounts/staff.ts';
import type { Mailer } from '../../parts.ts';
import type { SessionBook } from '../session-book.ts';

/** Accounts, as the routes use them. */
export interface StaffParts {
  readonly book: SessionBook;
  readonly tables: Staff;
  readonly resets: Resets;
  /** The company's own sign-in, `null` when none is set. */
  readonly company: CompanySignIn | null;
  readonly companyAccounts: CompanyAccounts;
  /** Sign-ins, spoken to by requests of their own; loaded at the first one. */
  readonly signIns: (request: Request) => Promise<Response>;
  readonly hashPassword: (password: string) => Promise<string>;
  /** `null` when no mail server is set. */
  readonly mailer: Mailer | null;
  /** Tell whoever started the installation. */
  readonly say: (line: string) => void;
}
