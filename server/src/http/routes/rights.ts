import type { FastifyInstance } from 'fastify';
import { KINDS, LABELS, NETWORKS, formatInstant } from '@fanfare/contract';
import type { Labelled } from '../../domain/engagement.ts';
import type { HeldReport, Told } from '../../domain/held.ts';
import { reasonOf } from '../../domain/rules/words.ts';
import { PURPOSE_BITS, type KeptExcerpt } from '../../domain/excerpts/excerpt.ts';
import { keptUntil } from '../../domain/retention.ts';
import { KEPT_AFTER_ACKNOWLEDGEMENT } from '../../domain/sector/quarantine.ts';
import type { Held } from '../../parts.ts';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { readFan } from '../fan-body.ts';
import { noted } from '../noted.ts';

/** What a brand holds about one person, and signed receipts of their consents. */
export function rightsRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.post('/brands/:brand/fans/held', async (request, reply) => {
    const brand = brandFor(request, parts, 'consents.read');
    const { network, fan } = readFan(request.body);
    await noted(request, parts, brand.record, 'fan.shown', { network, what: 'held' });
    void reply.header('cache-control', 'no-store');
    return showHeld(await brand.held(network, fan));
  });

  app.post('/brands/:brand/fans/receipts', async (request, reply) => {
    const brand = brandFor(request, parts, 'consents.read');
    const { network, fan } = readFan(request.body);
    await noted(request, parts, brand.record, 'fan.shown', { network, what: 'receipts' });
    const { slug, name } = brand.record.body;
    const { records } = await brand.held(network, fan);
    const subject = { brand: slug, brandName: name, network, fan };
    void reply.header('cache-control', 'no-store');
    return {
      receipts: await Promise.all(
        records.map(({ record, hash }) => parts.receipts.sign(subject, record, hash)),
      ),
    };
  });

  app.get('/receipts/keys.json', () => parts.receipts.keys());
}

/** Everything held, in plain words and instants; a stranger has empty lists. */
export function showHeld({ records, engagements, excerpts, purchases, mails, told, reports }: Held): object {
  return {
    consents: records.map(({ record, hash }) => ({
      ...record,
      fan: undefined,
      at: formatInstant(record.at),
      receivedAt: formatInstant(record.receivedAt),
      expiresAt: record.expiresAt === null ? null : formatInstant(record.expiresAt),
      hash,
    })),
    engagements: engagements.map(showEngagement),
    excerpts: excerpts.map(showExcerpt),
    purchases: purchases.map((one) => ({ ...one, at: formatInstant(one.at) })),
    mails: mails.map((one) => ({ ...one, at: formatInstant(one.at) })),
    told: told.map(showTold),
    reports: reports.map(showReport),
  };
}

/** What the brand's server was told: when, why and on what ground. */
function showTold({ at, state, settledAt, met, basis }: Told): object {
  return {
    at: formatInstant(at),
    state,
    settledAt: settledAt === null ? null : formatInstant(settledAt),
    reason: { fr: reasonOf(met, 'fr'), en: reasonOf(met, 'en') },
    condition: met,
    basis: { purpose: 'offers', record: basis },
  };
}

/** That a report exists, for what and by what right; what it says is sealed to the brand's safety contact. */
function showReport({ receivedAt, handedOverAt, acknowledgedAt }: HeldReport): object {
  const instant = (at: number | null) => (at === null ? null : formatInstant(at));
  return {
    receivedAt: formatInstant(receivedAt),
    handedOverAt: instant(handedOverAt),
    acknowledgedAt: instant(acknowledgedAt),
    keptUntil: instant(acknowledgedAt === null ? null : acknowledgedAt + KEPT_AFTER_ACKNOWLEDGEMENT),
    purpose: 'medicine_safety',
    basis: 'legal_obligation',
  };
}

function showExcerpt({ network, kind, at, object, label, purposes, text }: KeptExcerpt): object {
  return {
    network: NETWORKS[network],
    kind: KINDS[kind],
    at: formatInstant(at),
    until: formatInstant(keptUntil('excerpt', at)),
    object: object || null,
    sentiment: LABELS[label],
    purposes: (['quote', 'wall'] as const).filter((purpose) => (purposes & PURPOSE_BITS[purpose]) !== 0),
    text,
  };
}

function showEngagement(row: Labelled): object {
  return {
    id: row.id,
    network: NETWORKS[row.network],
    kind: KINDS[row.kind],
    occurredAt: formatInstant(row.occurredAt),
    object: row.object || null,
    reaction: row.reaction || null,
    campaign: row.campaign || null,
    language: row.language || null,
    followers: row.followers < 0 ? null : row.followers,
    sentiment: row.label === 0 ? null : { label: LABELS[row.label], model: row.model },
  };
}
