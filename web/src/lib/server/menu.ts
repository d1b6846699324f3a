import type { SessionBody } from '@fanfare/contract';
import { ADMIN_PAGES, BRAND_PAGES, openTo, type AdminPage, type BrandPage } from '#lib/may.ts';
import { within, type Chosen } from '#lib/organisation.ts';
import { m } from '#lib/paraglide/messages.js';
import { localizeHref } from '#lib/paraglide/runtime.js';

/** A link of the menu, in the language of the page. */
export interface MenuLink {
  readonly href: string;
  readonly text: string;
}

/** What the menu of a page leads to. Made by the server, so that pages need no code and no words for it. */
export interface Menu {
  /** Pages of the brand at hand. */
  readonly brand: readonly MenuLink[];
  /** Pages of the organisation, and its name. */
  readonly organisation: string;
  readonly admin: readonly MenuLink[];
  /** The same place of the other organisations they belong to. */
  readonly others: readonly MenuLink[];
}

const BRAND_WORDS: Readonly<Record<BrandPage, () => string>> = {
  desk: () => m.menu_desk(),
  explore: () => m.explore_title(),
  alerts: () => m.alerts_title(),
  snapshots: () => m.snapshots_title(),
  export: () => m.export_open(),
  shares: () => m.share_title(),
  bi: () => m.bi_title(),
  schedules: () => m.schedules_title(),
  rules: () => m.rules_title(),
  sources: () => m.src_title(),
  invite: () => m.kit_title(),
  notices: () => m.notice_title(),
  consents: () => m.consents_title(),
  compliance: () => m.safety_title(),
  rights: () => m.rights_title(),
  prove: () => m.prove_title(),
};
const ADMIN_WORDS: Readonly<Record<AdminPage, () => string>> = {
  brands: () => m.menu_brands(),
  members: () => m.acc_members(),
  tokens: () => m.tokens_title(),
  displays: () => m.display_list_title(),
  audit: () => m.audit_title(),
};

/** Pages of a brand that are open to who may do this with it. */
export function brandLinks(slug: string, may: SessionBody['organisations'][number]['may']): MenuLink[] {
  return openTo(BRAND_PAGES, may).map(({ name, path }) => ({
    href: localizeHref(`/b/${slug}${path}`),
    text: BRAND_WORDS[name](),
  }));
}

/** The menu of a page. @param slug of the brand at hand @param chosen the organisation at hand */
export function menuOf(session: SessionBody, slug: string | null, chosen: Chosen | null): Menu {
  const may = session.organisations.find(({ id }) => id === chosen?.id)?.may ?? [];
  const others = session.organisations.filter(({ id }) => id !== chosen?.id);
  return {
    brand: slug === null ? [] : brandLinks(slug, session.brand?.may ?? []),
    organisation: chosen?.name ?? '',
    admin: openTo(ADMIN_PAGES, may).map(({ name, path }) => ({
      href: localizeHref(within(path, chosen)),
      text: ADMIN_WORDS[name](),
    })),
    others: others.flatMap(({ id, name, may: theirs }) => {
      const [first] = openTo(ADMIN_PAGES, theirs);
      return first ? [{ href: localizeHref(`${first.path}?organisation=${id}`), text: name }] : [];
    }),
  };
}
