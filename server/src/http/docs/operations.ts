import { ACCESS } from './access.ts';
import { ALERTS } from './alerts.ts';
import { AUDIT } from './audit.ts';
import { BI } from './bi.ts';
import { COMPLIANCE } from './compliance.ts';
import { DISPLAYS } from './displays.ts';
import { DESK } from './desk.ts';
import { EXPLORING } from './explore.ts';
import { EXPORTS } from './exports.ts';
import { FAN_PAGES } from './fan-pages.ts';
import { IMPORTS } from './imports.ts';
import type { Operation } from './operation.ts';
import { OTHER_WAYS } from './other-ways.ts';
import { READING } from './reading.ts';
import { REQUESTS } from './requests.ts';
import { RIGHTS } from './rights.ts';
import { RULES } from './rules.ts';
import { RUNNING } from './running.ts';
import { SCHEDULES } from './schedules.ts';
import { SHARES } from './shares.ts';
import { SNAPSHOTS } from './snapshots.ts';
import { SOURCES } from './sources.ts';
import { STAFF } from './staff.ts';
import { WRITING } from './writing.ts';

/** Every call of the API, in the order of the page. A test compares it with the registered routes. */
export const OPERATIONS: readonly Operation[] = [
  ...WRITING,
  ...RIGHTS,
  ...READING,
  ...EXPLORING,
  ...DESK,
  ...SNAPSHOTS,
  ...EXPORTS,
  ...SHARES,
  ...BI,
  ...RUNNING,
  ...STAFF,
  ...OTHER_WAYS,
  ...FAN_PAGES,
  ...REQUESTS,
  ...ACCESS,
  ...AUDIT,
  ...DISPLAYS,
  ...SOURCES,
  ...IMPORTS,
  ...ALERTS,
  ...RULES,
  ...SCHEDULES,
  ...COMPLIANCE,
];
