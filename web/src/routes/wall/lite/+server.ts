import { createHash } from 'node:crypto';
import type { Board } from '@fanfare/contract';
import { redirect } from '@sveltejs/kit';
import { render } from 'svelte/server';
import fontUrl from '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2?url';
import { version } from '$app/env';
import { m } from '#lib/paraglide/messages.js';
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js';
import { access } from '#lib/server/api.ts';
import { passCookies } from '#lib/server/pass-cookies.ts';
import { standingOf, type Standing } from '#lib/server/pairing.ts';
import { driftOf } from '#lib/wall/drift.ts';
import Lite from '#lib/wall/Lite.svelte';
import { liteSlide } from '#lib/wall/lite-slide.ts';
import { smallestText } from '#lib/wall/sizes.ts';
import type { RequestEvent, RequestHandler } from './$types.js';

/** Seconds until the browser asks again: for numbers, and while a code waits to be approved. */
const REFRESH = { shown: 60, waiting: 6 } as const;

/**
 * The wall of televisions whose browser is too old for the pages: one document without script, made on
 * the server, in HTML and CSS of 2019. Its key is a cookie like that of every wall, and is renewed here.
 */
export const GET: RequestHandler = async (event) => {
  const standing = await standingOf(event);
  const now = Date.now();
  if (standing.state === 'paired') {
    const renewed = await access(event).send?.('POST', '/api/v1/displays/renew');
    if (renewed?.status === 200) passCookies(event.cookies, renewed.setCookie);
    const { locale } = standing.own.wall.settings;
    if (locale !== getLocale()) redirect(303, localizeHref('/wall/lite', { locale }));
  }
  const slide = standing.state === 'paired' ? liteSlide(standing.own, now) : null;
  const board = slide ? await boardOf(event, slide.place.slug) : null;
  const shown = slide ? { ...slide, board } : null;
  const { body } = render(Lite, { props: { standing, shown, now, here: localizeHref('/wall/lite') } });
  const style = styleOf(standing, now);
  const isShown = standing.state === 'paired' || standing.state === 'away';
  const html = `<!doctype html>
<html lang="${getLocale()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${m.wall_name()} · Fanfare</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<style>${style}</style>
<link rel="stylesheet" href="/wall.css?${version}">
</head>
<body>${body}</body>
</html>
`;
  const hash = createHash('sha256').update(style).digest('base64');
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      refresh: String(isShown ? REFRESH.shown : REFRESH.waiting),
      'content-security-policy': `default-src 'none'; style-src 'self' 'sha256-${hash}'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
  });
};

/** What depends on the television and the minute: its typeface, its smallest text, where it stands. */
function styleOf(standing: Standing, now: number): string {
  const { x, y } = driftOf(Math.floor(now / 60_000));
  const settings = standing.state === 'paired' ? standing.own.wall.settings : null;
  const text = settings ? `--w-text:${smallestText(settings.inches, settings.metres).vh};` : '';
  const face = `@font-face{font-family:'Atkinson Hyperlegible Next';font-weight:200 800;src:url('${fontUrl}') format('woff2')}`;
  return `${face}body .wall{${text}--w-x:${x}vw;--w-y:${y}vh}`;
}

async function boardOf(event: RequestEvent, brand: string): Promise<Board | null> {
  const answer = await access(event).read(`/api/v1/displays/own/boards/${encodeURIComponent(brand)}`);
  return answer.status === 200 ? (answer.body as Board) : null;
}
