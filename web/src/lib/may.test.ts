import { ACTIONS } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { ADMIN_PAGES, BRAND_PAGES, can, openTo } from './may.ts';

const names = (pages: readonly { readonly name: string }[]) => pages.map(({ name }) => name);

describe('what one may do', () => {
  it('is what the server says, and nothing else', () => {
    expect(can(['board.read'], 'board.read')).toBe(true);
    expect(can(['board.read'], 'snapshots.make')).toBe(false);
    expect(can([], 'brand.read')).toBe(false);
  });

  it('opens every page to who may do everything, and none to who may do nothing', () => {
    expect(openTo(BRAND_PAGES, ACTIONS)).toEqual(BRAND_PAGES);
    expect(openTo(ADMIN_PAGES, ACTIONS)).toEqual(ADMIN_PAGES);
    expect(openTo(BRAND_PAGES, [])).toEqual([]);
    expect(openTo(ADMIN_PAGES, [])).toEqual([]);
  });

  it('opens pages by what they show, not by a sign-in', () => {
    expect(names(openTo(BRAND_PAGES, ['board.read', 'snapshots.read', 'notices.read']))).toEqual([
      'desk',
      'alerts',
      'snapshots',
      'notices',
    ]);
    expect(names(openTo(BRAND_PAGES, ['rights.manage', 'proof.read']))).toEqual(['rights', 'prove']);
    expect(names(openTo(ADMIN_PAGES, ['audit.read']))).toEqual(['audit']);
    expect(names(openTo(ADMIN_PAGES, ['displays.manage', 'brands.change']))).toEqual(['brands', 'displays']);
  });
});
