import { randomBytes } from 'node:crypto';
import type { Sql } from '@fanfare/db';
import type { RuleParts } from '../http/http-parts.ts';
import { createCaller, type Connect } from '../outgoing/call.ts';
import { createSignedPost } from '../outgoing/signed.ts';
import type { BrandRecord, BrandRef, Clock, Ledger } from '../parts.ts';
import { deliverHits } from '../rules/deliver.ts';
import { createTrial } from '../rules/trial.ts';
import { RuleWatcher } from '../rules/watcher.ts';
import { createRuleHits } from '../store/rule-hits.ts';
import { createRules } from '../store/rules.ts';
import type { Sealing } from '../store/sealing.ts';
import { createTokens } from '../store/tokens.ts';
import type { FanVault } from '../store/vault.ts';
import { allJobs, periodic, type Job } from './jobs.ts';

/** How rules run; tests hurry, and have a receiver of their own. */
export interface RuleSettings {
  /** Between two looks, and between two rounds of sendings, milliseconds. */
  readonly everyMs?: number;
  /** Where webhooks may go; by default to public servers. */
  readonly connect?: Connect;
}

const EVERY = 1_000;

interface Given {
  readonly sql: Sql;
  readonly owner: Sql;
  readonly sealing: Sealing;
  readonly vault: FanVault;
  readonly clock: Clock;
  readonly warn: (message: string) => void;
}

/** Rules of the installation: what tells a brand's server of what consenting fans do. */
export function createRuleParts(
  { sql, owner, sealing, vault, clock, warn }: Given,
  config: { readonly publicUrl: string; readonly suppressionK: number },
  { secret, rules: settings = {} }: { readonly secret: string; readonly rules?: RuleSettings },
  brands: () => readonly BrandRecord[],
): { readonly follow: (ledger: Ledger) => Ledger; readonly parts: RuleParts; readonly job: Job } {
  const rules = createRules(sql, owner, sealing);
  const hits = createRuleHits(sql, owner, sealing, vault);
  const tokens = createTokens(secret, 'offer links');
  const post = createSignedPost(createCaller(settings.connect));
  const id = () => randomBytes(16).toString('base64url');
  const watcher = new RuleWatcher({ rules, hits, clock, brands, id });
  const no = (brand: BrandRecord, fan: number) => {
    const token = tokens.seal(nameOf(brand, fan));
    const page = `${config.publicUrl}${brand.body.locale === 'en' ? '/en' : ''}/no-offers/${token}`;
    return { page, click: `${config.publicUrl}/api/v1/no-offers/${token}` };
  };
  const every = settings.everyMs ?? EVERY;
  const jobs = allJobs([
    periodic(
      () => watcher.turn(),
      every,
      every,
      () => warn('fans could not be looked at for rules; tried again soon'),
    ),
    periodic(
      () => deliverHits({ hits, clock, brands, post, no }),
      every,
      every,
      () => warn('what rules found could not be sent; tried again soon'),
    ),
  ]);
  return {
    follow: (ledger) => watcher.follow(ledger),
    parts: { rules, hits, tokens, k: config.suppressionK, trial: createTrial(hits, clock), post, id },
    job: {
      start: () => jobs.start(),
      stop: () => {
        watcher.end();
        return jobs.stop();
      },
    },
  };
}

function nameOf({ organisation, id }: BrandRef, fan: number): string {
  return [organisation, id, fan].join('/');
}
