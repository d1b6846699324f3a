import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OwnDisplay, WallBrand } from '@fanfare/contract';
import { SILENCE_MS, type Display } from '../domain/access/display.ts';
import { onlyDisplay } from '../domain/access/wall.ts';
import type { Directory } from '../parts.ts';
import { displayCookie } from './display-book.ts';

/** Give a browser a display's key; `null` takes it away. */
export function setDisplayCookie(reply: FastifyReply, secure: boolean, key: string | null): FastifyReply {
  const age = key === null ? 0 : SILENCE_MS / 1_000;
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure ? '; Secure' : ''}`;
  return reply.header('set-cookie', `${displayCookie(secure)}=${key ?? ''}; ${attributes}`);
}

/** Slugs of the brands a display shows, in its order; those that are gone are left out. */
export function slugsOf(display: Pick<Display, 'brands'>, brands: Directory): readonly string[] {
  return placesOf(display, brands).map(({ slug }) => slug);
}

/** What a display is told of itself. */
export function ownBody(display: Pick<Display, 'name' | 'brands' | 'wall'>, brands: Directory): OwnDisplay {
  const places = placesOf(display, brands);
  return { name: display.name, brands: places.map(({ slug }) => slug), places, wall: display.wall };
}

function placesOf({ brands: numbers }: Pick<Display, 'brands'>, brands: Directory): readonly WallBrand[] {
  const known = new Map(brands.list().map(({ id, body }) => [id, body]));
  return numbers.flatMap((id): WallBrand[] => {
    const body = known.get(id);
    if (!body) return [];
    const { slug, name, timeZone, sector, demonstration } = body;
    return [{ slug, name, timeZone, sector, demonstration }];
  });
}

/** Headers of a request, those of its display alone when it asks for that: `?as=display`. */
export function askedAs({
  headers,
  query,
}: Pick<FastifyRequest, 'headers' | 'query'>): FastifyRequest['headers'] {
  const as = typeof query === 'object' && query !== null && 'as' in query ? query.as : undefined;
  return as === 'display' ? onlyDisplay(headers) : headers;
}
