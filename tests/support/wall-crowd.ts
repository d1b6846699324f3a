import { consent, type TestApp } from './app.ts';

const MINUTE = 60_000;
/** Seen most first, as a brand's networks are. */
const NETWORKS = ['instagram', 'instagram', 'instagram', 'facebook', 'facebook', 'tiktok', 'youtube', 'x'];
const WORDS = [
  'good: merci pour la visite de l’atelier, on reviendra en famille au printemps !',
  'bad: la file d’attente était vraiment trop longue samedi.',
  'so so, mais la nouvelle vitrine est belle',
  'good: j’adore la collection d’hiver',
];

/** A brand with fans enough that the public is shown numbers, over the last hours, some of them quoted. */
export async function crowd(app: TestApp, brand: string, fans = 240): Promise<void> {
  const now = Date.now();
  const names = Array.from({ length: fans }, (_, i) => ({
    fan: `fan-${i}`,
    network: NETWORKS[i % NETWORKS.length]!,
  }));
  const purposes = { measure: true, influence: true, quote: true, wall: true };
  const consents = names.map(({ fan, network }) => consent(fan, now - 1_440 * MINUTE, purposes, network));
  await app.call('POST', `/brands/${brand}/consents`, consents);
  const events = names.flatMap(({ fan, network }, i) =>
    [0, 1, 2].slice(0, 1 + (i % 3)).map((j) => ({
      id: `${fan}/${j}`,
      network,
      kind: ['comment', 'reaction', 'share'][j],
      fan,
      occurredAt: new Date(now - ((i * 37 + j * 211) % 1_380) * MINUTE).toISOString(),
      object: `post-${1 + ((i * i) % 6)}`,
      ...(j === 0 ? { text: WORDS[i % WORDS.length] } : {}),
    })),
  );
  await app.call('POST', `/brands/${brand}/events`, events);
}
