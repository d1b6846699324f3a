import { SECTORS } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { ageAllows } from '../consent.ts';
import { aboutMaison, boardOf } from '../snapshot/board.fixture.ts';
import { freeze } from '../snapshot/freeze.ts';
import { longTable } from '../snapshot/long.ts';
import { sheetsOf } from '../snapshot/sheets.ts';
import { POLICIES } from './policy.ts';

describe('the policies of the sectors', () => {
  it('let the young in where the trade does, for being counted alone', () => {
    expect(SECTORS.filter((sector) => ageAllows('15-17', sector, ['measure']))).toEqual(['general']);
    expect(SECTORS.filter((sector) => ageAllows('15-17', sector, ['measure', 'offers']))).toEqual([]);
    for (const sector of SECTORS) expect(ageAllows('18+', sector, ['measure', 'wall'])).toBe(true);
  });

  it('quarantine in pharma and veterinary alone, and say so', () => {
    const quarantining = SECTORS.filter((sector) => POLICIES[sector].adverseEvents);
    expect(quarantining).toEqual(['pharma', 'veterinary']);
    for (const sector of quarantining) expect(POLICIES[sector].banner?.fr).toContain('pharmacovigilance');
  });

  it('have alcohol say the message of the law, rank nobody, and no one invites friends', () => {
    expect(POLICIES.alcohol.healthMessage?.fr).toContain('dangereux pour la santé');
    expect(SECTORS.filter((sector) => !POLICIES[sector].ranksPeople)).toEqual(['alcohol']);
    expect(SECTORS.filter((sector) => POLICIES[sector].invitesFriends)).toEqual([]);
    expect(SECTORS.filter((sector) => POLICIES[sector].outgoingRules)).toEqual(['general', 'finance']);
  });

  it('put that message into every file of a snapshot, in both languages', () => {
    const brand = { ...aboutMaison.brand, sector: 'alcohol' } as const;
    const files = sheetsOf(freeze(boardOf(), { ...aboutMaison, brand }), 'f'.repeat(64), 'https://x');
    // The long table is what CSV and Parquet hold; workbooks and prints have the sheet itself.
    const cells = longTable(files).rows.flat();
    expect(cells).toContainEqual({ type: 'words', value: POLICIES.alcohol.healthMessage });
    const general = sheetsOf(freeze(boardOf(), aboutMaison), 'f'.repeat(64), 'https://x');
    expect(JSON.stringify(general)).not.toContain('modération');
  });

  it('leave sensitive texts unread in every trade', () => {
    for (const sector of SECTORS) expect(POLICIES[sector].sensitiveUnread).toBe(true);
  });
});
