import type { Connector } from '../../domain/sources/connector.ts';
import { confirmMeta, openOf, verifyMeta } from './envelope.ts';
import { mapPage } from './map.ts';

/** A Facebook Page. */
export const metaPage: Connector = {
  id: 'meta_page',
  network: 'facebook',
  secretBy: 'network',
  handshake: confirmMeta,
  verify: verifyMeta,
  map: mapPage,
  open: openOf,
  callbacks: true,
};
