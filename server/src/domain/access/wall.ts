import {
  WALL_DEFAULTS,
  type WallChange,
  type WallOnce,
  type WallOrder,
  type WallState,
} from '@fanfare/contract';

/** A wall nobody held yet. */
export function newWall(change: WallChange = {}): WallState {
  return { settings: { ...WALL_DEFAULTS, ...change }, paused: false, pinned: null };
}

/** A wall as it was kept; settings that came later have their usual value. @param kept JSON or `null` */
export function readWall(kept: string | null): WallState {
  if (kept === null) return newWall();
  const { settings, paused, pinned } = JSON.parse(kept) as Partial<WallState>;
  return { settings: { ...WALL_DEFAULTS, ...settings }, paused: paused === true, pinned: pinned ?? null };
}

/** The wall with some settings changed; a pin on a scene it no longer has is let go. */
export function changeWall(wall: WallState, change: WallChange): WallState {
  const settings = { ...wall.settings, ...change };
  const { pinned } = wall;
  return { ...wall, settings, pinned: pinned && settings.scenes.includes(pinned.scene) ? pinned : null };
}

/** What an order makes of a wall, or what the television has to do once. */
export function obey(wall: WallState, order: WallOrder): WallState | WallOnce {
  switch (order.order) {
    case 'pause':
      return { ...wall, paused: true };
    case 'resume':
      return { ...wall, paused: false };
    case 'unpin':
      return { ...wall, pinned: null };
    case 'pin':
      return { ...wall, pinned: { brand: order.brand, scene: order.scene } };
    default:
      return order.order;
  }
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;
const KEY = /^(?:__Host-)?fanfare_display=/;

/**
 * Headers as if nobody but the display had sent them: a wall opened in a browser where somebody is
 * signed in still reads with its own key. Without a key it is nobody, not a visitor.
 */
export function onlyDisplay(headers: Headers): Headers & { readonly cookie: string } {
  const { authorization: _, cookie, ...rest } = headers;
  const parts = String(cookie ?? '').split(';');
  const own = parts.map((part) => part.trim()).filter((part) => KEY.test(part));
  return { ...rest, cookie: own.join('; ') || 'fanfare_display=; __Host-fanfare_display=' };
}
