import type { FakeJetstream } from '../../../support/fake-jetstream.ts';
import type { FakeSocial } from '../../../support/fake-social.ts';
import { commitOf, didOf } from '../../../support/stream-cases.ts';
import { open, pauses, press, reload, type Seen, type Walk } from './walk.ts';

export const BLUESKY_FAN = didOf('f');
export const MASTODON_FAN = 'fan1@social.example';
const iso = (second: number): string => new Date(second * 1_000).toISOString();
const now = (): number => Math.floor(Date.now() / 1_000);

/** A network that is listened to, as far as a walk needs it. */
interface Heard {
  readonly connector: 'bluesky' | 'mastodon';
  readonly fields: Readonly<Record<string, string>>;
  /** What is typed wrong first, and the refusal that is shown for it. */
  readonly wrong: readonly [field: string, text: string, refused: string];
  /** The n-th thing a fan does. */
  readonly act: (n: number) => void;
  /** Something nobody knows. */
  readonly odd: () => void;
}

/** The two networks, played by fakes. @param brand a letter for the brand's own account */
export function heardBy(
  jetstream: FakeJetstream,
  social: FakeSocial,
  brand: string,
  name: string,
): readonly Heard[] {
  const token = social.account(name);
  const own = didOf(brand);
  const acct = MASTODON_FAN.replace('@social.example', '');
  const notify = (n: number, more: object) =>
    social.notify(name, {
      ...{ type: 'mention', created_at: iso(now() - 60 + n), account: { id: '9', acct, bot: false } },
      ...more,
    });
  return [
    {
      connector: 'bluesky',
      fields: { account: own },
      wrong: ['account', 'pas un nom', 'bluesky_account'],
      act: (n) =>
        jetstream.tell(
          commitOf(
            own,
            { do: 'say', fan: BLUESKY_FAN, object: `${n}`, second: now() - 60 + n, text: 'merci beaucoup' },
            Date.now() * 1_000 + n,
          ),
        ),
      odd: () => jetstream.tell({ did: BLUESKY_FAN, kind: 'novelty', novelty: {} }),
    },
    {
      connector: 'mastodon',
      fields: { account: `@${name}@social.example`, token },
      wrong: ['token', 'a-token-of-somebody-else', 'listened_token'],
      act: (n) =>
        notify(n, {
          status: {
            ...{ id: `${n}`, created_at: iso(now() - 60 + n), visibility: 'public' },
            ...{ account: { id: '9', acct, bot: false }, content: '<p>merci beaucoup</p>' },
            ...{ in_reply_to_id: '5', in_reply_to_account_id: '1', mentions: [{ id: '1', acct: name }] },
          },
        }),
      odd: () => notify(0, { type: 'novelty' }),
    },
  ];
}

/** Walk through connecting a network that we listen to. */
export async function walkListened(walk: Walk, heard: Heard): Promise<Seen> {
  const { page, album, locale } = walk;
  const { connector, fields } = heard;
  const take = (step: string, phone = false) => album.take(page, connector, step, locale, phone);
  await open(walk, '/sources');
  await page.click(`a[href$="?connect=${connector}"]`);
  await page.waitForSelector('#name');
  await page.fill('#name', locale === 'fr' ? 'Compte de la marque' : 'Account of the brand');
  for (const [id, text] of Object.entries(fields)) await page.fill(`#${id}`, text);
  await take('1-form', true);
  const [field, text, refused] = heard.wrong;
  await page.fill(`#${field}`, text);
  await page.click('form[action="?/connect"] button');
  await page.waitForSelector(`[data-refused="${refused}"]`);
  await take('2-refused');
  for (const [id, good] of Object.entries(fields)) await page.fill(`#${id}`, good);
  await page.click('form[action="?/connect"] button');
  await page.waitForSelector('[data-listening="true"]', { timeout: 15_000 });
  await take('3-steps', true);
  const seen: Seen = { listening: true };
  heard.act(1);
  await page.waitForSelector('[data-outcome="taken"]', { timeout: 15_000 });
  await page.waitForSelector('[data-state="working"]');
  seen['receiving'] = true;
  await take('5-receiving');
  for (let n = 2; n < 7; n++) heard.act(n);
  heard.odd();
  await page.waitForSelector('[data-letter="unknown_kind"]', { timeout: 15_000 });
  await reload(page);
  seen['last five'] = (await page.locator('[data-outcome]').count()) === 5;
  await page.locator('[data-outcome] summary').last().click();
  const shapes = (await page.locator('pre').allInnerTexts()).join();
  seen['redacted'] = !/merci|did:plc:f|fan1/.test(shapes);
  await take('6-last-five');
  await reload(page);
  if (connector === 'mastodon') {
    await page.fill('#secret', 'webhook-secret-0123456789');
    await press(page, 'rotate', '[data-done="secret"]');
    await take('7-secret');
    seen['secret given'] = true;
  }
  seen['paused'] = await pauses(walk, connector, () => Promise.resolve(heard.act(9)));
  return seen;
}
