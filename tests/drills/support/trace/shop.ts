import { createHmac } from 'node:crypto';
import type { NewSource, SourceBody } from '@fanfare/contract';
import { call } from '../../../bench/support/api.ts';
import type { Person } from '../../../support/canaries.ts';
import { WOO_ACCOUNT, wooOrder } from '../../../support/shop-bodies.ts';
import { FanDoor } from './fan-door.ts';
import type { Mails } from './mails.ts';

/** Doors for fans who come from one address each: so many acts a minute are allowed to all. */
const PER_ADDRESS = 5;

/** A shop whose guests proved their address on their page. */
export interface DrillShop {
  /** Send everybody's order as of now; gives how many were kept of all so far, and how many refused. */
  readonly sell: () => Promise<{ readonly kept: number; readonly refused: number }>;
}

/** Connect a shop, and have these fans prove the address they buy with. @param from first address of theirs */
export async function openShop(
  url: string,
  brand: string,
  buyers: readonly Person[],
  mails: Mails,
  from: number,
): Promise<DrillShop> {
  const draft = { connector: 'woocommerce', name: 'Shop', account: WOO_ACCOUNT };
  const source = await call<NewSource>(url, 'POST', `/brands/${brand}/sources`, JSON.stringify(draft));
  for (const [i, { fan, mail }] of buyers.entries()) {
    const email = `${mail}@example.org`;
    const asked = { network: 'facebook', fan, email };
    await call(url, 'POST', `/brands/${brand}/fans/invite`, JSON.stringify(asked));
    const door = new FanDoor(url, from + Math.floor(i / PER_ADDRESS));
    await door.open(brand, mails.linkFor(email));
    await door.proveMail(brand, email, () => mails.linkFor(email));
  }
  const second = Math.floor(Date.now() / 1_000);
  return {
    async sell() {
      for (const { n, mail } of buyers) {
        const told = { id: n + 1, customer: null, mail: `${mail}@example.org`, second: second - 60 };
        const changed = Math.floor(Date.now() / 1_000);
        const order = wooOrder({ ...told, changed, status: 'paid', total: '10.00' });
        // What people call it is theirs too.
        const body = JSON.stringify({ ...order, number: mail });
        const signature = createHmac('sha256', source.secret ?? '')
          .update(body)
          .digest('base64');
        const answer = await fetch(url + new URL(source.url).pathname, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-wc-webhook-signature': signature },
          body,
        });
        if (answer.status !== 200) throw new Error(`an order was not taken: ${answer.status}`);
      }
      const { counts } = await call<SourceBody>(url, 'GET', `/brands/${brand}/sources/${source.id}`);
      return { kept: counts.counted, refused: counts.refused };
    },
  };
}
