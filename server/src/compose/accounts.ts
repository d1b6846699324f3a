import type { Database } from '@fanfare/db';
import { hashPassword } from '../accounts/hash.ts';
import type { Config } from '../config.ts';
import { createCompany } from './company.ts';
import { ADDRESS_HEADER } from '../http/accounts/parts.ts';
import type { StaffParts } from '../http/accounts/staff-parts.ts';
import { SessionBook } from '../http/session-book.ts';
import { createMailer } from '../mail.ts';
import type { Clock } from '../parts.ts';
import { createCompanyAccounts } from '../store/company-accounts.ts';
import { accountsKey } from '../store/organisations.ts';
import { createResets } from '../store/resets.ts';
import type { Sealing } from '../store/sealing.ts';
import { createStaff } from '../store/staff.ts';

/** Accounts of an installation: the tables in memory, and sign-ins that are loaded when first used. */
export interface Accounts {
  readonly parts: StaffParts;
  /** Load what sign-ins are made of now; the first one would hold everything else up for a second. */
  readonly warm: () => Promise<void>;
  /** Remove what is over, now and then. */
  readonly job: { start(): void; stop(): Promise<void> };
}

const SWEEP_MS = 60 * 60_000;

export async function createAccounts(
  config: Config,
  { sql, owner }: Pick<Database, 'sql' | 'owner'>,
  sealing: Sealing,
  clock: Clock,
  say: (line: string) => void,
): Promise<Accounts> {
  const key = Buffer.from(await accountsKey(owner, sealing, clock)).toString('base64url');
  const cookie = config.publicUrl.startsWith('https:') ? '__Host-fanfare' : 'fanfare';
  const tables = createStaff(sql, owner);
  const book = new SessionBook({ clock, key, cookie }, await tables.load(clock()));
  let close = (): Promise<void> => Promise.resolve();
  let loaded: Promise<StaffParts['signIns']> | null = null;

  async function load(): Promise<StaffParts['signIns']> {
    const [{ openAccountsAdapter }, { createSignIns }] = await Promise.all([
      import('@fanfare/db/orm'),
      import('../accounts/sign-ins.ts'),
    ]);
    const opened = openAccountsAdapter(sql);
    close = opened.close;
    return createSignIns({
      adapter: opened.adapter,
      key,
      publicUrl: config.publicUrl,
      origins: config.origins,
      cookie,
      addressHeader: ADDRESS_HEADER,
      onBegin: (session) => book.addSession(session),
      onEnd: (session) => book.removeSession(session),
    });
  }

  let timer: NodeJS.Timeout | undefined;
  return {
    warm: async () => void (await (loaded ??= load())),
    parts: {
      book,
      tables,
      resets: createResets(sql),
      company: await createCompany(config, clock),
      companyAccounts: createCompanyAccounts(sql),
      signIns: async (request) => (await (loaded ??= load()))(request),
      hashPassword,
      mailer: config.smtpUrl === undefined ? null : createMailer(config.smtpUrl, config.mailFrom),
      say,
    },
    job: {
      start() {
        timer = setInterval(() => void tables.sweep(clock()).catch(() => undefined), SWEEP_MS);
        timer.unref();
      },
      async stop() {
        clearInterval(timer);
        await loaded?.catch(() => undefined);
        await close();
      },
    },
  };
}
