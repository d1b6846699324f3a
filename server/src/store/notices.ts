import { PURPOSES, formatInstant, type Locale, type NoticeBody } from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import { noticeHash } from '../domain/notices.ts';
import type { BrandRef, NoticeDraft } from '../parts.ts';
import { dropUncovered } from './excerpts.ts';
import { inBrand } from './tenant.ts';

interface NoticeRow {
  version: string;
  locale: Locale;
  title: string;
  body: string;
  meaning: number;
  published_at: number | null;
  hash: string | null;
}

/** All texts of a brand, the latest first. */
export async function listNotices(sql: Sql, brand: BrandRef): Promise<NoticeBody[]> {
  const rows = await inBrand(
    sql,
    brand,
    (tx) => tx<NoticeRow[]>`
    select version, locale, title, body, meaning, published_at, hash from notice
    where organisation_id = ${brand.organisation} and brand_id = ${brand.id}
    order by published_at desc nulls first, version, locale`,
  );
  return rows.map(({ published_at, ...row }) => ({
    ...row,
    publishedAt: published_at === null ? null : formatInstant(published_at),
  }));
}

/** Write or replace a draft; false when any text of this version is published already. */
export async function saveDraft(sql: Sql, brand: BrandRef, draft: NoticeDraft): Promise<boolean> {
  const { organisation, id } = brand;
  const rows = await inBrand(
    sql,
    brand,
    (tx) => tx`
    insert into notice as n (organisation_id, brand_id, version, locale, title, body, meaning, changed_at)
    select ${organisation}::int, ${id}::int, ${draft.version}, ${draft.locale}, ${draft.title}, ${draft.body}, 0,
      ${draft.changedAt}::int8
    where not exists (select from notice where organisation_id = ${organisation} and brand_id = ${id}
      and version = ${draft.version} and published_at is not null)
    on conflict (organisation_id, brand_id, version, locale) do update
      set title = excluded.title, body = excluded.body, changed_at = excluded.changed_at
      where n.published_at is null
    returning version`,
  );
  return rows.length > 0;
}

/**
 * Publish all drafts of a version at `at` (ms). With a new meaning every consent in force ends at
 * that instant: what people agreed to is not what would be done now.
 */
export async function publish(
  sql: Sql,
  brand: BrandRef,
  version: string,
  newMeaning: boolean,
  at: number,
): Promise<boolean> {
  const { organisation, id } = brand;
  return inBrand(sql, brand, async (tx) => {
    const drafts = await tx<{ locale: Locale; title: string; body: string }[]>`
      select locale, title, body from notice where organisation_id = ${organisation} and brand_id = ${id}
        and version = ${version} and published_at is null for update`;
    if (drafts.length === 0) return false;
    const [last] = await tx<{ meaning: number }[]>`
      select coalesce(max(meaning), 0) as meaning from notice
      where organisation_id = ${organisation} and brand_id = ${id} and published_at is not null`;
    // Consents of notices kept elsewhere have meaning 0, like the first of ours that only restates them.
    const meaning = last!.meaning + (newMeaning ? 1 : 0);
    for (const { locale, title, body } of drafts) {
      await tx`update notice set published_at = ${at}, meaning = ${meaning}, hash = ${noticeHash(title, body)}
        where organisation_id = ${organisation} and brand_id = ${id} and version = ${version} and locale = ${locale}`;
    }
    // A commit of the brand like any other: a process that does not hear of it finds out.
    await tx`update brand set commits = commits + 1 where organisation_id = ${organisation} and id = ${id}`;
    if (newMeaning) {
      const ends = PURPOSES.map((purpose) => `${purpose}_until = least(${purpose}_until, ${at})`).join(', ');
      await tx`update fan set ${tx.unsafe(ends)} where organisation_id = ${organisation} and brand_id = ${id}`;
      await dropUncovered(tx, brand, at);
    }
    return true;
  });
}
