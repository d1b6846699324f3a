import { createAdverseDetector } from '@fanfare/server/domain/sector/adverse/detect.ts';
import { POLICIES } from '@fanfare/server/domain/sector/policy.ts';
import type { Sectors } from '@fanfare/server/domain/sector/sector.ts';

const mayReport = createAdverseDetector([]);

/** Rules of the trades without safety contacts, and without counting. */
export const generalSectors: Sectors = {
  of: ({ body }) => ({
    clearing: { policy: POLICIES[body.sector], hasContact: false, isFull: false, mayReport },
    seal: () => Promise.resolve([]),
    samples: () => false,
    note: () => undefined,
  }),
};
