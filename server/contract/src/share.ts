import { Type } from 'typebox';
import type { ExportFormat } from './export.ts';
import type { Snapshot } from './snapshot.ts';
import type { WindowName } from './window.ts';

/** Days a link is good for: without a wish, and at most. */
export const SHARE_DAYS = 30;
export const MOST_SHARE_DAYS = 365;
/** Characters of a passphrase. */
export const LEAST_PASSPHRASE = 8;
export const MOST_PASSPHRASE = 200;

/** JSON schema of a link that is wanted. */
export const NewShareSchema = Type.Object(
  {
    snapshot: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_SHARE_DAYS })),
    passphrase: Type.Optional(Type.String({ minLength: LEAST_PASSPHRASE, maxLength: MOST_PASSPHRASE })),
  },
  { additionalProperties: false },
);
export interface NewShare {
  /** Id of a snapshot of what the public may see. */
  readonly snapshot: string;
  readonly days?: number;
  readonly passphrase?: string;
}

/** JSON schema of a passphrase that is tried. */
export const PassphraseSchema = Type.Object(
  { passphrase: Type.String({ minLength: 1, maxLength: MOST_PASSPHRASE }) },
  { additionalProperties: false },
);

/** A link as the team sees it; its address is told once, when it is made. */
export interface ShareBody {
  readonly id: string;
  readonly snapshot: string;
  /** Of the snapshot; `null` when that was deleted. */
  readonly title: string | null;
  readonly window: WindowName | null;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly state: 'open' | 'ended' | 'expired';
  readonly hasPassphrase: boolean;
  /** How often it was opened or a file was taken, and when last. */
  readonly visits: number;
  readonly lastVisitAt: string | null;
}

/** A link that was just made. */
export interface MadeShare extends ShareBody {
  /** For whoever shall see it; nobody can read it again. */
  readonly url: string;
}

/** One use of a link. Who it was is not kept. */
export interface ShareVisit {
  readonly at: string;
  readonly act: 'opened' | 'refused' | ExportFormat;
}

/** What somebody with a link sees. */
export interface SharedSnapshot {
  readonly snapshot: Snapshot;
  readonly sha256: string;
  readonly expiresAt: string;
}
