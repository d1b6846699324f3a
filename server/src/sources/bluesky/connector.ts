import type { Connector } from '../../domain/sources/connector.ts';
import { mapBluesky } from './map.ts';

const OPEN: ReadonlySet<string> = new Set([
  ...['kind', 'time_us', 'commit.operation', 'commit.collection', 'account.active', 'account.status'],
]);

/** Bluesky, by Jetstream: nothing is sent to us, we listen. */
export const bluesky: Connector = {
  id: 'bluesky',
  network: 'bluesky',
  secretBy: 'nobody',
  listens: true,
  verify: () => false,
  map: mapBluesky,
  open: () => OPEN,
};
