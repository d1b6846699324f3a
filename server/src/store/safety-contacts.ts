import type { Sql } from '@fanfare/db';
import type { SafetyBook, SafetyContact } from '../domain/sector/contact.ts';
import type { BrandRef } from '../parts.ts';
import type { Sealing } from './sealing.ts';
import { inBrand } from './tenant.ts';

interface Row {
  readonly organisation_id: number;
  readonly brand_id: number;
  readonly name: string;
  readonly mail: string | null;
  readonly webhook: string | null;
  readonly recipient: string;
  readonly products: string[];
  readonly changed_at: number;
}

/** Safety contacts in PostgreSQL and in memory; this process alone changes them. @param root wraps the keys of webhooks */
export class StoredSafetyContacts implements SafetyBook {
  readonly #sql: Sql;
  readonly #root: Sealing;
  readonly #held = new Map<string, SafetyContact>();

  constructor(sql: Sql, root: Sealing) {
    this.#sql = sql;
    this.#root = root;
  }

  /** @param every sees the rows of every tenant */
  async load(every: Sql): Promise<void> {
    for (const row of await every<Row[]>`select * from safety_contact`) {
      const { name, mail, webhook, recipient, products, changed_at: changedAt } = row;
      this.#held.set(nameOf({ organisation: row.organisation_id, id: row.brand_id }), {
        ...{ name, mail, webhook, recipient, products, changedAt },
      });
    }
  }

  of(brand: BrandRef): SafetyContact | null {
    return this.#held.get(nameOf(brand)) ?? null;
  }

  async put(brand: BrandRef, contact: SafetyContact, key?: Uint8Array | null): Promise<void> {
    const { organisation, id } = brand;
    const { name, mail, webhook, recipient, products, changedAt } = contact;
    const wrapped = key ? Buffer.from(this.#root.seal(key)) : null;
    await inBrand(
      this.#sql,
      brand,
      (tx) => tx`
        insert into safety_contact as s
          (organisation_id, brand_id, name, mail, webhook, webhook_key, recipient, products, changed_at)
        values (${organisation}, ${id}, ${name}, ${mail}, ${webhook}, ${wrapped}, ${recipient},
          ${[...products]}::text[], ${changedAt})
        on conflict (organisation_id, brand_id) do update set name = excluded.name, mail = excluded.mail,
          webhook = excluded.webhook, recipient = excluded.recipient, products = excluded.products,
          webhook_key = case when ${key === undefined} then s.webhook_key else excluded.webhook_key end,
          changed_at = excluded.changed_at`,
    );
    this.#held.set(nameOf(brand), contact);
  }

  async remove(brand: BrandRef): Promise<boolean> {
    const { organisation, id } = brand;
    const { count } = await inBrand(
      this.#sql,
      brand,
      (tx) => tx`delete from safety_contact where organisation_id = ${organisation} and brand_id = ${id}`,
    );
    this.#held.delete(nameOf(brand));
    return count > 0;
  }
}

function nameOf({ organisation, id }: BrandRef): string {
  return `${organisation}/${id}`;
}
