import type { Reroute } from '@sveltejs/kit/hooks';
import { deLocalizeUrl } from '#lib/paraglide/runtime.js';

/** `/en/b/x` and `/b/x` are the same route in two languages. */
export const reroute: Reroute = ({ url }) => deLocalizeUrl(url).pathname;
