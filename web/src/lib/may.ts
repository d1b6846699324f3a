import type { Action } from '@fanfare/contract';

/** May whoever looks at this page do that here? @param may what the server says they may do here */
export const can = (may: readonly Action[], action: Action): boolean => may.includes(action);

/** A page, and what one must be allowed to do to open it. */
interface Page<Name extends string> {
  readonly name: Name;
  readonly path: string;
  readonly action: Action;
}

/** Pages of one brand, below its address, in the order of the menu. */
export const BRAND_PAGES = [
  { name: 'desk', path: '', action: 'board.read' },
  { name: 'explore', path: '/explore', action: 'history.read' },
  { name: 'alerts', path: '/alerts', action: 'board.read' },
  { name: 'snapshots', path: '/snapshots', action: 'snapshots.read' },
  { name: 'export', path: '/export', action: 'exports.make' },
  { name: 'shares', path: '/shares', action: 'shares.manage' },
  { name: 'bi', path: '/bi', action: 'bi.manage' },
  { name: 'schedules', path: '/schedules', action: 'schedules.manage' },
  { name: 'sources', path: '/sources', action: 'sources.manage' },
  { name: 'invite', path: '/invite', action: 'invitations.send' },
  { name: 'notices', path: '/notices', action: 'notices.read' },
  { name: 'consents', path: '/consents', action: 'consents.write' },
  { name: 'rules', path: '/rules', action: 'rules.read' },
  { name: 'compliance', path: '/compliance', action: 'quarantine.decide' },
  { name: 'rights', path: '/rights', action: 'rights.manage' },
  { name: 'prove', path: '/prove', action: 'proof.read' },
] as const satisfies readonly Page<string>[];
export type BrandPage = (typeof BRAND_PAGES)[number]['name'];

/** Pages of an organisation, in the order of the menu. */
export const ADMIN_PAGES = [
  { name: 'brands', path: '/brands', action: 'brands.change' },
  { name: 'members', path: '/team', action: 'members.manage' },
  { name: 'tokens', path: '/tokens', action: 'tokens.manage' },
  { name: 'displays', path: '/displays', action: 'displays.manage' },
  { name: 'audit', path: '/audit', action: 'audit.read' },
] as const satisfies readonly Page<string>[];
export type AdminPage = (typeof ADMIN_PAGES)[number]['name'];

/** Those of the pages that whoever may do this can open. */
export function openTo<P extends Page<string>>(pages: readonly P[], may: readonly Action[]): readonly P[] {
  return pages.filter(({ action }) => can(may, action));
}
