import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#lib/paraglide/runtime.js';
import type { RequestHandler } from './$types.js';

/** The address televisions were paired at before walls had one of their own. */
export const GET: RequestHandler = () => redirect(308, localizeHref('/wall'));
