import { MOST_ANNOTATIONS } from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import type { Annotation, Annotations } from '../domain/annotation.ts';
import { inBrand } from './tenant.ts';

/** Annotations in PostgreSQL. */
export function createAnnotations(sql: Sql): Annotations {
  return {
    list(brand) {
      const { organisation, id } = brand;
      return inBrand(
        sql,
        brand,
        (tx) => tx<Annotation[]>`
        select id, at, text from annotation
        where organisation_id = ${organisation} and brand_id = ${id} order by at, id`,
      );
    },
    async put(owner, { id, at, text }) {
      const { organisation, id: brand } = owner;
      // The lock makes a brand that is being deleted wait, or this row be none.
      const rows = await inBrand(
        sql,
        owner,
        (tx) => tx<{ made: boolean }[]>`
        with owner as (
          select organisation_id, id from brand
          where organisation_id = ${organisation} and id = ${brand} for key share)
        insert into annotation as a (organisation_id, brand_id, id, at, text)
        select organisation_id, id, ${id}, ${at}::int8, ${text} from owner
        where exists (select from annotation where organisation_id = ${organisation} and brand_id = ${brand}
            and id = ${id})
          or (select count(*) from annotation where organisation_id = ${organisation}
            and brand_id = ${brand}) < ${MOST_ANNOTATIONS}
        on conflict (organisation_id, brand_id, id) do update set at = excluded.at, text = excluded.text
        returning xmax = 0 as made`,
      );
      const [row] = rows;
      if (!row) return 'full';
      return row.made ? 'made' : 'changed';
    },
    async remove(owner, id) {
      const { organisation, id: brand } = owner;
      const rows = await inBrand(
        sql,
        owner,
        (tx) => tx`
        delete from annotation
        where organisation_id = ${organisation} and brand_id = ${brand} and id = ${id} returning id`,
      );
      return rows.length > 0;
    },
  };
}
