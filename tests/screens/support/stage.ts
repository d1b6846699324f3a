import { seeded } from '../../bench/support/numbers.ts';
import { consent, type TestApp } from '../../support/app.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const NETWORKS = ['facebook', 'instagram', 'bluesky', 'youtube', 'tiktok'] as const;
const KINDS = ['comment', 'reaction', 'share', 'comment', 'mention', 'reaction'] as const;
const WORDS = ['good, love it', 'bad', 'so so', 'good again'] as const;
const CAMPAIGNS = ['noel-2026', 'rentree', undefined] as const;

/** One brand of the stage: how many fans, and how much each of them does over the last 30 days. */
interface Part {
  readonly slug: string;
  readonly name: string;
  readonly fans: number;
  readonly events: number;
}

/** No data, too little to be shown, partly hidden, usual, and much. */
const PARTS: readonly Part[] = [
  { slug: 'vide', name: 'Maison Vide', fans: 0, events: 0 },
  { slug: 'peu', name: 'Atelier Peu', fans: 6, events: 20 },
  { slug: 'masquee', name: 'Boutique Masquée', fans: 40, events: 150 },
  { slug: 'maison', name: 'Maison Éloïse', fans: 400, events: 6_000 },
  { slug: 'beaucoup', name: 'Groupe Beaucoup et Compagnie internationale', fans: 12_000, events: 120_000 },
];

/** Make the brands and fill them through the API. @param now instant everything leads up to, ms */
export async function setStage(app: TestApp, now: number): Promise<void> {
  for (const part of PARTS) {
    const { slug, name } = part;
    await app.call('POST', '/brands', { slug, name, timeZone: 'Europe/Paris', locale: 'fr' });
    await send(app, `/brands/${slug}/consents`, consentsOf(part, now));
    await send(app, `/brands/${slug}/events`, eventsOf(part, now));
  }
  for (const [i, text] of ['Lettre de novembre', 'Vidéo de lancement', 'Panne du site'].entries()) {
    const at = new Date(now - (12 + i * 17) * MINUTE).toISOString();
    await app.call('PUT', `/brands/maison/annotations/mark-000${i}`, { at, text });
  }
}

function consentsOf({ slug, fans }: Part, now: number): object[] {
  const purposes = { measure: true, influence: true, quote: slug === 'maison' };
  return Array.from({ length: fans }, (_, i) =>
    consent(`fan-${i}`, now - 40 * DAY, purposes, NETWORKS[i % NETWORKS.length]),
  );
}

function eventsOf({ fans, events }: Part, now: number): object[] {
  const chance = seeded(2_611);
  const one = <T>(of: readonly T[]): T => of[Math.floor(chance() ** 1.6 * of.length)]!;
  return Array.from({ length: events }, (_, i) => {
    const fan = Math.floor(chance() * fans);
    // A sixth of them in the last hour, the others over a month, by day more than by night.
    const day = Math.floor(chance() * 30) * 1_440;
    const back = i % 6 === 0 ? chance() * 60 : day + (chance() + chance() + chance()) * 400;
    const campaign = one(CAMPAIGNS);
    return {
      ...{ id: `e-${i}`, network: NETWORKS[fan % NETWORKS.length], kind: one(KINDS) },
      ...{ fan: `fan-${fan}`, object: `post-${Math.floor(chance() ** 2 * 11)}`, text: one(WORDS) },
      occurredAt: new Date(now - Math.floor(back * MINUTE)).toISOString(),
      ...(i % 5 === 0 ? { objectOwner: `fan-${(fan + 5) % fans}` } : {}),
      ...(campaign ? { campaign } : {}),
    };
  });
}

async function send(app: TestApp, path: string, items: readonly object[]): Promise<void> {
  for (let from = 0; from < items.length; from += 10_000) {
    const lines = items.slice(from, from + 10_000).map((item) => JSON.stringify(item));
    const { status } = await app.call('POST', path, lines.join('\n'), 'application/x-ndjson');
    if (status !== 200) throw new Error(`${path} answered ${status}`);
  }
}
