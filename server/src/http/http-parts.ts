import type { Board, Comparison, Exploration, ExploreLoading, Loyalty, WindowName } from '@fanfare/contract';
import type { Alerts } from '../domain/alerts/port.ts';
import type { Annotations } from '../domain/annotation.ts';
import type { Audit } from '../domain/audit/log.ts';
import type { BiGateway } from '../domain/bi/port.ts';
import type { BrandProofs, ChainChecks } from '../domain/brand-proof.ts';
import type { ExploreQuery } from '../domain/explore/query.ts';
import type { Exports } from '../domain/export/port.ts';
import type { Latest } from '../domain/latest.ts';
import type { RightsRequests } from '../domain/rights.ts';
import type { RuleHits, Rules } from '../domain/rules/port.ts';
import type { SignedPost } from '../domain/signed-post.ts';
import type { Rule } from '../domain/rules/rule.ts';
import type { ScheduleRuns, Schedules } from '../domain/schedules/port.ts';
import type { BrandRef } from '../domain/brand.ts';
import type { Backlog } from '../domain/sector/backlog.ts';
import type { SafetyBook } from '../domain/sector/contact.ts';
import type { Quarantines } from '../domain/sector/quarantine.ts';
import type { SafetyLinks } from '../domain/sector/safety-link.ts';
import type { Shares } from '../domain/share/link.ts';
import type { Snapshots } from '../domain/snapshot/kept.ts';
import type {
  BrandDoor,
  BrandRecord,
  Clock,
  DatabaseState,
  DemonstrationSwitch,
  Directory,
  Histories,
  Receipts,
  Telemetry,
  Recounts,
  Tokens,
} from '../parts.ts';
import type { Displays } from '../domain/access/display.ts';
import type { ApiTokens } from '../domain/access/token.ts';
import type { Access } from './access.ts';
import type { StaffParts } from './accounts/staff-parts.ts';
import type { SourceParts } from './source-parts.ts';

/** What privacy officers work with. */
export interface PrivacyParts {
  readonly requests: RightsRequests;
  readonly proofs: BrandProofs;
  readonly chains: ChainChecks;
}

/** What was done in each organisation, and the checks of that chain by number of the organisation. */
export interface AuditParts {
  readonly log: Audit;
  readonly checks: ChainChecks<number>;
}

/** Alerts, and how they can be told. */
export interface AlertParts {
  readonly alerts: Alerts;
  /** Is there a mail server? */
  readonly mail: boolean;
  /** Address of the installation, without a slash at the end. */
  readonly site: string;
}

/** Boards sent by mail, and how they can be. */
export interface ScheduleParts {
  readonly schedules: Schedules;
  readonly runs: Pick<ScheduleRuns, 'claim'>;
  /** In the links by which recipients leave. */
  readonly tokens: Tokens;
  /** Is there a mail server? */
  readonly mail: boolean;
  /** Address of the installation, without a slash at the end. */
  readonly site: string;
}

/** Rules, and how the brand's server is reached. */
export interface RuleParts {
  readonly rules: Rules;
  readonly hits: Pick<RuleHits, 'counts' | 'agreeing'>;
  /** In the links by which fans say no to offers. */
  readonly tokens: Tokens;
  /** How many fans a rule would have told of lately. @throws Fault overloaded */
  readonly trial: (brand: BrandRecord, rule: Rule) => Promise<number>;
  readonly post: SignedPost;
  /** A fresh random name. */
  readonly id: () => string;
  /** People below which a number is not told. */
  readonly k: number;
}

/** Safety contacts, and the reports under quarantine. */
export interface SafetyParts {
  readonly contacts: SafetyBook;
  readonly quarantines: Quarantines;
  readonly links: SafetyLinks;
  readonly isRecipient: (recipient: string) => boolean;
  readonly backlogOf: (brand: BrandRef) => Backlog;
  /** Is there a mail server? */
  readonly mail: boolean;
  /** Write down what the policies decided up to now. */
  readonly trials: () => Promise<void>;
}

/** What the routes need of the rest of the server. */
export interface HttpParts {
  readonly access: Access;
  readonly brands: Directory;
  readonly clock: Clock;
  readonly database: () => DatabaseState;
  /** False until every brand is loaded. */
  readonly isOpen: () => boolean;
  readonly board: (brand: string, window: WindowName) => Promise<Board<'team'> | null>;
  readonly publicBoard: (brand: string, window: WindowName) => Board<'public'> | null;
  readonly comparison: (
    brand: BrandDoor,
    window: WindowName,
    against: Comparison['with'],
  ) => Promise<Comparison>;
  readonly loyalty: (brand: BrandDoor) => Promise<Loyalty>;
  readonly snapshots: Snapshots;
  readonly histories: Histories;
  readonly explore: (brand: BrandRecord, query: ExploreQuery) => Promise<Exploration | ExploreLoading>;
  readonly exports: Exports;
  readonly shares: Shares;
  /** Cookies of those who said the passphrase of a link. */
  readonly shareTokens: Tokens;
  readonly verifyPassphrase: (given: {
    readonly hash: string;
    readonly password: string;
  }) => Promise<boolean>;
  readonly annotations: Annotations;
  readonly latest: Latest;
  readonly recounts: Recounts;
  readonly receipts: Receipts;
  /** Number of the live frame that carries what was just committed. */
  readonly nextSeq: (brand: string) => number;
  readonly demonstration: DemonstrationSwitch;
  readonly telemetry: Telemetry;
  readonly tokens: ApiTokens;
  readonly displays: Displays;
  /** Number of the installation's first organisation. */
  readonly home: number;
  readonly privacy: PrivacyParts;
  readonly staff: StaffParts;
  readonly audit: AuditParts;
  readonly sources: SourceParts;
  readonly alerts: AlertParts;
  readonly bi: BiGateway;
  readonly schedules: ScheduleParts;
  readonly safety: SafetyParts;
  readonly rules: RuleParts;
}
