import type { Locale } from '../../../screens/support/shots.ts';
import { CANARY, SOURCE_CASES, type Act, type SourceCase } from '../../../support/source-cases.ts';
import { open, pauses, press, ready, reload, secretOf, stateOf, type Seen, type Walk } from './walk.ts';

/** Who agreed in every brand of the drill, at every network that sends. */
export const SENDERS_FANS = ['700001', '700002'] as const;
/** What is in deliveries and must be on no page. */
export const IN_DELIVERIES = [...SENDERS_FANS, '800001', CANARY, 'merci beaucoup'];

const NEXT_SECRET = 'the-next-secret-0123456789';
const now = (): number => Math.floor(Date.now() / 1_000);
const NAMES: Readonly<Record<string, readonly [string, string]>> = {
  meta_page: ['Page de Noël', 'Christmas page'],
  instagram: ['Compte principal', 'Main account'],
  tiktok: ['Application TikTok', 'TikTok app'],
  x: ['Compte de la marque', 'Account of the brand'],
  webhook: ['Site de la marque', 'Website of the brand'],
  shopify: ['Boutique en ligne', 'Online shop'],
  woocommerce: ['Boutique des pros', 'Trade shop'],
};

/** What the network itself sends beside the signature. */
const MORE: Readonly<Record<string, Record<string, string>>> = {
  shopify: { 'x-shopify-topic': 'orders/updated' },
};

/** Deliveries of one source, signed as its network signs. */
class Sender {
  url = '';
  secret = '';
  #n = 0;
  readonly #one: SourceCase;

  constructor(one: SourceCase) {
    this.#one = one;
  }

  async send(body: string, secret = this.secret, n = ++this.#n): Promise<number> {
    const signed = this.#one.headers(body, secret, now(), n);
    const headers = { 'content-type': 'application/json', ...signed, ...MORE[this.#one.connector] };
    const answer = await fetch(this.url, { method: 'POST', headers, body });
    return answer.status;
  }

  /** The network asks whether the address is ours, where it does so. @param verify the word agreed on */
  async ask(verify: string): Promise<boolean> {
    const { connector } = this.#one;
    if (connector === 'woocommerce') {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      return (await fetch(this.url, { method: 'POST', headers, body: 'webhook_id=5' })).status === 200;
    }
    const questions = {
      x: 'crc_token=challenge123',
      meta: `hub.mode=subscribe&hub.verify_token=${verify}&hub.challenge=31415`,
    };
    if (connector !== 'x' && verify === '') return true;
    const answer = await fetch(`${this.url}?${connector === 'x' ? questions.x : questions.meta}`);
    const text = await answer.text();
    return connector === 'x' ? text.includes('sha256=') : text === '31415';
  }
}

const act = (i: number, more: Partial<Act> = {}): Act => ({
  ...{ do: 'say', fan: SENDERS_FANS[i % 2]!, object: `${555 + i}`, second: now() - 90 + i },
  ...{ text: 'merci beaucoup', ...more },
});

/** Walk through connecting a network that sends to us. */
export async function walkSender(walk: Walk, one: SourceCase): Promise<Seen> {
  const { app, page, album, locale } = walk;
  const who = one.connector;
  const take = (step: string, phone = false) => album.take(page, who, step, locale, phone);
  const sender = new Sender(one);
  await open(walk, '/sources');
  await page.click(`a[href$="?connect=${who}"]`);
  await page.waitForSelector('#name');
  await page.fill('#name', nameOf(who, locale));
  if (one.secret) await page.fill('#secret', one.secret);
  if (one.account) await page.fill('#account', one.account);
  await take('1-form', true);
  await page.click('form[action="?/connect"] button');
  sender.secret = one.secret ?? '';
  if (!one.secret) {
    await page.waitForSelector('[data-secret="secret"]');
    sender.secret = await secretOf(page, 'secret');
    await take('2-secret');
    await page.click('a.primary[href*="/sources/"]');
  }
  await page.waitForSelector('[data-waiting]');
  await ready(page);
  await take('3-steps', true);
  sender.url = app.url + new URL(await secretOf(page, 'url')).pathname;
  const isMeta = who === 'meta_page' || who === 'instagram';
  const asked = await sender.ask(isMeta ? await secretOf(page, 'verify') : '');

  const seen: Seen = { 'address confirmed': asked };
  seen['forged refused'] = (await sender.send(one.body([act(0)]), 'another-secret-0')) === 401;
  await reload(page);
  seen['forged shown'] = (await page.locator('[data-outcome="bad_signature"]').count()) === 1;
  await take('4-wrong-secret');
  seen['first taken'] = (await sender.send(one.body([act(1)]))) === 200;
  // Nobody has to reload: the page looks for itself.
  await page.waitForSelector('[data-outcome="taken"]');
  await page.waitForSelector('[data-state="working"]');
  seen['receiving'] = true;
  await take('5-receiving');

  const twice = one.body([act(2), act(3)]);
  await sender.send(twice, sender.secret, 77);
  await sender.send(one.body([act(4, { fan: '800001' })]));
  await sender.send(one.unknown(now()));
  await sender.send(twice, sender.secret, 77);
  await reload(page);
  seen['repetition ignored'] = (await page.locator('[data-outcome="repeated"]').count()) > 0;
  seen['last five'] = (await page.locator('[data-outcome]').count()) === 5;
  await page.locator('[data-outcome] summary').first().click();
  await page.locator('[data-letter] summary').first().click();
  const shapes = await page.locator('pre').allInnerTexts();
  // A comment's own id stays, and holds the fan's number in bodies made for tests.
  seen['redacted'] = IN_DELIVERIES.every((told) => {
    const held = /^\d+$/.test(told) ? `"${told}"` : told;
    return !shapes.some((shape) => shape.includes(held));
  });
  await take('6-last-five');

  await reload(page);
  if (one.secret) await page.fill('#secret', NEXT_SECRET);
  await press(page, 'rotate', '[data-two]');
  const next = one.secret ? NEXT_SECRET : await secretOf(page, 'secret-once');
  await take('7-two-secrets');
  const both = [await sender.send(one.body([act(5)])), await sender.send(one.body([act(6)]), next)];
  await press(page, 'endOld', 'form[action="?/rotate"]');
  const old = await sender.send(one.body([act(7)]));
  sender.secret = next;
  seen['secret rotated'] = both.join() === '200,200' && old === 401;
  await sender.send(one.body([act(8)]));
  await reload(page);
  seen['paused'] = await pauses(walk, who, () => sender.send(one.body([act(9)])));
  seen['working again'] = (await stateOf(page)) === 'working';
  return seen;
}

const nameOf = (who: string, locale: Locale): string => NAMES[who]![locale === 'fr' ? 0 : 1];
export const SENDERS = SOURCE_CASES;
