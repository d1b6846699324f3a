import { ACTIONS, type Action, type Role, type Scope } from '@fanfare/contract';

const LOOKING: readonly Action[] = [
  'brand.read',
  'board.read',
  'public.read',
  'history.read',
  'snapshots.read',
];
const ANALYSING: readonly Action[] = [...LOOKING, 'excerpts.read', 'annotations.write', 'notices.read'];
const MANAGING: readonly Action[] = [
  ...ANALYSING,
  ...([
    'snapshots.make',
    'exports.make',
    'shares.manage',
    'bi.manage',
    'displays.manage',
    'alerts.manage',
    'schedules.manage',
    'rules.read',
    'rules.manage',
    'rules.stop',
  ] as const),
  ...([
    'notices.manage',
    'invitations.send',
    'recounts.run',
    'brands.change',
    'sources.manage',
    'imports.run',
    'figures.write',
  ] as const),
];
const COMPLYING: readonly Action[] = [
  ...([
    'brand.read',
    'consents.read',
    'consents.write',
    'notices.read',
    'notices.manage',
    'rights.manage',
    'quarantine.decide',
  ] as const),
  ...(['proof.read', 'recounts.run', 'audit.read', 'invitations.send'] as const),
  // They may see what is sent because of a fan, and end it; they make no rule.
  ...(['rules.read', 'rules.stop'] as const),
];

/** Which role may do what. One row a role; the tests try every cell on every way in. */
export const MAY: Readonly<Record<Role | 'display' | 'visitor', ReadonlySet<Action>>> = {
  owner: new Set(ACTIONS),
  manager: new Set(MANAGING),
  analyst: new Set(ANALYSING),
  // Needs no marketing numbers: the proof of consent has totals of its own.
  compliance: new Set(COMPLYING),
  display: new Set(['brand.read', 'public.read']),
  // Somebody who is not signed in, on the demonstration brand alone.
  visitor: new Set([...LOOKING, 'excerpts.read']),
};

/** What a token may do by each of its scopes. */
export const SCOPE_MAY: Readonly<Record<Scope, ReadonlySet<Action>>> = {
  ingest: new Set(['brand.read', 'events.write', 'imports.run', 'figures.write']),
  consent: new Set(['brand.read', 'consents.write', 'consents.read', 'notices.read', 'invitations.send']),
  read: new Set(LOOKING),
  export: new Set(['brand.read', 'history.read', 'snapshots.read', 'snapshots.make', 'exports.make']),
  admin: new Set(ACTIONS),
};
