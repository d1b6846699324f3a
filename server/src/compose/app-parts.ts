import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '@fanfare/db';
import type { DemonstrationSettings } from '../demo/demonstration.ts';
import type { Tally } from '../domain/rollup.ts';
import type { PagesFactory } from '../pages.ts';
import type { AccountProof, Clock, Labeller } from '../parts.ts';
import type { Rooms } from '../pipeline/prepare.ts';
import type { AlertSettings } from './alerts.ts';
import type { Outside } from './listening.ts';
import type { RuleSettings } from './rules.ts';
import type { ScheduleSettings } from './schedules.ts';
import type { SafetySettings } from './safety.ts';

/** What the server is made of; tests put their own in. */
export interface AppParts {
  readonly database: Database;
  readonly labeller: Labeller;
  readonly logger: FastifyBaseLogger;
  /** Root secret and admin token, generated or given. */
  readonly secret: string;
  readonly adminToken: string;
  readonly pages: PagesFactory | null;
  /** Prints a line for whoever started the installation. */
  readonly say?: (line: string) => void;
  readonly clock?: Clock;
  /** Chance, for what happens at a random hour: numbers in [0, 1). */
  readonly chance?: () => number;
  readonly rooms?: Rooms;
  readonly tally?: Tally;
  readonly demonstration?: DemonstrationSettings;
  /** Ways to prove an account; by default those whose protocol is spoken here. */
  readonly proofs?: readonly AccountProof[];
  readonly alerts?: AlertSettings;
  /** Ways out to networks that are listened to; by default to public servers alone. */
  readonly outside?: Outside;
  readonly schedules?: ScheduleSettings;
  readonly safety?: SafetySettings;
  readonly rules?: RuleSettings;
}
