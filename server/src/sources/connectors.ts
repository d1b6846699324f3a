import type { ConnectorId } from '@fanfare/contract';
import type { Connector } from '../domain/sources/connector.ts';
import { bluesky } from './bluesky/connector.ts';
import { file } from './file/connector.ts';
import { instagram } from './instagram/connector.ts';
import { mastodon } from './mastodon/connector.ts';
import { metaPage } from './meta/connector.ts';
import { shopify } from './shopify/connector.ts';
import { tiktok } from './tiktok/connector.ts';
import { webhook } from './webhook/connector.ts';
import { woocommerce } from './woocommerce/connector.ts';
import { x } from './x/connector.ts';

/** Every network that can be connected. */
export const CONNECTOR: Readonly<Record<ConnectorId, Connector>> = {
  meta_page: metaPage,
  instagram,
  bluesky,
  mastodon,
  tiktok,
  x,
  shopify,
  woocommerce,
  webhook,
  file,
};
