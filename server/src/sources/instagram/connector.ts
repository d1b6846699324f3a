import type { Connector } from '../../domain/sources/connector.ts';
import { confirmMeta, openOf, verifyMeta } from '../meta/envelope.ts';
import { mapInstagram } from './map.ts';

/** A professional account on Instagram. */
export const instagram: Connector = {
  id: 'instagram',
  network: 'instagram',
  secretBy: 'network',
  handshake: confirmMeta,
  verify: verifyMeta,
  map: mapInstagram,
  open: openOf,
  callbacks: true,
};
