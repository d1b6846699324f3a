import type { Sql } from '@fanfare/db';
import { createAdverseDetector, type AdverseDetector } from '../domain/sector/adverse/detect.ts';
import { Backlogs, MOST_OPEN } from '../domain/sector/backlog.ts';
import type { SafetyContact } from '../domain/sector/contact.ts';
import { PolicyCounts, type HourCount } from '../domain/sector/counts.ts';
import { POLICIES } from '../domain/sector/policy.ts';
import { createSafetyLinks } from '../domain/sector/safety-link.ts';
import type { Sectors } from '../domain/sector/sector.ts';
import type { SafetyParts } from '../http/http-parts.ts';
import type { SessionBook } from '../http/session-book.ts';
import { createCaller, type Connect } from '../outgoing/call.ts';
import { createSignedPost } from '../outgoing/signed.ts';
import type { BrandRecord, BrandRef, Clock, Mailer } from '../parts.ts';
import { handOverDue } from '../safety/hand-over.ts';
import { isRecipient, sealCases } from '../safety/seal.ts';
import { addPolicyCounts } from '../store/policy-counts.ts';
import { createQuarantines } from '../store/quarantine.ts';
import { StoredSafetyContacts } from '../store/safety-contacts.ts';
import type { Sealing } from '../store/sealing.ts';
import { createTokens } from '../store/tokens.ts';
import { allJobs, periodic, type Job } from './jobs.ts';

/** How reports are handed over; tests hurry, and have a receiver of their own. */
export interface SafetySettings {
  /** Between two rounds, milliseconds. */
  readonly everyMs?: number;
  /** Where webhooks may go; by default to public servers. */
  readonly connect?: Connect;
}

const EVERY = 5_000;

interface Given {
  readonly sql: Sql;
  readonly owner: Sql;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly warn: (message: string) => void;
}

/** The rules of the trades, safety contacts and quarantine of the installation. */
export async function createSafety(
  { publicUrl }: { readonly publicUrl: string },
  { secret, safety: settings = {} }: { readonly secret: string; readonly safety?: SafetySettings },
  { sql, owner, sealing, clock, warn }: Given,
): Promise<{
  readonly sectors: Sectors;
  /** Once brands and mail are there. */
  readonly finish: (
    brands: { readonly list: () => readonly BrandRecord[] },
    mailer: Mailer | null,
    peopleOf: (brand: BrandRef) => readonly string[],
  ) => {
    readonly parts: SafetyParts;
    readonly job: Job;
  };
}> {
  const contacts = new StoredSafetyContacts(sql, sealing);
  await contacts.load(owner);
  const counts = new PolicyCounts();
  const quarantines = createQuarantines(sql, owner, sealing);
  const backlogs = new Backlogs();
  backlogs.set(await quarantines.backlogs());
  const links = createSafetyLinks(createTokens(secret, 'safety links'));
  const detectorOf = detectors();
  const sectors: Sectors = {
    of(record) {
      const contact = contacts.of(record);
      return {
        clearing: {
          policy: POLICIES[record.body.sector],
          hasContact: contact !== null,
          isFull: backlogs.of(record).open >= MOST_OPEN,
          mayReport: detectorOf(contact),
        },
        // Without a contact nothing is quarantined.
        seal: (cases) => {
          backlogs.add(record, cases.length, clock());
          return sealCases(contact?.recipient ?? '', cases);
        },
        samples: () => counts.samples(record, clock()),
        note: (policy, withheld) => counts.note(record, policy, withheld, clock()),
      };
    },
  };
  const flush = () => writeCounts(sql, counts.take());
  const writing = periodic(flush, EVERY, EVERY, () => warn('decisions of policies could not be counted'));
  const post = createSignedPost(createCaller(settings.connect));
  const every = settings.everyMs ?? EVERY;
  return {
    sectors,
    finish(brands, mailer, peopleOf) {
      const handOver = async () => {
        await quarantines.remind(clock());
        await handOverDue({
          ...{ quarantines, clock, mailer, post, peopleOf },
          brandOf: ({ organisation, id }) =>
            brands.list().find((one) => one.organisation === organisation && one.id === id)?.body ?? null,
          linkOf: (one) => `${publicUrl}/safety/${links.make(one)}`,
        });
        await quarantines.purge(clock());
        backlogs.set(await quarantines.backlogs());
      };
      const backlogOf = (brand: BrandRef) => backlogs.of(brand);
      const parts = { contacts, quarantines, links, isRecipient, backlogOf, mail: mailer !== null };
      return {
        parts: { ...parts, trials: flush },
        job: allJobs([
          periodic(handOver, every, every, () => warn('reports could not be handed over; tried again soon')),
          {
            start: () => writing.start(),
            stop: async () => {
              await writing.stop();
              await flush().catch(() => undefined);
            },
          },
        ]),
      };
    },
  };
}

async function writeCounts(sql: Sql, taken: readonly HourCount[]): Promise<void> {
  const brands = new Map(taken.map(({ brand }) => [`${brand.organisation}/${brand.id}`, brand] as const));
  for (const brand of brands.values()) {
    const theirs = taken.filter(
      (one) => one.brand.id === brand.id && one.brand.organisation === brand.organisation,
    );
    await addPolicyCounts(
      sql,
      brand,
      theirs.map(({ brand: _brand, ...count }) => count),
    );
  }
}

/** One detector for each contact, made when it is first needed. */
function detectors(): (contact: SafetyContact | null) => AdverseDetector {
  const plain = createAdverseDetector([]);
  const made = new WeakMap<SafetyContact, AdverseDetector>();
  return (contact) => {
    if (!contact) return plain;
    const detector = made.get(contact) ?? createAdverseDetector(contact.products);
    made.set(contact, detector);
    return detector;
  };
}

/** Mail addresses of the people who answer for a brand: its owners, and who minds its compliance. */
export function answerableIn(
  book: Pick<SessionBook, 'members' | 'user'>,
): (brand: BrandRef) => readonly string[] {
  return ({ organisation }) =>
    book
      .members(organisation)
      .filter(({ role }) => role === 'owner' || role === 'compliance')
      .flatMap(({ user }) => book.user(user)?.email ?? []);
}
