import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChainWalk } from '../chain.ts';
import { checkChain, linkRecord, type ConsentRecord } from './chain.ts';

const record: fc.Arbitrary<Omit<ConsentRecord, 'n'>> = fc.record({
  fan: fc.integer({ min: 1, max: 9 }),
  purpose: fc.constantFrom('measure' as const, 'quote' as const),
  granted: fc.boolean(),
  at: fc.integer({ min: 0, max: 1_000 }),
  receivedAt: fc.integer({ min: 0, max: 1_000 }),
  expiresAt: fc.option(fc.integer({ min: 0, max: 1_000 })),
  notice: fc.record({ version: fc.string(), locale: fc.constant('fr'), hash: fc.option(fc.string()) }),
  method: fc.constantFrom('form' as const, 'api' as const),
  age: fc.constantFrom('18+' as const, '15-17' as const),
  evidence: fc.option(fc.string()),
});

interface Link {
  record: ConsentRecord;
  hash: string;
}

function chain(parts: readonly Omit<ConsentRecord, 'n'>[]): Link[] {
  let head = '';
  return parts.map((part, i) => {
    const whole = { n: i + 1, ...part };
    head = linkRecord(head, whole);
    return { record: whole, hash: head };
  });
}

const endOf = (links: readonly Link[]) => ({ records: links.length, head: links.at(-1)?.hash ?? '' });

describe('the chain of consent records', () => {
  it('is walked in pieces of any size with the same result', () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1 }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(),
        (parts, size, at) => {
          const links = chain(parts);
          const end = endOf(links);
          const whole = new ChainWalk(linkRecord);
          for (let i = 0; i < links.length; i += size)
            expect(whole.step(links.slice(i, i + size))).toBe(true);
          expect(whole.result(end)).toEqual(checkChain(links, end));
          const broken = links.with(at % links.length, {
            ...links[at % links.length]!,
            hash: 'f'.repeat(64),
          });
          const walk = new ChainWalk(linkRecord);
          for (let i = 0; i < links.length && walk.step(broken.slice(i, i + size)); i += size);
          expect(walk.result(end)).toEqual({ intact: false, at: (at % links.length) + 1 });
          expect(walk.result(end)).toEqual(checkChain(broken, end));
        },
      ),
    );
  });

  it('is intact as it was written', () => {
    fc.assert(
      fc.property(fc.array(record), (parts) => {
        const links = chain(parts);
        expect(checkChain(links, endOf(links))).toMatchObject({ intact: true, records: links.length });
      }),
    );
  });

  it('shows each of 200 random tamperings, at or before the place', () => {
    const tampering = fc.record({
      how: fc.constantFrom('drop', 'swap', 'flip', 'move', 'forge', 'cut'),
      at: fc.nat(),
      parts: fc.array(record, { minLength: 2, maxLength: 12 }),
      forged: record,
    });
    fc.assert(
      fc.property(tampering, ({ how, at, parts, forged }) => {
        const links = chain(parts);
        const end = endOf(links);
        const i = at % (links.length - 1);
        const { record: one, hash } = links[i]!;
        if (how === 'drop') links.splice(i, 1);
        if (how === 'swap') [links[i], links[i + 1]] = [links[i + 1]!, links[i]!];
        if (how === 'flip') links[i] = { record: { ...one, granted: !one.granted }, hash };
        if (how === 'move') links[i] = { record: { ...one, at: one.at + 1 }, hash };
        if (how === 'forge')
          links.splice(i, 0, {
            record: { n: one.n, ...forged },
            hash: linkRecord('', { n: one.n, ...forged }),
          });
        if (how === 'cut') links.length = i + 1;
        expect(checkChain(links, end).intact).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
