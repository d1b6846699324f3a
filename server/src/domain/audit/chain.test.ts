import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AUDIT_ACTIONS, AUDIT_ACTORS } from '@fanfare/contract';
import { ChainWalk } from '../chain.ts';
import { linkAudit, type AuditRecord } from './chain.ts';

const part: fc.Arbitrary<Omit<AuditRecord, 'n' | 'organisation'>> = fc.record({
  at: fc.integer({ min: 0, max: 1_000 }),
  actor: fc.record({
    kind: fc.constantFrom(...AUDIT_ACTORS),
    id: fc.option(fc.string({ minLength: 1, maxLength: 3 })),
  }),
  action: fc.constantFrom(...AUDIT_ACTIONS),
  brand: fc.option(fc.integer({ min: 1, max: 3 })),
  detail: fc.constantFrom('{}', '{"way":"link"}', '{"way":"token"}'),
});

interface Link {
  record: AuditRecord;
  hash: string;
}

function chain(parts: readonly Omit<AuditRecord, 'n' | 'organisation'>[]): Link[] {
  let head = '';
  return parts.map((one, i) => {
    const record = { n: i + 1, organisation: 1, ...one };
    head = linkAudit(head, record);
    return { record, hash: head };
  });
}

const endOf = (links: readonly Link[]) => ({ records: links.length, head: links.at(-1)?.hash ?? '' });

function check(links: readonly Link[], end = endOf(links), start = { records: 0, head: '' }) {
  const walk = new ChainWalk(linkAudit, start);
  walk.step(links);
  return walk.result(end);
}

/** Ways to falsify a log; each gives the links afterwards. */
const TAMPERINGS: Readonly<Record<string, (links: Link[], i: number, forged: AuditRecord) => Link[]>> = {
  drop: (links, i) => links.toSpliced(i, 1),
  cut: (links, i) => links.slice(0, i + 1),
  swap: (links, i) => links.with(i, links[i + 1]!).with(i + 1, links[i]!),
  at: (links, i) => changed(links, i, (record) => ({ ...record, at: record.at + 1 })),
  actor: (links, i) =>
    changed(links, i, (record) => ({ ...record, actor: { ...record.actor, id: `${record.actor.id}x` } })),
  kind: (links, i) =>
    changed(links, i, (record) => ({
      ...record,
      actor: { ...record.actor, kind: record.actor.kind === 'root' ? 'member' : 'root' },
    })),
  action: (links, i) =>
    changed(links, i, (record) => ({
      ...record,
      action: record.action === 'brand.made' ? 'brand.deleted' : 'brand.made',
    })),
  brand: (links, i) => changed(links, i, (record) => ({ ...record, brand: (record.brand ?? 0) + 1 })),
  detail: (links, i) => changed(links, i, (record) => ({ ...record, detail: `${record.detail} ` })),
  organisation: (links, i) => changed(links, i, (record) => ({ ...record, organisation: 2 })),
  insert: (links, i, forged) =>
    links.toSpliced(i, 0, { record: { ...forged, n: i + 1 }, hash: linkAudit('', forged) }),
  // Whoever knows how hashes are made still leaves the next record pointing at the old one.
  rehash: (links, i) => {
    const record = { ...links[i]!.record, at: links[i]!.record.at + 1 };
    return links.with(i, { record, hash: linkAudit(links[i - 1]?.hash ?? '', record) });
  },
};

function changed(links: Link[], i: number, to: (record: AuditRecord) => AuditRecord): Link[] {
  return links.with(i, { ...links[i]!, record: to(links[i]!.record) });
}

describe('the chain of the audit log', () => {
  it('is intact as it was written, also when its oldest records were let go', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), fc.nat(), (parts, at) => {
        const links = chain(parts);
        const gone = at % links.length;
        const start = { records: gone, head: links[gone - 1]?.hash ?? '' };
        const end = endOf(links);
        expect(check(links)).toEqual({ intact: true, ...end });
        expect(check(links.slice(gone), end, start)).toEqual({ intact: true, ...end });
        if (gone > 0) expect(check(links.slice(gone), end)).toEqual({ intact: false, at: 1 });
      }),
    );
  });

  it('shows each of 200 random tamperings, at or before the place', () => {
    const tampering = fc.record({
      how: fc.constantFrom(...Object.keys(TAMPERINGS)),
      at: fc.nat(),
      parts: fc.array(part, { minLength: 2, maxLength: 12 }),
      forged: part,
    });
    fc.assert(
      fc.property(tampering, ({ how, at, parts, forged }) => {
        const links = chain(parts);
        const i = at % (links.length - 1);
        const after = TAMPERINGS[how]!(links, i, { n: i + 1, organisation: 1, ...forged });
        const found = check(after, endOf(links));
        expect(found.intact).toBe(false);
        if (!found.intact) expect(found.at).toBeLessThanOrEqual(i + 2);
      }),
      { numRuns: 200 },
    );
  });
});
