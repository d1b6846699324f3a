import { WALL_DEFAULTS, type WallSlide } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { changeWall, newWall, obey, onlyDisplay, readWall } from './wall.ts';

const PIN: WallSlide = { brand: 'a', scene: 'mood' };

describe('a wall', () => {
  it('is as usual until something is set, and reads what was kept before a setting came', () => {
    expect(newWall().settings).toEqual(WALL_DEFAULTS);
    expect(readWall(null)).toEqual(newWall());
    expect(readWall('{"settings":{"inches":65},"paused":true}')).toEqual({
      settings: { ...WALL_DEFAULTS, inches: 65 },
      paused: true,
      pinned: null,
    });
    const wall = { ...newWall({ metres: 2.5 }), pinned: PIN };
    expect(readWall(JSON.stringify(wall))).toEqual(wall);
  });
  it('lets go of a pin on a scene it no longer has', () => {
    const wall = { ...newWall(), pinned: PIN };
    expect(changeWall(wall, { seconds: 30 }).pinned).toEqual(PIN);
    expect(changeWall(wall, { scenes: ['line'] }).pinned).toBeNull();
  });
  it('keeps some orders and passes the others on', () => {
    const wall = newWall();
    expect(obey(wall, { order: 'pause' })).toEqual({ ...wall, paused: true });
    expect(obey({ ...wall, paused: true }, { order: 'resume' })).toEqual(wall);
    expect(obey(wall, { order: 'pin', ...PIN })).toEqual({ ...wall, pinned: PIN });
    expect(obey({ ...wall, pinned: PIN }, { order: 'unpin' })).toEqual(wall);
    expect(['next', 'reload', 'identify'].map((order) => obey(wall, { order: order as 'next' }))).toEqual([
      'next',
      'reload',
      'identify',
    ]);
  });
});

describe('onlyDisplay', () => {
  it('leaves nothing of who is signed in beside it', () => {
    const headers = {
      authorization: 'Bearer x',
      cookie: 'fanfare=member; fanfare_display=a.b; fanfare_session=root',
      origin: 'https://here',
    };
    expect(onlyDisplay(headers)).toEqual({ cookie: 'fanfare_display=a.b', origin: 'https://here' });
  });
  it('is nobody without a key, not a visitor', () => {
    expect(onlyDisplay({ cookie: 'fanfare=member' }).cookie).toContain('fanfare_display=;');
    expect(onlyDisplay({}).cookie).toContain('__Host-fanfare_display=');
  });
});
